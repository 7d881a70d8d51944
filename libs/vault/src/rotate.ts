import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { emptyLog, inTransaction } from '#event-store/sqlite/connection';
import { CHECK, metaOf, nextKeyFile, opensVault } from './epochs.js';
import { syncFolder } from './key-files.js';
import { EpochKey } from './master-key.js';
import type { VaultDatabase } from './vault-database.js';

export interface Rotated {
  /** The epoch that the vault is in now; the first is 1. */
  readonly epoch: number;
  /** How many values were wrapped anew. */
  readonly rewrapped: number;
}

/** Everything in the vault that is wrapped under the master key: where, how a row is found, and its context. */
const WRAPPED: readonly { table: string; key: readonly string[]; context: string }[] = [
  { table: 'subject_key', key: ['kid'], context: "'key ' || kid" },
  { table: 'record', key: ['kind', 'id'], context: "'record ' || kind || ' ' || id" },
  { table: 'session', key: ['digest'], context: "'session ' || kind || ' ' || id" },
  { table: 'magic_link', key: ['digest'], context: "'magic-link ' || account" },
];

/**
 * A new master key: everything is wrapped anew in one transaction, then the new key takes the place of the old one, which
 * is overwritten. Other programs may run: they find the new key by themselves. Cut off before the commit, the old key
 * counts; after it, the new one does, from the file beside it. No text is sealed anew: subject keys stay.
 * @throws Error when the vault holds something wrapped that nobody has told of here: nothing was changed.
 */
export const rotateMaster = ({ db, master }: VaultDatabase, keyFile: string): Rotated => {
  finishRotation(db, keyFile);
  const next = nextKeyFile(keyFile);
  let rotated: Rotated = { epoch: 0, rewrapped: 0 };
  inTransaction(db, () => {
    refuseUnknown(db);
    // Whoever was cut off before the commit left a key that opens nothing.
    rmSync(next, { force: true });
    const fresh = EpochKey.fresh();
    fresh.writeTo(next);
    const meta = metaOf(db);
    const again = (wrapped: Uint8Array, context: string): Uint8Array => fresh.wrap(master.unwrap(wrapped, context), context); // prettier-ignore
    let rewrapped = 0;
    for (const { table, key, context } of WRAPPED.filter((each) => hasTable(db, each.table))) {
      const put = db.prepare(`UPDATE ${table} SET wrapped = ? WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`); // prettier-ignore
      for (const row of db.prepare(`SELECT ${key.join(', ')}, wrapped, ${context} AS context FROM ${table}`).all()) {
        put.run(again(row['wrapped'] as Uint8Array, String(row['context'])), ...key.map((column) => row[column] ?? null)); // prettier-ignore
        rewrapped++;
      }
    }
    const derived = db.prepare("SELECT name, value FROM meta WHERE name LIKE 'derived/%'").all() as { name: string; value: Uint8Array }[]; // prettier-ignore
    for (const { name, value } of derived) meta.put(name, again(value, name.replace('/', ' ')));
    meta.put('check', fresh.wrap(Buffer.from(CHECK), 'check'));
    const epoch = Number(Buffer.from(meta.get('epoch') ?? Buffer.from('1')).toString()) + 1;
    meta.put('epoch', Buffer.from(String(epoch)));
    rotated = { epoch, rewrapped: rewrapped + derived.length };
  });
  finishRotation(db, keyFile);
  // What was wrapped under the old key must not stay in the write-ahead log either.
  emptyLog(db);
  return rotated;
};

/** Puts a new key that counts already in the place of the old one. */
const finishRotation = (db: DatabaseSync, keyFile: string): void => {
  const next = nextKeyFile(keyFile);
  const check = metaOf(db).get('check') ?? new Uint8Array();
  if (!existsSync(next) || !opensVault(EpochKey.at(next), check)) return;
  overwrite(keyFile);
  renameSync(next, keyFile);
  syncFolder(dirname(keyFile));
};

/** As far as a disk obeys: some keep old blocks whatever is written over them. */
const overwrite = (path: string): void => {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  writeSync(file, randomBytes(statSync(path).size));
  fsyncSync(file);
  closeSync(file);
};

const hasTable = (db: DatabaseSync, table: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;

const refuseUnknown = (db: DatabaseSync): void => {
  const found = db.prepare("SELECT s.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' AND c.name = 'wrapped'").all() as { name: string }[]; // prettier-ignore
  const unknown = found.filter(({ name }) => !WRAPPED.some(({ table }) => table === name));
  if (unknown.length > 0)
    throw new Error(`The vault holds keys that this release cannot wrap anew (${unknown.map(({ name }) => name).join(', ')}). Nothing was changed.`); // prettier-ignore
};
