import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, openDurable } from '#event-store/sqlite/connection';
import { privateFile } from './private-folder.js';

/** What a signer remembers of a log: the largest tree it has ever put its name to. */
export interface LastSigned {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface SignedLog {
  readonly origin: string;
  readonly seed: Uint8Array;
  /** Undefined: nothing was signed yet. */
  readonly last: LastSigned | undefined;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS signed_log (
  origin TEXT PRIMARY KEY, seed BLOB NOT NULL CHECK (length(seed) = 32), opened_at TEXT NOT NULL, closed_at TEXT,
  size INTEGER NOT NULL DEFAULT 0, root BLOB CHECK (length(root) = 32), closing_note TEXT) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS one_open_log ON signed_log (closed_at IS NULL) WHERE closed_at IS NULL;
CREATE TRIGGER IF NOT EXISTS never_smaller BEFORE UPDATE ON signed_log WHEN NEW.size < OLD.size OR NEW.seed <> OLD.seed
BEGIN SELECT RAISE(ABORT, 'a signer never goes back'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON signed_log BEGIN SELECT RAISE(ABORT, 'a signer never forgets'); END;
`;

interface Row {
  origin: string;
  seed: Uint8Array;
  size: number;
  root: Uint8Array | null;
}

/**
 * The seed and the last signed tree, in one file of their own: never in the data folder, never in its backup, so that
 * restoring the data restores neither. Every change is flushed before it counts, and other processes are kept out
 * while one decides.
 */
export class SignerMemory {
  private readonly db: DatabaseSync;

  /** @throws Error when the file can be read by others. */
  constructor(folder: string) {
    this.db = openDurable(privateFile(folder, 'signer.db'));
    this.db.exec(SCHEMA);
  }

  /** The open log; made, with a fresh key, on the very first start. */
  log(originIfNew: string, now: string): SignedLog {
    return inTransaction(this.db, () => this.openLog() ?? this.create(originIfNew, now));
  }

  /** Reads, decides and stores as one: what `decide` answers is remembered before anyone can act on it. */
  advance<T>(origin: string, decide: (last: LastSigned | undefined) => { next?: LastSigned; answer: T }): T {
    return inTransaction(this.db, () => {
      const log = this.openLog();
      if (log?.origin !== origin) throw new Error(`The log ${origin} is closed.`);
      const { next, answer } = decide(log.last);
      if (next) this.db.prepare('UPDATE signed_log SET size = ?, root = ? WHERE origin = ?').run(next.size, next.root, origin); // prettier-ignore
      return answer;
    });
  }

  /** Closes the open log for good and opens the next: `/2`, `/3`, … under the same name. */
  openNext(now: string): { closed: SignedLog; opened: SignedLog } {
    return inTransaction(this.db, () => {
      const closed = this.openLog();
      if (!closed) throw new Error('There is no log yet. It is opened when Throughline starts for the first time.');
      this.db.prepare('UPDATE signed_log SET closed_at = ? WHERE origin = ?').run(now, closed.origin);
      return { closed, opened: this.create(nextOrigin(closed.origin), now) };
    });
  }

  /** The last checkpoint of a closed log: what was there, for whoever follows the next one. */
  keepClosing(origin: string, note: string): void {
    this.db.prepare('UPDATE signed_log SET closing_note = ? WHERE origin = ?').run(note, origin);
  }

  /** Of the log before the open one; undefined for the first, and for one that had signed nothing. */
  closingNote(): string | undefined {
    const row = this.db
      .prepare(
        'SELECT closing_note AS note FROM signed_log WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT 1',
      )
      .get() as { note: string | null } | undefined;
    return row?.note ?? undefined;
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  private openLog(): SignedLog | undefined {
    const row = this.db.prepare('SELECT origin, seed, size, root FROM signed_log WHERE closed_at IS NULL').get() as
      Row | undefined;
    if (!row) return undefined;
    const { origin, seed, size, root } = row;
    return { origin, seed, last: root ? { size, root } : undefined };
  }

  private create(origin: string, now: string): SignedLog {
    const seed = randomBytes(32);
    this.db.prepare('INSERT INTO signed_log (origin, seed, opened_at) VALUES (?, ?, ?)').run(origin, seed, now);
    return { origin, seed, last: undefined };
  }
}

const nextOrigin = (origin: string): string => {
  const [, name = origin, number] = /^(.*?)(?:\/([1-9][0-9]*))?$/s.exec(origin) ?? [];
  return `${name}/${Number(number ?? 1) + 1}`;
};
