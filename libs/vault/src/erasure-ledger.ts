import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from './key-files.js';

/** What is forgotten, in the vault's own terms: all of a subject, or only what stands in one stream. */
export interface Target {
  readonly subject: string;
  /** Empty: every stream. */
  readonly stream: string;
}

/** One erasure, in pseudonymous ids only: enough to carry it out again on a vault that was put back from a backup. */
export interface LedgerEntry {
  readonly v: 1;
  /** Of the erasure: the same line twice is the same erasure. */
  readonly id: string;
  /** The data subject as the record knows them: a participant, or a view of somebody without a record of their own. */
  readonly person: string;
  readonly kind: 'participant' | 'contribution';
  readonly authority: string;
  readonly targets: readonly Target[];
  /** Ids of records in the vault that belong to them under another name (their views, for cards). */
  readonly views: readonly string[];
  readonly kids: readonly string[];
  readonly streams: readonly string[];
  readonly basis: string;
  readonly authorisedBy: string;
  readonly on: string;
  readonly at: string;
}

/**
 * The one file that must survive every restore: append-only lines, kept outside the data folder and outside every
 * backup. A line is durable before the first key is destroyed. Without it a backup would bring people back.
 */
export class ErasureLedger {
  private readonly path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.path = join(folder, 'erasures.jsonl');
  }

  /**
   * Whoever reads changes nothing: another process may be writing just now.
   * @throws Error for a line that cannot be read; only the last may be torn, because its erasure had not begun.
   */
  all(): LedgerEntry[] {
    return this.lines().map((line, at) => {
      try {
        const entry = JSON.parse(line) as LedgerEntry;
        if (entry.v !== 1 || !Array.isArray(entry.targets) || !Array.isArray(entry.kids)) throw new Error('format');
        return entry;
      } catch {
        throw new Error(
          `${this.path}, line ${at + 1}, cannot be read. Nobody is served before every erasure is known: put the right file back.`,
        );
      }
    });
  }

  /**
   * Returns when the line is durable. The same erasure is written once; a torn line before it is taken off. For one
   * writer at a time. @throws Error when not all of it could be written.
   */
  append(entry: LedgerEntry): void {
    if (this.all().some(({ id }) => id === entry.id)) return;
    if (existsSync(this.path)) {
      const whole = this.lines().map((line) => `${line}\n`);
      truncateSync(this.path, Buffer.byteLength(whole.join('')));
    }
    const file = openSync(this.path, 'a', 0o600);
    try {
      // A single write may be cut short by a full disk without an error.
      writeFileSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(dirname(this.path));
  }

  /** Without the last when it was cut. */
  private lines(): string[] {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').slice(0, -1) : [];
  }
}
