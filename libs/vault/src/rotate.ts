import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inTransaction } from '#event-store/sqlite/connection';
import { CHECK, epochBook, formerKeyFile, metaOf, nextKeyFile, opensVault } from './epochs.js';
import { syncFolder } from './key-files.js';
import { EpochKey } from './master-key.js';
import { openVaultDatabase } from './vault-database.js';

export interface Rotated {
  readonly epoch: number;
  /** Wrapped values that stand under the new key now: keys of people, names, codes, drafts. */
  readonly rewrapped: number;
  /** Files of former epochs whose window is over, destroyed now. */
  readonly destroyed: readonly string[];
  /** Those that stay until their window is over. */
  readonly kept: readonly string[];
}

const DAY_MS = 86_400_000;

/**
 * A new master key; everything that survives is wrapped under it, in one transaction, also beside a running server. The
 * key of the epoch before stays beside it until `windowDays` are over, and is then destroyed: from that day no older
 * backup of the keys can be opened by anyone. Cut off anywhere, the next start or the next rotation finishes it.
 */
export const rotateMaster = (
  paths: { readonly vault: string; readonly keyFile: string },
  { now, windowDays }: { readonly now: Date; readonly windowDays: number },
): Rotated => {
  settle(paths);
  const { db } = openVaultDatabase(paths.vault, paths.keyFile);
  const epochs = epochBook(db, paths.keyFile);
  const meta = metaOf(db);
  const next = nextKeyFile(paths.keyFile);
  try {
    const to = EpochKey.fresh();
    to.writeTo(next);
    let epoch = 0;
    const rewrapped = inTransaction(db, () => {
      // Read inside the lock: two rotations at once come one after the other.
      const from = epochs.load();
      epoch = epochs.epoch() + 1;
      const again = (wrapped: Uint8Array, context: string): Uint8Array =>
        to.wrap(from.unwrap(wrapped, context), context);
      let count = 0;
      const keys = db.prepare('SELECT kid, wrapped FROM subject_key').all() as { kid: string; wrapped: Uint8Array }[];
      const putKey = db.prepare('UPDATE subject_key SET wrapped = ? WHERE kid = ?');
      for (const { kid, wrapped } of keys) count += Number(putKey.run(again(wrapped, `key ${kid}`), kid).changes);
      const records = db.prepare('SELECT kind, id, wrapped FROM record').all() as { kind: string; id: string; wrapped: Uint8Array }[]; // prettier-ignore
      const putRecord = db.prepare('UPDATE record SET wrapped = ? WHERE kind = ? AND id = ?');
      for (const { kind, id, wrapped } of records)
        count += Number(putRecord.run(again(wrapped, `record ${kind} ${id}`), kind, id).changes);
      const derived = db.prepare("SELECT name, value FROM meta WHERE name LIKE 'derived/%'").all() as { name: string; value: Uint8Array }[]; // prettier-ignore
      for (const { name, value } of derived) meta.put(name, again(value, name.replace('/', ' ')));
      meta.put('check', to.wrap(Buffer.from(CHECK), 'check'));
      meta.put('epoch', Buffer.from(String(epoch)));
      return count;
    });
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    swapFiles(paths.keyFile, epoch - 1, now);
    return { epoch, rewrapped, ...pruneFormerKeys(paths.keyFile, { now, windowDays }) };
  } finally {
    db.close();
  }
};

/** Destroys the keys of former epochs whose window is over. */
export const pruneFormerKeys = (
  keyFile: string,
  { now, windowDays }: { readonly now: Date; readonly windowDays: number },
): { destroyed: string[]; kept: string[] } => {
  const [destroyed, kept]: [string[], string[]] = [[], []];
  for (const path of formerKeys(keyFile)) {
    const isOver = now.getTime() - statSync(path).mtimeMs >= windowDays * DAY_MS;
    if (isOver) destroy(path);
    (isOver ? destroyed : kept).push(path);
  }
  return { destroyed, kept };
};

export const formerKeys = (keyFile: string): string[] =>
  readdirSync(dirname(keyFile))
    .filter((name) => name.startsWith(`${basename(keyFile)}.epoch-`))
    .sort()
    .map((name) => join(dirname(keyFile), name));

/** After a rotation that was cut off: either the vault has the new key already, then the files follow; or it never got it. */
const settle = ({ vault, keyFile }: { readonly vault: string; readonly keyFile: string }): void => {
  const next = nextKeyFile(keyFile);
  if (!existsSync(next)) return;
  const { db } = openVaultDatabase(vault, keyFile);
  try {
    const isUsed = opensVault(EpochKey.at(next, false), metaOf(db).get('check') ?? new Uint8Array());
    if (isUsed) swapFiles(keyFile, epochBook(db, keyFile).epoch() - 1, new Date());
    else destroy(next);
  } finally {
    db.close();
  }
};

const swapFiles = (keyFile: string, former: number, now: Date): void => {
  const kept = formerKeyFile(keyFile, former);
  // Two names for the old key, then the new one in its place at one stroke: there is never no key file.
  if (!existsSync(kept)) linkSync(keyFile, kept);
  renameSync(nextKeyFile(keyFile), keyFile);
  utimesSync(kept, now, now);
  syncFolder(dirname(keyFile));
};

/** Overwritten before it is unlinked. On a disk that writes elsewhere this is best effort, and the guide says so. */
const destroy = (path: string): void => {
  const file = openSync(path, 'r+');
  writeSync(file, randomBytes(statSync(path).size), 0);
  fsyncSync(file);
  closeSync(file);
  unlinkSync(path);
  syncFolder(dirname(path));
};
