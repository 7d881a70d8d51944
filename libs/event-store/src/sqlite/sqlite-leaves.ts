import type { DatabaseSync } from 'node:sqlite';
import { type Leaves, missingLeaf, type StoredLeaf } from '../leaves.js';
import { openDurable } from './connection.js';
import { idBytes, idText } from './log-table.js';

interface Row {
  seq: number;
  leaf: Uint8Array;
  leaf_hash: Uint8Array;
  id: Uint8Array;
  stream: string | null;
  revision: number;
  type: string | null;
}

/** Sequence numbers begin at 1 and have no gaps, so a leaf's place is its number less one. Left joins: a name that was taken out must not hide the event. */
const ROWS = `SELECT e.seq, e.leaf, e.leaf_hash, e.id, s.name AS stream, e.revision, t.name AS type
  FROM event e LEFT JOIN stream s ON s.id = e.stream LEFT JOIN event_type t ON t.id = e.type
  WHERE e.seq > ? ORDER BY e.seq LIMIT ?`;
const TABLE = 'event';

/** The leaves lie in the log itself: hash and bytes were written with the event. The log must exist. */
export const openSqliteLeaves = (path: string): Leaves => new SqliteLeaves(openDurable(path));

class SqliteLeaves implements Leaves {
  private readonly statements;

  constructor(private readonly db: DatabaseSync) {
    this.statements = {
      last: db.prepare('SELECT max(seq) AS seq FROM event'),
      hash: db.prepare('SELECT leaf_hash FROM event WHERE seq = ?'),
      hashes: db.prepare('SELECT seq, leaf_hash FROM event WHERE seq > ? ORDER BY seq LIMIT ?'),
      rows: db.prepare(ROWS),
      byId: db.prepare('SELECT seq FROM event WHERE id = ?'),
    };
  }

  async follow(): Promise<number> {
    return this.count();
  }

  count(): number {
    return (this.statements.last.get() as { seq: number | null }).seq ?? 0;
  }

  hash(index: number): Uint8Array {
    const row = this.statements.hash.get(index + 1) as Pick<Row, 'leaf_hash'> | undefined;
    if (!row) throw missingLeaf(TABLE, index);
    return row.leaf_hash;
  }

  hashes(from: number, limit: number): Uint8Array[] {
    const rows = this.statements.hashes.all(from, limit) as unknown as Pick<Row, 'seq' | 'leaf_hash'>[];
    return rows.map(({ seq, leaf_hash }, at) => {
      if (seq !== from + at + 1) throw missingLeaf(TABLE, from + at);
      return leaf_hash;
    });
  }

  entries(from: number, limit: number): StoredLeaf[] {
    const rows = this.statements.rows.all(from, limit) as unknown as Row[];
    return rows.map((row, at) => {
      const index = from + at;
      if (row.seq !== index + 1) throw missingLeaf(TABLE, index);
      const columns = { id: idText(row.id), stream: row.stream ?? '', rev: row.revision, type: row.type ?? '' };
      return { index, leaf: row.leaf, hash: row.leaf_hash, columns };
    });
  }

  indexOf(eventId: string): number | undefined {
    const row = this.statements.byId.get(idBytes(eventId)) as Pick<Row, 'seq'> | undefined;
    return row && row.seq - 1;
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}
