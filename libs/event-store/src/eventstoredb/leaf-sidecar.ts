import type { DatabaseSync } from 'node:sqlite';
import type { EventStore, StoredEvent } from '../event-store.js';
import { type Leaves, missingLeaf, RecordFault, type StoredLeaf } from '../leaves.js';
import { inTransaction, openDurable } from '../sqlite/connection.js';
import { idBytes, idText, leafHash } from '../sqlite/log-table.js';
import { leafOf } from './leaf-of.js';

/** Beside a server that knows no places: position and leaf go into one row, so that after a crash none is missing or there twice. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS leaf (
  idx INTEGER PRIMARY KEY,
  position TEXT NOT NULL,
  event_id BLOB UNIQUE CHECK (length(event_id) = 16),
  leaf_bytes BLOB NOT NULL CHECK (length(leaf_bytes) <= 65535),
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
) STRICT;
CREATE TRIGGER IF NOT EXISTS leaf_no_update BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'leaf is append-only'); END;
CREATE TRIGGER IF NOT EXISTS leaf_no_delete BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'leaf is append-only'); END;`;

interface Row {
  idx: number;
  position: string;
  event_id: Uint8Array | null;
  leaf_bytes: Uint8Array;
  leaf_hash: Uint8Array;
}

const PAGE = 500;
const TABLE = 'leaf';

export const openLeafSidecar = (store: EventStore, path: string): Leaves => new LeafSidecar(store, openDurable(path));

class LeafSidecar implements Leaves {
  private readonly statements;
  private following: Promise<number> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly db: DatabaseSync,
  ) {
    db.exec(SCHEMA);
    this.statements = {
      last: db.prepare('SELECT max(idx) AS idx FROM leaf'),
      row: db.prepare('SELECT * FROM leaf WHERE idx = ?'),
      rows: db.prepare('SELECT * FROM leaf WHERE idx >= ? ORDER BY idx LIMIT ?'),
      byId: db.prepare('SELECT idx FROM leaf WHERE event_id = ?'),
      insert: db.prepare('INSERT INTO leaf (idx, position, event_id, leaf_bytes, leaf_hash) VALUES (?, ?, ?, ?, ?)'),
    };
  }

  /** @throws StoreUnavailable while the server is away, RecordFault when it no longer holds what it held. */
  follow(): Promise<number> {
    this.following ??= this.takeIn().finally(() => (this.following = undefined));
    return this.following;
  }

  count(): number {
    const { idx } = this.statements.last.get() as { idx: number | null };
    return idx === null ? 0 : idx + 1;
  }

  hash(index: number): Uint8Array {
    return this.row(index).leaf_hash;
  }

  hashes(from: number, limit: number): Uint8Array[] {
    return this.page(from, limit).map(({ leaf_hash }) => leaf_hash);
  }

  entries(from: number, limit: number): StoredLeaf[] {
    return this.page(from, limit).map((row) => ({
      index: row.idx,
      leaf: row.leaf_bytes,
      hash: row.leaf_hash,
      columns: row.event_id ? { id: idText(row.event_id) } : {},
    }));
  }

  indexOf(eventId: string): number | undefined {
    return (this.statements.byId.get(idBytes(eventId)) as Pick<Row, 'idx'> | undefined)?.idx;
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  /** Reads from one before the last on: what was taken in last must still be there, or the server was put back to an older state. */
  private async takeIn(): Promise<number> {
    const known = this.count();
    let check = known > 0 ? this.row(known - 1) : undefined;
    const after = known > 1 ? this.row(known - 2).position : undefined;
    let next = known;
    let batch: StoredEvent[] = [];
    for await (const event of this.store.readAll({ ...(after !== undefined && { after }) })) {
      if (check) requireSame(check, event);
      else batch.push(event);
      check = undefined;
      if (batch.length < PAGE) continue;
      if (!this.insert(next, batch)) return this.count();
      next += batch.length;
      batch = [];
    }
    if (check) throw gone(check.idx);
    this.insert(next, batch);
    return this.count();
  }

  /** False when another process has taken them in meanwhile; then what it did stands. */
  private insert(first: number, batch: readonly StoredEvent[]): boolean {
    return inTransaction(this.db, () => {
      if (this.count() !== first) return false;
      batch.forEach((event, at) => {
        const { leaf, isOurs } = leafOf(event);
        this.statements.insert.run(first + at, event.position, isOurs ? idBytes(event.id) : null, leaf, leafHash(leaf));
      });
      return true;
    });
  }

  private row(index: number): Row {
    const row = this.statements.row.get(index) as Row | undefined;
    if (!row) throw missingLeaf(TABLE, index);
    return row;
  }

  private page(from: number, limit: number): Row[] {
    const rows = this.statements.rows.all(from, limit) as unknown as Row[];
    rows.forEach(({ idx }, at) => {
      if (idx !== from + at) throw missingLeaf(TABLE, from + at);
    });
    return rows;
  }
}

const requireSame = (row: Row, event: StoredEvent): void => {
  const isSame = event.position === row.position && Buffer.compare(leafHash(leafOf(event).leaf), row.leaf_hash) === 0;
  if (!isSame) throw gone(row.idx);
};

const gone = (index: number): RecordFault =>
  new RecordFault(
    'EventStoreDB',
    index,
    `EventStoreDB no longer holds entry ${index} as it was. It was put back to an older copy, or its log was changed.`,
  );
