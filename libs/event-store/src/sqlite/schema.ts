/**
 * The log on disk. The database itself refuses to change or drop what was written: UPDATE and DELETE by trigger, and
 * INSERT OR REPLACE by a trigger of its own, because a replaced row fires no DELETE trigger. Someone with the file can
 * of course drop the triggers; finding that out is the transparency log's work, which hashes `leaf` (RFC 6962).
 */
const frozen = (table: string, exists: string) => `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${exists})
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

export const SCHEMA_VERSION = 1;

/** Stream names and types are kept once each: a text key per event would cost a third of the throughput. */
export const SCHEMA = `
CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event_type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (id),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  type INTEGER NOT NULL REFERENCES event_type (id),
  leaf BLOB NOT NULL CHECK (length(leaf) <= 65535),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;
CREATE UNIQUE INDEX event_of_stream ON event (stream, revision);
CREATE UNIQUE INDEX event_by_id ON event (id);
${frozen('stream', 'id = NEW.id OR name = NEW.name')}
${frozen('event_type', 'id = NEW.id OR name = NEW.name')}
${frozen('event', 'seq = NEW.seq OR id = NEW.id OR (stream = NEW.stream AND revision = NEW.revision)')}
PRAGMA user_version = ${SCHEMA_VERSION};
`;
