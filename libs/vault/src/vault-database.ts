import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { GroupCommit } from '#event-store/sqlite/group-commit';
import { openDurable } from '#event-store/sqlite/connection';
import { CHECK, epochBook, metaOf } from './epochs.js';
import { EpochKey, MasterKey } from './master-key.js';

/** Everything that may be forgotten and nothing that may not: keys, names, contacts, codes, drafts. Not in the log's backup. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS subject_key (
  kid TEXT PRIMARY KEY, subject TEXT NOT NULL, stream TEXT NOT NULL, wrapped BLOB NOT NULL, UNIQUE (subject, stream)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased_key (kid TEXT PRIMARY KEY, erased_on TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased_subject (
  subject TEXT NOT NULL, stream TEXT NOT NULL, erased_on TEXT NOT NULL, PRIMARY KEY (subject, stream)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS closed_subject (
  subject TEXT NOT NULL, stream TEXT NOT NULL, why TEXT NOT NULL CHECK (why IN ('erasing', 'restricted')), since TEXT NOT NULL,
  PRIMARY KEY (subject, stream, why)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasure (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
  kind TEXT NOT NULL, id TEXT NOT NULL, subject TEXT, revision INTEGER NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS record_of_subject ON record (subject);
CREATE TABLE IF NOT EXISTS request (command_id TEXT PRIMARY KEY, digest BLOB NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export interface VaultDatabase {
  readonly db: DatabaseSync;
  readonly master: MasterKey;
  readonly commits: GroupCommit;
  /** Stands in the sealed store too: ciphertexts and keys of two deployments must not be mixed up. */
  readonly pair: Uint8Array;
}

/** What is deleted in it is overwritten. */
export const openVaultFile = (path: string): DatabaseSync => {
  const db = openDurable(path);
  db.exec('PRAGMA secure_delete = ON');
  db.exec(SCHEMA);
  return db;
};

/**
 * Opens the vault. A vault and a master key belong together: the wrong key refuses to start, so that it can never look
 * as if everyone had been erased. @throws Error naming the file to put back.
 */
export const openVaultDatabase = (path: string, keyFile: string): VaultDatabase => {
  // Never in the place of a key that is there.
  if (!existsSync(path)) EpochKey.fresh().writeTo(keyFile);
  const db = openVaultFile(path);
  try {
    const meta = metaOf(db);
    if (!meta.get('check')) meta.keep('check', EpochKey.at(keyFile).wrap(Buffer.from(CHECK), 'check'));
    const master = new MasterKey(epochBook(db, keyFile));
    meta.keep('pair', randomBytes(16));
    const pair = meta.get('pair') as Uint8Array;
    return { db, master, commits: new GroupCommit(db, () => false), pair };
  } catch (error) {
    db.close();
    throw error;
  }
};
