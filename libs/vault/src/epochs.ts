import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '#event-store/sqlite/connection';
import { type EpochBook, EpochKey } from './master-key.js';

/** Wrapped under the key of the epoch: says which key file belongs to a vault. */
export const CHECK = 'throughline';

/** Small values that belong to the vault as a whole. */
export const metaOf = (db: DatabaseSync) => {
  const find = db.prepare('SELECT value FROM meta WHERE name = ?');
  const first = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const put = db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (name: string): Uint8Array | undefined => (find.get(name) as { value: Uint8Array } | undefined)?.value,
    /** Only if there is none yet. */
    keep: (name: string, value: Uint8Array): void => void first.run(name, value),
    put: (name: string, value: Uint8Array): void => void put.run(name, value),
  };
};

/** Where a new key lies until the vault is wrapped under it. */
export const nextKeyFile = (keyFile: string): string => `${keyFile}.next`;

export const opensVault = (key: EpochKey, check: Uint8Array): boolean => {
  try {
    key.unwrap(check, 'check');
    return true;
  } catch {
    return false;
  }
};

/** Epochs are counted from 1; a vault of before there were any is in the first. */
export const epochBook = (db: DatabaseSync, keyFile: string): EpochBook => {
  const meta = metaOf(db);
  return {
    epoch: () => Number(Buffer.from(meta.get('epoch') ?? Buffer.from('1')).toString()),
    load: () => keyOf(keyFile, meta.get('check') ?? new Uint8Array()),
    derived: (purpose, make) => {
      const name = `derived/${purpose}`;
      const keep = (): Uint8Array => {
        meta.keep(name, make());
        return meta.get(name) as Uint8Array;
      };
      return meta.get(name) ?? inTransaction(db, keep);
    },
  };
};

/**
 * The new key lies beside the old one until the vault is wrapped under it, and for a moment after. Looked for again at the
 * end, because it may have been put in its place meanwhile.
 */
const keyOf = (keyFile: string, check: Uint8Array): EpochKey => {
  for (const path of [nextKeyFile(keyFile), keyFile, nextKeyFile(keyFile)]) {
    const key = keyAt(path);
    if (key && opensVault(key, check)) return key;
  }
  // Says itself what is wrong with a file that is no key.
  EpochKey.at(keyFile);
  throw new Error(`${keyFile} is not the master key of this vault. Put the right key back; nothing was changed.`);
};

/** Undefined for a file that is being overwritten, or is gone by now. */
const keyAt = (path: string): EpochKey | undefined => {
  try {
    return EpochKey.at(path);
  } catch {
    return undefined;
  }
};
