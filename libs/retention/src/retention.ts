import type { Now } from '#kernel/aggregate';
import type { Rows } from '#projections/rows';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Vault } from '#vault/vault';
import { cutoffOf, PERIODS, type RetentionKind } from './periods.js';

export type Counts = Readonly<Record<RetentionKind, number>>;

/** Kept although its time is over: a court or an inquiry may ask for it. */
const HELD = "SELECT person FROM data_subject_step WHERE kind = 'hold' AND ended_at IS NULL";

/** Ids of records in the vault whose time is over, found in the read models; `?` is the first day that counts. */
const OVERDUE: Readonly<Partial<Record<RetentionKind, { record: string; sql: string }>>> = {
  names: {
    record: 'person',
    sql: `SELECT p.id FROM participant p WHERE p.id NOT IN (${HELD})
      AND max(p.registered_at, coalesce((SELECT max(c.occurred_at) FROM contribution c WHERE c.participant = p.id), '')) < ?`,
  },
  letters: { record: 'data-request', sql: 'SELECT id FROM data_request WHERE answered_on < ?' },
  drafts: { record: 'draft', sql: 'SELECT id FROM meeting WHERE starts_at < ?' },
};

/** Deletes what was kept long enough, by itself. Whoever runs it twice deletes nothing twice. */
export class Retention {
  private readonly statements;

  constructor(
    private readonly vault: Vault,
    private readonly rows: Rows,
  ) {
    const { db } = vault.database;
    this.statements = {
      recordIds: db.prepare('SELECT id FROM record WHERE kind = ?'),
      remove: db.prepare('DELETE FROM record WHERE kind = ? AND id = ?'),
      cards: db.prepare("SELECT id, subject FROM record WHERE kind = 'card-code' AND subject IS NOT NULL"),
      others: {
        reads: ['personal_read WHERE at < ?1'],
        digests: ['request WHERE at < ?1'],
        sessions: ['session WHERE ends_at <= ?2', 'used_once WHERE until <= ?2', 'tried WHERE until <= ?2'],
      },
    };
  }

  /** What is kept too long now. */
  overdue(now: Now): Counts {
    return this.each(now, (kind, cutoff) => this.recordsOf(kind, cutoff).length + this.inTables(kind, cutoff, now, 'SELECT count(*) AS n FROM')); // prettier-ignore
  }

  /** Deletes it, and answers how much that was. */
  async run(now: Now): Promise<Counts> {
    const { database } = this.vault;
    const done = await database.commits.run(() =>
      this.each(now, (kind, cutoff) => {
        const records = this.recordsOf(kind, cutoff);
        for (const { record, id } of records) this.statements.remove.run(record, id);
        return records.length + this.inTables(kind, cutoff, now, 'DELETE FROM');
      }),
    );
    // Out of the write-ahead log too; should somebody read it just now, the next run does it.
    if (Object.values(done).some((count) => count > 0)) tryTo(() => emptyLog(database.db));
    return done;
  }

  private each(now: Now, count: (kind: RetentionKind, cutoff: string) => number): Counts {
    return Object.fromEntries(PERIODS.map(({ kind, months }) => [kind, count(kind, cutoffOf(now.today, months))])) as unknown as Counts; // prettier-ignore
  }

  private recordsOf(kind: RetentionKind, cutoff: string): { record: string; id: string }[] {
    if (kind === 'cards') return this.cardsBefore(cutoff);
    const rule = OVERDUE[kind];
    if (!rule) return [];
    const kept = new Set((this.statements.recordIds.all(rule.record) as { id: string }[]).map(({ id }) => id));
    if (kept.size === 0) return [];
    const found = this.rows.all<{ id: string }>(rule.sql, cutoff).filter(({ id }) => kept.has(id));
    return found.map(({ id }) => ({ record: rule.record, id }));
  }

  private cardsBefore(cutoff: string): { record: string; id: string }[] {
    const old = new Set(
      this.rows
        .all<{ id: string }>(
          `SELECT id FROM contribution WHERE occurred_at < ? AND id NOT IN (${HELD}) AND coalesce(participant, '') NOT IN (${HELD})`,
          cutoff,
        )
        .map(({ id }) => id),
    );
    const cards = this.statements.cards.all() as { id: string; subject: string }[];
    return cards.filter(({ subject }) => old.has(subject)).map(({ id }) => ({ record: 'card-code', id }));
  }

  private inTables(kind: RetentionKind, cutoff: string, { instant }: Now, verb: 'DELETE FROM' | 'SELECT count(*) AS n FROM'): number {
    const tables = Object.hasOwn(this.statements.others, kind) ? this.statements.others[kind as keyof typeof this.statements.others] : []; // prettier-ignore
    const { db } = this.vault.database;
    return tables.reduce((sum, where) => {
      // A table of a part that never ran here is not there yet.
      if (!db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(where.split(' ')[0] ?? '')) return sum;
      const statement = db.prepare(`${verb} ${where.replace('?1', '?').replace('?2', '?')}`);
      const value = where.includes('?1') ? cutoff : Date.parse(instant);
      return sum + (verb === 'DELETE FROM' ? Number(statement.run(value).changes) : (statement.get(value) as { n: number }).n);
    }, 0);
  } // prettier-ignore
}

const tryTo = (work: () => void): void => {
  try {
    work();
  } catch {
    // See above.
  }
};
