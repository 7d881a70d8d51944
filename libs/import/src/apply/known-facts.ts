import { DatabaseSync } from 'node:sqlite';
import type { Fact } from '../fact.js';
import { changedFields, type FieldDigests, fieldDigests } from '../fact-id.js';

/** What was recorded of a fact the last time: nothing of it is in words. */
export type Known = 'new' | 'same' | { readonly changed: readonly string[] };

/**
 * Which facts are recorded, with one keyed digest for each field. It makes a second import quick and tells what a source
 * changed. Only an accelerator: without it every command id is the same as before, so nothing is recorded twice.
 */
export class KnownFacts {
  private readonly db: DatabaseSync;
  private readonly find;
  private readonly put;
  private waiting: (() => void)[] = [];

  constructor(
    path: string,
    private readonly key: Uint8Array,
  ) {
    this.db = new DatabaseSync(path);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
    this.db.exec(
      'CREATE TABLE IF NOT EXISTS fact (id TEXT PRIMARY KEY, digest TEXT NOT NULL, fields TEXT NOT NULL) STRICT, WITHOUT ROWID',
    );
    this.find = this.db.prepare('SELECT digest, fields FROM fact WHERE id = ?');
    this.put = this.db.prepare('INSERT OR REPLACE INTO fact VALUES (?, ?, ?)');
  }

  has(id: string): boolean {
    return this.find.get(id) !== undefined;
  }

  look(fact: Fact): Known {
    const row = this.find.get(fact.id) as { digest: string; fields: string } | undefined;
    if (!row) return 'new';
    if (row.digest === fact.digest) return 'same';
    return { changed: changedFields(JSON.parse(row.fields) as FieldDigests, fieldDigests(fact, this.key)) };
  }

  /** Only after its events are durable. Written in batches: what a crash loses is found again by its command ids. */
  remember(fact: Fact): void {
    const fields = JSON.stringify(fieldDigests(fact, this.key));
    this.waiting.push(() => this.put.run(fact.id, fact.digest, fields));
    if (this.waiting.length >= 500) this.flush();
  }

  flush(): void {
    this.db.exec('BEGIN');
    for (const write of this.waiting) write();
    this.db.exec('COMMIT');
    this.waiting = [];
  }

  close(): void {
    this.flush();
    this.db.close();
  }
}
