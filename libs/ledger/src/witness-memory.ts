import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, openDurable } from '#event-store/sqlite/connection';
import { privateFile } from './private-folder.js';

/** What a witness remembers of somebody's log. */
export interface Witnessed {
  readonly size: bigint;
  readonly root: Uint8Array;
  /** Signed by the log: half of the evidence, should it ever sign another root for this size. */
  readonly logSigned: string;
}

/** Two notes of one log for one size and two roots: proof for anyone that it has told two stories. */
export interface Conflict {
  readonly origin: string;
  readonly size: string;
  readonly first: string;
  readonly second: string;
  readonly seenAt: string;
}

/** Sizes have 64 bits, one more than SQLite counts with; they are kept as text and compared as bigints. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS witness_key (
  one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, seed BLOB NOT NULL CHECK (length(seed) = 32)) STRICT;
CREATE TABLE IF NOT EXISTS witnessed (
  origin TEXT PRIMARY KEY, size TEXT NOT NULL, root BLOB NOT NULL CHECK (length(root) = 32), log_signed TEXT NOT NULL,
  cosigned TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS witness_conflict (
  origin TEXT NOT NULL, size TEXT NOT NULL, root BLOB NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,
  seen_at TEXT NOT NULL, PRIMARY KEY (origin, size, root)) STRICT, WITHOUT ROWID;
`;

/** Evidence is kept in full; a log that forks without end shall not fill our disk with it. */
const MOST_CONFLICTS = 100;

/** A folder of its own, outside the data and its backup: a witness that is put back would cosign the past again. */
export class WitnessMemory {
  private readonly db: DatabaseSync;

  /** @throws Error when the file can be read by others. */
  constructor(folder: string) {
    this.db = openDurable(privateFile(folder, 'witness.db'));
    this.db.exec(SCHEMA);
  }

  /** Made on the first start; the name stays. */
  key(nameIfNew: string): { readonly name: string; readonly seed: Uint8Array } {
    return inTransaction(this.db, () => {
      this.db.prepare('INSERT INTO witness_key VALUES (1, ?, ?) ON CONFLICT DO NOTHING').run(nameIfNew, randomBytes(32));
      return this.db.prepare('SELECT name, seed FROM witness_key').get() as { name: string; seed: Uint8Array };
    }); // prettier-ignore
  }

  /** What `decide` reads and what it stores is one: two requests that race can never set the witness back. */
  decide<T>(origin: string, decide: (last: Witnessed | undefined) => { next?: Witnessed; answer: T }): T {
    return inTransaction(this.db, () => {
      const { next, answer } = decide(this.last(origin));
      if (next)
        this.db
          .prepare(
            `INSERT INTO witnessed (origin, size, root, log_signed) VALUES (?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET
              cosigned = iif(size = excluded.size, cosigned, NULL), size = excluded.size, root = excluded.root,
              log_signed = excluded.log_signed`,
          )
          .run(origin, String(next.size), next.root, next.logSigned);
      return answer;
    });
  }

  /** To be called inside `decide`, which is what makes it last. */
  keepConflict({ origin, size, first, second, seenAt }: Conflict, root: Uint8Array): void {
    if (this.conflicts(origin).length >= MOST_CONFLICTS) return;
    this.db
      .prepare('INSERT INTO witness_conflict VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(origin, size, root, first, second, seenAt);
  }

  /** Shown until a larger one comes. */
  keepCosigned(origin: string, size: bigint, note: string): void {
    this.db.prepare('UPDATE witnessed SET cosigned = ? WHERE origin = ? AND size = ?').run(note, origin, String(size));
  }

  cosigned(origin: string): string | undefined {
    const row = this.db.prepare('SELECT cosigned FROM witnessed WHERE origin = ?').get(origin);
    return (row as { cosigned: string | null } | undefined)?.cosigned ?? undefined;
  }

  conflicts(origin?: string): Conflict[] {
    return this.db
      .prepare(
        'SELECT origin, size, first, second, seen_at AS seenAt FROM witness_conflict WHERE ?1 IS NULL OR origin = ?1 ORDER BY seen_at',
      )
      .all(origin ?? null) as unknown as Conflict[];
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  private last(origin: string): Witnessed | undefined {
    const row = this.db.prepare('SELECT size, root, log_signed FROM witnessed WHERE origin = ?').get(origin) as
      { size: string; root: Uint8Array; log_signed: string } | undefined;
    return row && { size: BigInt(row.size), root: row.root, logSigned: row.log_signed };
  }
}
