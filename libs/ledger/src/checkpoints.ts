import type { DatabaseSync } from 'node:sqlite';
import { type SignerLog, SignerRefused } from './signer-words.js';

/** A tree the log has put its name to, with the signatures there are so far. */
export interface KeptCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly edge: Uint8Array;
  readonly note: string;
  /** ISO 8601. */
  readonly signedAt: string;
}

interface Row extends Omit<KeptCheckpoint, 'signedAt'> {
  readonly signed_at: string;
}

const COLUMNS = 'origin, size, root, edge, note, signed_at';

/** What was said to the world, by whom, and when. */
export class Checkpoints {
  private readonly statements;

  constructor(db: DatabaseSync) {
    this.statements = {
      key: db.prepare('SELECT vkey FROM ledger_origin WHERE origin = ?'),
      predecessor: db.prepare('SELECT predecessor FROM ledger_origin WHERE origin = ?'),
      pin: db.prepare(
        'INSERT INTO ledger_origin (origin, vkey, since, predecessor) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ),
      newest: db.prepare('SELECT origin, vkey FROM ledger_origin ORDER BY since DESC, origin DESC LIMIT 1'),
      last: db.prepare(`SELECT ${COLUMNS} FROM ledger_checkpoint WHERE origin = ? ORDER BY size DESC LIMIT 1`),
      next: db.prepare(
        `SELECT ${COLUMNS} FROM ledger_checkpoint WHERE (size, origin) > (?, ?) ORDER BY size, origin LIMIT 1`,
      ),
      save: db.prepare(
        `INSERT INTO ledger_checkpoint (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (origin, size) DO UPDATE SET note = excluded.note`,
      ),
    };
  }

  /** The key of a log is kept when it is first seen. @throws SignerRefused when the signer comes with another one. */
  pin({ origin, vkey, predecessor }: SignerLog, now: string): void {
    this.statements.pin.run(origin, vkey, now, predecessor ?? null);
    const { vkey: known } = this.statements.key.get(origin) as { vkey: string };
    if (known !== vkey)
      throw new SignerRefused(
        'other-log',
        `The signer has another key for ${origin} than before. Its folder was lost or exchanged. Put the folder back (SIGNER_DIR). If it is lost for good, open a new log: throughline signer new-origin.`,
      );
  }

  /** The log that is signed now: the one that was opened last. */
  current(): { readonly origin: string; readonly vkey: string } | undefined {
    return this.statements.newest.get() as { origin: string; vkey: string } | undefined;
  }

  vkeyOf(origin: string): string | undefined {
    return (this.statements.key.get(origin) as { vkey: string } | undefined)?.vkey;
  }

  /** The last checkpoint of the log before this one, as it was closed. */
  predecessorOf(origin: string): string | null {
    const row = this.statements.predecessor.get(origin) as { predecessor: string | null } | undefined;
    return row?.predecessor ?? null;
  }

  last(origin: string): KeptCheckpoint | undefined {
    return kept(this.statements.last.get(origin) as Row | undefined);
  }

  /** Every checkpoint there is, smallest first, one at a time. */
  *all(): Generator<KeptCheckpoint> {
    for (let [size, origin] = [-1, '']; ;) {
      const next = kept(this.statements.next.get(size, origin) as Row | undefined);
      if (!next) return;
      yield next;
      ({ size, origin } = next);
    }
  }

  /** Saved again with the same size, only the signatures change. */
  save({ origin, size, root, edge, note, signedAt }: KeptCheckpoint): void {
    this.statements.save.run(origin, size, root, edge, note, signedAt);
  }
}

const kept = (row: Row | undefined): KeptCheckpoint | undefined => {
  if (!row) return undefined;
  const { signed_at: signedAt, ...rest } = row;
  return { ...rest, signedAt };
};
