import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Fact } from '../fact.js';
import { changedFields, type FieldDigests, fieldDigests } from '../fact-id.js';

/** What was recorded of a fact the last time: nothing of it is in words. */
export type Known = 'new' | 'same' | { readonly changed: readonly string[]; readonly version: number };

/** An event that stands in the log if this index belongs to it. */
export interface Witness {
  readonly stream: string;
  readonly event: string;
}

interface Row {
  readonly digest: string;
  readonly fields: string;
  readonly version: number;
}

const VERSION = 3;
const SCHEMA = `
  DROP TABLE IF EXISTS fact; DROP TABLE IF EXISTS witness;
  CREATE TABLE fact (id TEXT PRIMARY KEY, digest TEXT NOT NULL, fields TEXT NOT NULL, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE witness (one INTEGER PRIMARY KEY CHECK (one = 1), stream TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${VERSION};`;

/**
 * Which facts are recorded, with one keyed digest for each field. It makes a second import quick and tells what a source
 * changed. Only an accelerator: without it every command id is the same as before, so nothing is recorded twice.
 */
export class KnownFacts {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private waiting: (() => void)[] = [];

  constructor(
    path: string,
    private readonly key: Uint8Array,
  ) {
    this.db = new DatabaseSync(path);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
    const { user_version: found } = this.db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found !== VERSION) this.forget();
    this.db.exec('CREATE TEMP TABLE refused (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID');
  }

  /** Forgets everything when its last event is not in this log: an older copy of the data was put back, or it is another log. */
  async trustIf(stands: (witness: Witness) => Promise<boolean>): Promise<void> {
    const last = this.prepared('SELECT stream, event FROM witness').get() as Witness | undefined;
    if (last && !(await stands(last))) this.forget();
  }

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  look(fact: Fact): Known {
    const row = this.find(fact.id);
    if (!row) return 'new';
    if (row.digest === fact.digest) return 'same';
    const changed = changedFields(JSON.parse(row.fields) as FieldDigests, fieldDigests(fact, this.key));
    return changed.length === 0 ? 'same' : { changed, version: row.version };
  }

  /**
   * Only after its events are durable. Written in batches: what a crash loses is found again by its command ids.
   * @param kept fields in which the record still says what it said before.
   */
  remember(fact: Fact, kept: readonly string[] = []): void {
    this.waiting.push(() => {
      const row = this.find(fact.id);
      const before = row ? (JSON.parse(row.fields) as FieldDigests) : {};
      const now = Object.entries(fieldDigests(fact, this.key)).filter(([name]) => !kept.includes(name));
      // A fact that waits for something, or that the record tells otherwise, is looked at in full the next time.
      const isWhole = kept.length === 0 && fact.links.every(({ to }) => to.resolved);
      this.prepared('INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)').run(
        fact.id,
        isWhole ? fact.digest : '',
        JSON.stringify({ ...before, ...Object.fromEntries(now) }),
        (row?.version ?? 0) + 1,
      );
    });
    if (this.waiting.length >= 500) this.flush();
  }

  /** For this run only: it may fit the next time. */
  refuse(id: string): void {
    this.prepared('INSERT OR IGNORE INTO refused VALUES (?)').run(id);
  }

  isRefused(id: string): boolean {
    return this.prepared('SELECT 1 FROM refused WHERE id = ?').get(id) !== undefined;
  }

  saw({ stream, event }: Witness): void {
    this.waiting.push(() => this.prepared('INSERT OR REPLACE INTO witness VALUES (1, ?, ?)').run(stream, event));
  }

  flush(): void {
    this.db.exec('BEGIN IMMEDIATE');
    for (const write of this.waiting) write();
    this.db.exec('COMMIT');
    this.waiting = [];
  }

  close(): void {
    this.flush();
    this.db.close();
  }

  private find(id: string): Row | undefined {
    return this.prepared('SELECT digest, fields, version FROM fact WHERE id = ?').get(id) as Row | undefined;
  }

  private prepared(sql: string): StatementSync {
    const known = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }

  private forget(): void {
    this.statements.clear();
    this.db.exec(SCHEMA);
  }
}
