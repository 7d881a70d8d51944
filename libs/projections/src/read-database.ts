import { DatabaseSync } from 'node:sqlite';
import type { Position } from '#event-store/event-store';
import { type Projection, tableNames } from './projection.js';
import { Rows } from './rows.js';

/**
 * Read models can be built again from the log, so a lost last transaction costs nothing: synchronous=NORMAL. Rows and
 * checkpoint still stand or fall together, because they are written in one transaction.
 */
export const openReadDatabase = (path: string): Rows => {
  const db = new DatabaseSync(path, { timeout: 10_000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;
    PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864;
    CREATE TABLE IF NOT EXISTS checkpoint (
      projection TEXT PRIMARY KEY, version INTEGER NOT NULL, position TEXT, skipped INTEGER NOT NULL DEFAULT 0) STRICT`);
  return new Rows(db);
};

export interface Checkpoint {
  readonly version: number;
  readonly position: Position | null;
  /** Events of a type this release does not know. */
  readonly skipped: number;
}

export const readCheckpoint = (rows: Rows, name: string): Checkpoint | undefined =>
  rows.get<Checkpoint>('SELECT version, position, skipped FROM checkpoint WHERE projection = ?', name);

export const writeCheckpoint = (rows: Rows, projection: Projection, position: Position | null, skipped: number): void =>
  rows.run(
    `INSERT INTO checkpoint (projection, version, position, skipped) VALUES (?, ?, ?, ?)
     ON CONFLICT (projection) DO UPDATE SET version = excluded.version, position = excluded.position, skipped = excluded.skipped`,
    projection.name,
    projection.version,
    position,
    skipped,
  );

/** Makes the tables of a new or changed projection; what an older version left is dropped. */
export const prepareTables = (rows: Rows, projection: Projection): void => {
  if (readCheckpoint(rows, projection.name)?.version === projection.version) return;
  for (const table of tableNames(projection)) rows.db.exec(`DROP TABLE IF EXISTS ${table}`);
  rows.db.exec(projection.tables);
  rows.reset();
  writeCheckpoint(rows, projection, null, 0);
};

export const transaction = <T>(rows: Rows, work: () => T): T => {
  rows.db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    rows.db.exec('COMMIT');
    return result;
  } catch (error) {
    if (rows.db.isTransaction) rows.db.exec('ROLLBACK');
    throw error;
  }
};
