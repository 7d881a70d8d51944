import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { Subject } from './audit.events.js';

/** Words of these rows are sealed references, opened by whoever may show them. */
export interface AuditRow {
  readonly id: string;
  readonly authority: string | null;
  readonly title: string;
  readonly body: string;
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly closing: string | null;
  readonly imported: number;
  readonly position: string;
}

export interface SampleRow {
  readonly id: string;
  readonly audit: string;
  readonly method: string;
  readonly seed: string;
  readonly sampled: 'promises' | 'views';
  /** JSON of the filter. */
  readonly filter: string;
  readonly asked: number;
  readonly population: number;
  readonly log_position: string;
  readonly day: string;
  /** JSON: ids in the order of the draw. */
  readonly ids: string;
  readonly drawn_at: string;
  readonly position: string;
}

export interface FindingRow {
  readonly id: string;
  readonly audit: string;
  readonly about: Subject;
  readonly thing: string;
  readonly authority: string;
  readonly found: string;
  readonly reason: string;
  readonly next_check: string | null;
  readonly found_at: string;
  readonly published_at: string | null;
  readonly result: string | null;
  readonly decided_by: string | null;
  readonly position: string;
}

export class FindAudit extends Query<AuditRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Newest first. Audits of every council stand in each council's list. */
export class ListAudits extends Query<Page<AuditRow>> {
  constructor(
    readonly filter: {
      readonly authority?: string;
      readonly isOpen?: boolean;
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

/** All samples of one audit, in the order in which they were drawn: whoever drew until one pleased is seen. */
export class ListSamples extends Query<readonly SampleRow[]> {
  constructor(readonly audit: string) {
    super();
  }
}

export class FindSample extends Query<SampleRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Of one audit or about one thing, oldest first. Whether one may be shown is for the reader's page to say. */
export class ListFindings extends Query<readonly FindingRow[]> {
  constructor(readonly of: { readonly audit: string } | { readonly thing: string } | { readonly finding: string }) {
    super();
  }
}

/** When something was found of some things, oldest first, for whoever answers for them. */
export class ListFoundAbout extends Query<readonly Pick<FindingRow, 'thing' | 'found_at'>[]> {
  constructor(readonly things: readonly string[]) {
    super();
  }
}

@QueryHandler(FindAudit)
export class FindAuditHandler implements IQueryHandler<FindAudit> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindAudit) {
    return this.rows.get<AuditRow>('SELECT * FROM audit WHERE id = ?', id);
  }
}

@QueryHandler(ListAudits)
export class ListAuditsHandler implements IQueryHandler<ListAudits> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, isOpen, after = '~', limit = 50 } }: ListAudits) {
    const where = ['position < ?', ...(isOpen ? ['closed_at IS NULL'] : [])];
    const values: (string | number)[] = [after];
    if (authority !== undefined) {
      where.push('(authority = ? OR authority IS NULL)');
      values.push(authority);
    }
    const sql = `SELECT * FROM audit WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    return pageOf(this.rows.all<AuditRow>(sql, ...values, limit + 1), limit, (row) => row.position);
  }
}

@QueryHandler(ListSamples)
export class ListSamplesHandler implements IQueryHandler<ListSamples> {
  constructor(private readonly rows: Rows) {}
  async execute({ audit }: ListSamples) {
    return this.rows.all<SampleRow>('SELECT * FROM audit_sample WHERE audit = ? ORDER BY position', audit);
  }
}

@QueryHandler(FindSample)
export class FindSampleHandler implements IQueryHandler<FindSample> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindSample) {
    return this.rows.get<SampleRow>('SELECT * FROM audit_sample WHERE id = ?', id);
  }
}

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly rows: Rows) {}
  async execute({ of }: ListFindings) {
    const [column, value] = 'audit' in of ? ['audit', of.audit] : 'thing' in of ? ['thing', of.thing] : ['id', of.finding]; // prettier-ignore
    return this.rows.all<FindingRow>(`SELECT * FROM audit_finding WHERE ${column} = ? ORDER BY position`, value);
  }
}

@QueryHandler(ListFoundAbout)
export class ListFoundAboutHandler implements IQueryHandler<ListFoundAbout> {
  constructor(private readonly rows: Rows) {}
  async execute({ things }: ListFoundAbout) {
    return this.rows.all<FindingRow>(
      'SELECT f.thing, f.found_at FROM json_each(?) AS asked JOIN audit_finding AS f ON f.thing = asked.value ORDER BY f.position',
      JSON.stringify(things),
    );
  }
}

export const auditQueries = [
  ListFoundAboutHandler,
  FindAuditHandler,
  ListAuditsHandler,
  ListSamplesHandler,
  FindSampleHandler,
  ListFindingsHandler,
];
