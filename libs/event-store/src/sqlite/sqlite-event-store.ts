import { EventEmitter, once } from 'node:events';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type Appended,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  RevisionConflict,
  type StoredEvent,
  StoreUnavailable,
  type Subscription,
} from '../event-store.js';
import { guardAppend } from '../guards.js';
import { inTransaction, openDurable } from './connection.js';
import { GroupCommit } from './group-commit.js';
import { LogTable, position } from './log-table.js';
import { SCHEMA, SCHEMA_VERSION } from './schema.js';

const PAGE = 500;
/** How often to look for commits of another process (the command line beside a running server), in milliseconds. */
const FOREIGN_COMMIT_POLL = 200;

/** Opens (and on first use creates) the log at `path`. @throws Error when the file is of a newer release. */
export const openSqliteEventStore = (path: string): EventStore => new SqliteEventStore(openDurable(path));

class SqliteEventStore implements EventStore {
  private readonly log: LogTable;
  private readonly commits: GroupCommit;
  private readonly changed = new EventEmitter().setMaxListeners(0);
  private readonly subscriptions = new Set<Subscription>();
  private readonly poll: NodeJS.Timeout;
  private dataVersion = 0;

  constructor(private readonly db: DatabaseSync) {
    prepareSchema(db);
    this.log = new LogTable(db);
    this.commits = new GroupCommit(
      db,
      (error) => error instanceof RevisionConflict,
      () => this.changed.emit('commit'),
    );
    const version = db.prepare('PRAGMA data_version');
    this.poll = setInterval(() => {
      // A fault here means only that others' commits are noticed later; an exception would end the process.
      const seen = dataVersionOf(version) ?? this.dataVersion;
      if (seen !== this.dataVersion) this.changed.emit('commit');
      this.dataVersion = seen;
    }, FOREIGN_COMMIT_POLL).unref();
  }

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    guardAppend(stream, events);
    try {
      return await this.commits.run(() => this.log.insert(stream, events, expected));
    } catch (error) {
      if (error instanceof RevisionConflict || error instanceof StoreUnavailable) throw error;
      throw new StoreUnavailable('the event could not be written', { cause: error });
    }
  }

  async *read(stream: string, { from = 0, limit = Infinity } = {}): AsyncIterable<StoredEvent> {
    for (let next = from, left = limit; left > 0;) {
      const page = this.log.readStream(stream, next, Math.min(PAGE, left));
      yield* page;
      if (page.length < PAGE) return;
      next += page.length;
      left -= page.length;
    }
  }

  async *readAll({ after, limit = Infinity }: { after?: Position; limit?: number } = {}): AsyncIterable<StoredEvent> {
    for (let last = Number(after ?? 0), left = limit; left > 0;) {
      const page = this.log.readAll(last, Math.min(PAGE, left));
      yield* page;
      if (page.length < PAGE) return;
      last += page.length;
      left -= page.length;
    }
  }

  subscribe(
    { after, batch = PAGE }: { after?: Position; batch?: number },
    handle: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription {
    const stopping = new AbortController();
    const closed = this.deliver(Number(after ?? 0), batch, handle, stopping.signal);
    closed.catch(() => undefined);
    const subscription = {
      closed,
      stop: () => {
        stopping.abort();
        return closed.catch(() => undefined);
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async head(): Promise<Position | null> {
    const seq = this.log.head();
    return seq === 0 ? null : position(seq);
  }

  compare(a: Position, b: Position): number {
    return Number(a) - Number(b);
  }

  async status(): ReturnType<EventStore['status']> {
    if (this.commits.isBroken)
      return { reachable: false, broken: true, detail: 'the disk failed while writing; start the program again' };
    try {
      this.log.head();
      return { reachable: true, detail: 'embedded store answers' };
    } catch (error) {
      return { reachable: false, detail: error instanceof Error ? error.message : 'embedded store does not answer' };
    }
  }

  async close(): Promise<void> {
    clearInterval(this.poll);
    this.commits.end();
    await Promise.all([...this.subscriptions].map((each) => each.stop()));
    if (this.db.isOpen) this.db.close();
  }

  /** Reads on from what was handled last, so that nothing depends on how many wake-ups were seen. */
  private async deliver(
    from: number,
    batch: number,
    handle: (events: readonly StoredEvent[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    for (let last = from; !signal.aborted;) {
      const page = this.log.readAll(last, batch);
      if (page.length > 0) {
        await handle(page);
        last += page.length;
        // A full replay must not keep requests waiting.
        await new Promise(setImmediate);
      } else {
        await once(this.changed, 'commit', { signal }).catch(() => undefined);
      }
    }
  }
}

const dataVersionOf = (statement: StatementSync): number | undefined => {
  try {
    return (statement.get() as { data_version: number }).data_version;
  } catch {
    return undefined;
  }
};

const prepareSchema = (db: DatabaseSync): void =>
  inTransaction(db, () => {
    const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (user_version > SCHEMA_VERSION)
      throw new Error(
        `this log was written by a newer release (format ${user_version}, this one reads up to ${SCHEMA_VERSION})`,
      );
    if (user_version === 0) db.exec(SCHEMA);
  });
