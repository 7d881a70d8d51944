import type { DatabaseSync } from 'node:sqlite';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import {
  type Appended,
  type EventToAppend,
  type ExpectedRevision,
  RevisionConflict,
  type StoredEvent,
} from '../event-store.js';

interface Row {
  seq: number;
  stream: string;
  revision: number;
  id: Uint8Array;
  type: string;
  leaf: Uint8Array;
}

const ROWS = `SELECT e.seq, s.name AS stream, e.revision, e.id, t.name AS type, e.leaf
  FROM event e CROSS JOIN stream s ON s.id = e.stream CROSS JOIN event_type t ON t.id = e.type`;

const hasher = treeHasher(nodeSha256);

export const leafHash = (leaf: Uint8Array): Uint8Array => hasher.leaf(leaf);

export const idBytes = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
export const idText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Positions sort as text as well as by number, so that a projection may index them. */
export const position = (seq: number): string => seq.toString().padStart(16, '0');

/** The statements on the log's tables; synchronous, and never a transaction of its own. */
export class LogTable {
  constructor(
    private readonly db: DatabaseSync,
    /** Only a measurement of what hashing costs hands in another. */
    private readonly hashOf: (leaf: Uint8Array) => Uint8Array = leafHash,
  ) {
    this.statements = {
      head: db.prepare('SELECT max(seq) AS seq FROM event'),
      streamId: db.prepare('SELECT id FROM stream WHERE name = ?'),
      addStream: db.prepare('INSERT INTO stream (name) VALUES (?) RETURNING id'),
      typeId: db.prepare('SELECT id FROM event_type WHERE name = ?'),
      addType: db.prepare('INSERT INTO event_type (name) VALUES (?) RETURNING id'),
      revision: db.prepare('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1'),
      byId: db.prepare('SELECT seq, stream, revision FROM event WHERE id = ?'),
      insert: db.prepare(
        'INSERT INTO event (seq, stream, revision, id, type, leaf, leaf_hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      ofStream: db.prepare(`${ROWS} WHERE e.stream = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`),
      all: db.prepare(`${ROWS} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`),
    };
  }

  private readonly statements;

  head(): number {
    return (this.statements.head.get() as { seq: number | null }).seq ?? 0;
  }

  readStream(name: string, from: number, limit: number): StoredEvent[] {
    const stream = this.lookUp(this.statements.streamId, name);
    if (stream === undefined) return [];
    return (this.statements.ofStream.all(stream, from, limit) as unknown as Row[]).map(toEvent);
  }

  readAll(after: number, limit: number): StoredEvent[] {
    return (this.statements.all.all(after, limit) as unknown as Row[]).map(toEvent);
  }

  /** Inserts a batch inside the caller's transaction. @throws RevisionConflict before anything is written. */
  insert(name: string, events: readonly EventToAppend[], expected: ExpectedRevision): Appended {
    const stream = this.lookUp(this.statements.streamId, name);
    const last =
      stream === undefined ? undefined : (this.statements.revision.get(stream) as { revision: number } | undefined);
    const actual = last?.revision ?? ('none' as const);
    const earlier = this.earlierResult(stream, events, expected);
    if (earlier === 'partial') throw new RevisionConflict(name, expected, actual);
    if (earlier) return earlier;
    if (expected !== 'any' && expected !== actual) throw new RevisionConflict(name, expected, actual);

    const into = stream ?? this.add(this.statements.addStream, name);
    let revision = actual === 'none' ? -1 : actual;
    let seq = this.head();
    for (const event of events) {
      const type = this.lookUp(this.statements.typeId, event.type) ?? this.add(this.statements.addType, event.type);
      this.statements.insert.run(++seq, into, ++revision, idBytes(event.id), type, event.leaf, this.hashOf(event.leaf));
    }
    return { revision, position: position(seq) };
  }

  /** A retry finds its own events: all of them, in order, where it wanted them. Some of them is a conflict. */
  private earlierResult(
    stream: number | undefined,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Appended | 'partial' | undefined {
    const found = events.map(
      (event) =>
        this.statements.byId.get(idBytes(event.id)) as { seq: number; stream: number; revision: number } | undefined,
    );
    if (found.every((each) => each === undefined)) return undefined;
    const first = found[0]?.revision ?? -1;
    const wanted = expected === 'any' ? first : expected === 'none' ? 0 : expected + 1;
    const whole =
      first === wanted && found.every((each, index) => each?.stream === stream && each?.revision === first + index);
    const last = found.at(-1);
    return whole && last ? { revision: last.revision, position: position(last.seq) } : 'partial';
  }

  private lookUp(statement: ReturnType<DatabaseSync['prepare']>, name: string): number | undefined {
    return (statement.get(name) as { id: number } | undefined)?.id;
  }

  private add(statement: ReturnType<DatabaseSync['prepare']>, name: string): number {
    return (statement.get(name) as { id: number }).id;
  }
}

const toEvent = (row: Row): StoredEvent => ({
  id: idText(row.id),
  stream: row.stream,
  revision: row.revision,
  type: row.type,
  leaf: row.leaf,
  position: position(row.seq),
});
