import {
  type Appended,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type StoredEvent,
  StoreUnavailable,
  type Subscription,
} from '../event-store.js';
import { guardAppend } from '../guards.js';
import { Appender } from './appender.js';
import { askForLast, Connection } from './connection.js';
import { parseConnectionString } from './connection-string.js';
import { comparePositions } from './positions.js';
import { Reader, why } from './reader.js';
import { type EventStoreDbOptions, type Settings, settingsFrom } from './settings.js';
import { SupervisedSubscription } from './supervised-subscription.js';

export type { EventStoreDbOptions } from './settings.js';

const BATCH = 500;

/**
 * The log on EventStoreDB or KurrentDB. Needs no server to be made: one that is away shows in `status()` and is found
 * when it comes. @throws Error only for a connection string that can never work.
 */
export const openEventStoreDb = (connectionString: string, options: EventStoreDbOptions = {}): EventStore => {
  const settings = settingsFrom(options);
  return new EventStoreDb(new Connection(parseConnectionString(connectionString), settings.readTimeoutMs), settings);
};

class EventStoreDb implements EventStore {
  private readonly reader: Reader;
  private readonly appender: Appender;
  private readonly appends = new Set<Promise<unknown>>();
  private readonly subscriptions = new Set<SupervisedSubscription>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly settings: Settings,
  ) {
    this.reader = new Reader(connection, settings);
    this.appender = new Appender(connection, this.reader, settings);
  }

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    guardAppend(stream, events);
    if (this.closing) throw new StoreUnavailable('EventStoreDB: this store is closed; nothing was written');
    const appending = this.appender.append(stream, events, expected);
    this.appends.add(appending);
    try {
      return await appending;
    } finally {
      this.appends.delete(appending);
    }
  }

  read(stream: string, { from = 0, limit = Infinity } = {}): AsyncIterable<StoredEvent> {
    return this.reader.stream(stream, from, limit);
  }

  readAll({ after, limit = Infinity }: { after?: Position; limit?: number } = {}): AsyncIterable<StoredEvent> {
    return this.reader.all(after, limit);
  }

  subscribe(
    { after, batch = BATCH }: { after?: Position; batch?: number },
    handle: (events: readonly StoredEvent[]) => Promise<void>,
  ): Subscription {
    const subscription = new SupervisedSubscription(this.connection, this.settings, after, batch, handle);
    this.subscriptions.add(subscription);
    const forget = (): boolean => this.subscriptions.delete(subscription);
    subscription.closed.then(forget, forget);
    return subscription;
  }

  head(): Promise<Position | null> {
    return this.reader.head();
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  async status(): Promise<{ reachable: boolean; detail: string }> {
    let client;
    try {
      ({ client } = this.connection);
      await askForLast(client, this.settings.statusTimeoutMs);
      this.connection.succeeded(client);
    } catch (error) {
      return { reachable: false, detail: why(this.connection.failed(client, error)) };
    }
    const interrupted = [...this.subscriptions].flatMap(({ interruption }) => interruption ?? []);
    if (interrupted.length === 0) return { reachable: true, detail: 'EventStoreDB answers' };
    const count = `${interrupted.length} of ${this.subscriptions.size} subscriptions`;
    return { reachable: true, detail: `EventStoreDB answers; ${count} will resume: ${interrupted[0]}` };
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  /** In this order: what is being written must be acknowledged, what is being handled must finish. */
  private async shutDown(): Promise<void> {
    await Promise.allSettled(this.appends);
    await Promise.all([...this.subscriptions].map((each) => each.stop()));
    this.connection.end();
  }
}
