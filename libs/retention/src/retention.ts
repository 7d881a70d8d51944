import type { Now } from '#kernel/aggregate';
import type { Rows } from '#projections/rows';
import { emptyLog } from '#event-store/sqlite/connection';
import type { Vault } from '#vault/vault';
import { OverdueRecords } from './overdue-records.js';
import { cutoffOf, PERIODS, type RetentionKind } from './periods.js';

export type Counts = Readonly<Record<RetentionKind, number>>;

/** Deletes what was kept long enough, by itself. Whoever runs it twice deletes nothing twice. */
export class Retention {
  private readonly statements;
  private readonly records: OverdueRecords;

  constructor(
    private readonly vault: Vault,
    rows: Rows,
  ) {
    this.records = new OverdueRecords(vault, rows);
    const { db } = vault.database;
    this.statements = {
      remove: db.prepare('DELETE FROM record WHERE kind = ? AND id = ?'),
      others: {
        reads: ['personal_read WHERE at < ?1'],
        digests: ['request WHERE at < ?1'],
        sessions: [
          'session WHERE ends_at <= ?2',
          'magic_link WHERE until <= ?2',
          'used_once WHERE until <= ?2',
          'tried WHERE until <= ?2',
        ],
      },
    };
  }

  /** What is kept too long now. */
  overdue(now: Now): Counts {
    return this.each(now, (kind, cutoff) => this.records.of(kind, cutoff).length + this.inTables(kind, cutoff, now, 'SELECT count(*) AS n FROM')); // prettier-ignore
  }

  /** Deletes it, and answers how much that was. */
  async run(now: Now): Promise<Counts> {
    const { database } = this.vault;
    const done = await database.commits.run(() =>
      this.each(now, (kind, cutoff) => {
        const records = this.records.of(kind, cutoff);
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
