import { DatabaseSync } from 'node:sqlite';

/**
 * Opens a SQLite file the one way this product does: WAL, and an fsync for every commit. `synchronous` is set on every
 * connection because it is not stored in the file, and read back because a build may refuse it silently.
 * @throws Error when full durability cannot be had.
 */
export const openDurable = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
    PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768;`);
  const { synchronous } = db.prepare('PRAGMA synchronous').get() as { synchronous: number };
  if (synchronous !== 2)
    throw new Error(`SQLite runs with synchronous=${synchronous}: acknowledged events would not survive a power cut`);
  return db;
};

/** Runs `work` in one write transaction, rolled back when it throws. Not for nesting. */
export const inTransaction = <T>(db: DatabaseSync, work: () => T): T => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

/**
 * Empties the write-ahead log, so that what was deleted is in no file any more.
 * @throws Error when another process still reads an older state after some tries: then the bytes are still there.
 */
export const emptyLog = (db: DatabaseSync, tries = 3): void => {
  for (let left = tries; left > 0; left -= 1) {
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (busy === 0) return;
  }
  throw new Error('Another process is reading this file, so its write-ahead log could not be emptied yet.');
};
