import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Concept, RANK } from '../concepts.js';
import type { Problem } from '../problem.js';
import type { DraftFact, RowResult } from '../rows/draft.js';
import { addCopy, type Conflict, firstCopy, isConflict, type Merged } from './merge.js';

/** A decision's place among the others on the same question. */
export interface Place {
  readonly sort: string;
  readonly n: number;
}

export interface Staged extends Place {
  readonly merged: Merged;
}

const SCHEMA = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
  CREATE TABLE fact (n INTEGER PRIMARY KEY, concept TEXT NOT NULL, id TEXT NOT NULL, rank INTEGER NOT NULL,
    sort TEXT NOT NULL, series TEXT, json TEXT NOT NULL, UNIQUE (concept, id)) STRICT;
  CREATE TABLE joined (name TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (name, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE problem (n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;`;

/**
 * Where one run keeps what it has read, on disk, so that memory does not grow with the source. An unnamed SQLite database
 * belongs to this process alone and is gone when the process is, however it ends: people's words are not left behind.
 */
export class Staging {
  private readonly db = new DatabaseSync('');
  private readonly find: StatementSync;
  private readonly put: StatementSync;
  private readonly putJoined: StatementSync;
  private readonly getJoined: StatementSync;
  private readonly putProblem: StatementSync;
  private readonly previous: StatementSync;
  private readonly next: StatementSync;

  constructor() {
    this.db.exec(SCHEMA);
    this.find = this.db.prepare('SELECT n, json FROM fact WHERE concept = ? AND id = ?');
    this.put = this.db.prepare(`INSERT INTO fact (concept, id, rank, sort, series, json) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (concept, id) DO UPDATE SET sort = excluded.sort, series = excluded.series, json = excluded.json`);
    this.putJoined = this.db.prepare(
      'INSERT INTO joined (name, key, json) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    );
    this.getJoined = this.db.prepare('SELECT json FROM joined WHERE name = ? AND key = ?');
    this.putProblem = this.db.prepare('INSERT INTO problem (json) VALUES (?)');
    const inSeries = "SELECT id FROM fact WHERE concept = 'decision' AND series = ?";
    this.previous = this.db.prepare(`${inSeries} AND (sort, n) < (?, ?) ORDER BY sort DESC, n DESC LIMIT 1`);
    this.next = this.db.prepare(`${inSeries} AND (sort, n) > (?, ?) ORDER BY sort, n LIMIT 1`);
  }

  begin(): void {
    this.db.exec('BEGIN');
  }

  /** Everything is read: from here on only questions are asked. */
  finish(): void {
    this.db.exec(
      'COMMIT; CREATE INDEX by_series ON fact (series, sort, n) WHERE series IS NOT NULL; CREATE INDEX in_order ON fact (rank, sort, n);',
    );
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  /** Adds all facts of one row, or none of them when one disagrees with what another row said. */
  add(
    { facts, updatedAt }: RowResult,
    file: string,
    row: number,
  ): readonly (Conflict & { readonly fact: DraftFact })[] {
    const merged = new Map<string, Merged>();
    const conflicts: (Conflict & { readonly fact: DraftFact })[] = [];
    for (const fact of facts) {
      const key = `${fact.concept} ${fact.sourceId}`;
      const known = merged.get(key) ?? this.get(fact.concept, fact.sourceId);
      const outcome = known ? addCopy(known, fact, updatedAt) : firstCopy(fact, updatedAt, file, row);
      if (isConflict(outcome)) conflicts.push({ ...outcome, fact });
      else merged.set(key, outcome);
    }
    if (conflicts.length === 0) for (const outcome of merged.values()) this.store(outcome);
    return conflicts;
  }

  has(concept: Concept, sourceId: string): boolean {
    return this.find.get(concept, sourceId) !== undefined;
  }

  /** The decision of a series just before a place, or just after it. */
  beside(side: 'before' | 'after', series: string, { sort, n }: Place): string | null {
    const found = (side === 'before' ? this.previous : this.next).get(series, sort, n) as { id: string } | undefined;
    return found?.id ?? null;
  }

  /** @returns false when the key is taken and `keep` is `only`. */
  join(name: string, key: string, record: object, keep: 'only' | 'first' | 'last'): boolean {
    if (keep !== 'last' && this.getJoined.get(name, key) !== undefined) return keep === 'first';
    this.putJoined.run(name, key, JSON.stringify(record));
    return true;
  }

  joined(name: string, key: string): Readonly<Record<string, unknown>> | null {
    const found = this.getJoined.get(name, key) as { json: string } | undefined;
    return found ? (JSON.parse(found.json) as Record<string, unknown>) : null;
  }

  problem(problem: Problem): void {
    this.putProblem.run(JSON.stringify(problem));
  }

  *problems(): Generator<Problem> {
    for (const { json } of this.db.prepare('SELECT json FROM problem ORDER BY n').iterate() as Iterable<{
      json: string;
    }>)
      yield JSON.parse(json) as Problem;
  }

  counts(): readonly { readonly concept: Concept; readonly facts: number }[] {
    return this.db.prepare('SELECT concept, count(*) AS facts FROM fact GROUP BY concept').all() as never;
  }

  /** Everything, in the order in which it can be recorded. */
  *all(): Generator<Staged> {
    const rows = this.db.prepare('SELECT n, sort, json FROM fact ORDER BY rank, sort, n').iterate();
    for (const { n, sort, json } of rows as Iterable<{ n: number; sort: string; json: string }>)
      yield { n, sort, merged: JSON.parse(json) as Merged };
  }

  private get(concept: Concept, id: string): Merged | null {
    const found = this.find.get(concept, id) as { json: string } | undefined;
    return found ? (JSON.parse(found.json) as Merged) : null;
  }

  private store(merged: Merged): void {
    const { concept, sourceId, occurredAt, series } = merged.fact;
    this.put.run(concept, sourceId, RANK[concept], occurredAt.at, series, JSON.stringify(merged));
  }
}
