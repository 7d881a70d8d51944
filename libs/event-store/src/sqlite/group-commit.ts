import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './connection.js';

interface Waiting<T> {
  work: () => T;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}

/** A refusal of one caller's own work: it wrote nothing and must not undo its neighbours. */
export type IsOwnFault = (error: unknown) => boolean;

/**
 * Many writers, one fsync: work that arrives in the same turn of the event loop is committed together and acknowledged
 * after COMMIT. When the database itself fails, the batch is rolled back and each piece is tried alone, so that one
 * bad write fails only its own caller.
 */
export class GroupCommit {
  private waiting: Waiting<unknown>[] = [];
  private scheduled = false;
  private ended = false;

  constructor(
    private readonly db: DatabaseSync,
    private readonly isOwnFault: IsOwnFault,
    private readonly committed: () => void = () => undefined,
  ) {}

  run<T>(work: () => T): Promise<T> {
    if (this.ended) return Promise.reject(new Error('this store is closed'));
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
    try {
      const settle = inTransaction(this.db, () => batch.map((each) => this.attempt(each)));
      this.committed();
      settle.forEach((done) => done());
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const each of batch) this.alone(each);
    }
  }

  private attempt(each: Waiting<unknown>): () => void {
    try {
      const value = each.work();
      return () => each.resolve(value);
    } catch (error) {
      if (!this.isOwnFault(error)) throw error;
      return () => each.reject(error);
    }
  }

  private alone(each: Waiting<unknown>): void {
    try {
      const value = inTransaction(this.db, each.work);
      this.committed();
      each.resolve(value);
    } catch (error) {
      each.reject(error);
    }
  }
}
