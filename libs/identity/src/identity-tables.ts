import type { VaultDatabase } from '#vault/vault-database';

/**
 * What signing in needs, in the vault's own file: it is shared by every process of one data folder, has the vault's short
 * backup life, and nothing in it can be used by whoever reads the file: secrets stand as digests, contents are sealed.
 * Times are milliseconds since 1970.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS session (
  digest BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL, wrapped BLOB NOT NULL,
  started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, ends_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_of_subject ON session (subject);
CREATE INDEX IF NOT EXISTS session_by_end ON session (ends_at);
CREATE TABLE IF NOT EXISTS used_once (digest BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_once_by_end ON used_once (until);
CREATE TABLE IF NOT EXISTS magic_link (
  digest BLOB PRIMARY KEY, account TEXT NOT NULL, wrapped BLOB NOT NULL, browser BLOB NOT NULL, code BLOB NOT NULL,
  until INTEGER NOT NULL, wrong INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS magic_link_by_end ON magic_link (until);
CREATE INDEX IF NOT EXISTS magic_link_of_account ON magic_link (account);
CREATE TABLE IF NOT EXISTS tried (key BLOB NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS tried_by_key ON tried (key, at);
CREATE INDEX IF NOT EXISTS tried_by_end ON tried (until);
`;

const ready = new WeakSet<VaultDatabase['db']>();

/** The vault's database with the tables of this lib in it; they are made once per connection. */
export const identityTables = (vault: VaultDatabase): VaultDatabase => {
  if (!ready.has(vault.db)) vault.db.exec(SCHEMA);
  ready.add(vault.db);
  return vault;
};
