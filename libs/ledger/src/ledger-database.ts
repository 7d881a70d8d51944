import type { DatabaseSync } from 'node:sqlite';
import { openDurable } from '#event-store/sqlite/connection';

/**
 * What the tree and its seals need beside the leaves. Nodes and edge can be made again from the leaves at any time; the
 * checkpoints are what was said to the world. Nobody needs to believe this file: the signer has its own memory.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS ledger_node (
  level INTEGER NOT NULL CHECK (level >= 1), idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger_edge (
  one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, edge BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger_origin (
  origin TEXT PRIMARY KEY, vkey TEXT NOT NULL, since TEXT NOT NULL, predecessor TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger_checkpoint (
  origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL CHECK (length(root) = 32), edge BLOB NOT NULL,
  note TEXT NOT NULL, signed_at TEXT NOT NULL, PRIMARY KEY (origin, size)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS witness_contact (
  origin TEXT NOT NULL, witness TEXT NOT NULL, size INTEGER NOT NULL, cosigned_at TEXT, problem TEXT, problem_since TEXT,
  conflict TEXT, PRIMARY KEY (origin, witness)) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
`;

const FORMAT = 1;

/** @throws Error when the file is of a newer release. */
export const openLedgerDatabase = (path: string): DatabaseSync => {
  const db = openDurable(path);
  const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (user_version > FORMAT) throw new Error(`${path} was written by a newer release (format ${user_version}).`);
  db.exec(SCHEMA);
  return db;
};
