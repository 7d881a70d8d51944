import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../event-store.js';
import { inTransaction } from './connection.js';

interface Waiting<T> {
  work: () => T;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}

/** What follows from a commit is nobody's request: it must not run as if it were the first writer's. */
const asNobody = AsyncLocalStorage.snapshot();

/** A refusal of one caller's own work: it wrote nothing and must not undo its neighbours. */
export type IsOwnFault = (error: unknown) => boolean;

/** SQLITE_IOERR_FSYNC. */
const FSYNC_FAILED = 1034;

/** Wraps what one caller's work threw, to tell it from a fault of the database as a whole. */
class WorkFailed extends Error {
  constructor(override readonly cause: unknown) {
    super('one write failed');
  }
}

/**
 * Many writers, one fsync: work that arrives in the same turn of the event loop is committed together and acknowledged
 * after COMMIT. When one piece of work fails, the batch is rolled back and each piece is tried alone, so that one bad
 * write fails only its own caller. When the database cannot be locked or cannot commit, trying each alone would only
 * make everybody wait once more: all are refused and may be sent again.
 * @throws StoreUnavailable (as rejections) for every fault of the database.
 */
export class GroupCommit {
  private waiting: Waiting<unknown>[] = [];
  private scheduled = false;
  private ended = false;
  private failedFsync = false;

  constructor(
    private readonly db: DatabaseSync,
    private readonly isOwnFault: IsOwnFault,
    private readonly committed: () => void = () => undefined,
  ) {}

  /**
   * True after an fsync failed: the system may have thrown away what it could not write, so nothing more is
   * acknowledged until the file is opened again by a new process.
   */
  get isBroken(): boolean {
    return this.failedFsync;
  }

  run<T>(work: () => T): Promise<T> {
    if (this.ended) return Promise.reject(new StoreUnavailable('this store is closed'));
    if (this.failedFsync) return Promise.reject(new StoreUnavailable('the disk failed; the program must start again'));
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, resolve, reject } as Waiting<unknown>);
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits what is waiting and takes no more. */
  end(): void {
    this.flush();
    this.ended = true;
  }

  private flush(): void {
    this.scheduled = false;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    let settle: (() => void)[];
    try {
      settle = inTransaction(this.db, () => batch.map((each) => this.attempt(each)));
    } catch (error) {
      if (error instanceof WorkFailed && batch.length > 1) for (const each of batch) this.alone(each);
      else for (const each of batch) this.refuse(each, error);
      return;
    }
    asNobody(this.committed);
    settle.forEach((done) => done());
  }

  private attempt(each: Waiting<unknown>): () => void {
    try {
      const value = each.work();
      return () => each.resolve(value);
    } catch (error) {
      if (!this.isOwnFault(error)) throw new WorkFailed(error);
      return () => each.reject(error);
    }
  }

  private alone(each: Waiting<unknown>): void {
    try {
      const settle = inTransaction(this.db, () => this.attempt(each));
      asNobody(this.committed);
      settle();
    } catch (error) {
      this.refuse(each, error);
    }
  }

  private refuse(each: Waiting<unknown>, error: unknown): void {
    const fault = error instanceof WorkFailed ? error.cause : error;
    if ((fault as { errcode?: number }).errcode === FSYNC_FAILED) this.failedFsync = true;
    const isDatabase = (fault as { code?: string }).code === 'ERR_SQLITE_ERROR';
    each.reject(isDatabase ? new StoreUnavailable('it could not be written', { cause: fault }) : fault);
  }
}
