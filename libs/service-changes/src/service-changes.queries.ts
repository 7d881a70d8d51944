import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CHANGE_UNDER_EITHER_NAME } from '#authorities/handover';
import type { PromiseRow } from '#lifecycle/promise-row';
import { LATE_STATES } from '#lifecycle/rag';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

export interface ServiceChangeRow extends PromiseRow {
  readonly meeting: string | null;
  readonly decision: string | null;
  readonly applied: number;
}

export class FindServiceChange extends Query<ServiceChangeRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

export interface ServiceChangeFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly state?: string;
  readonly owner?: string;
  /** A day: only what is open and was due before it. */
  readonly lateOn?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** Newest first. */
export class ListServiceChanges extends Query<Page<ServiceChangeRow>> {
  constructor(readonly filter: ServiceChangeFilter) {
    super();
  }
}

@QueryHandler(FindServiceChange)
export class FindServiceChangeHandler implements IQueryHandler<FindServiceChange> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindServiceChange) {
    return this.rows.get<ServiceChangeRow>('SELECT * FROM service_change WHERE id = ? AND applied = 1', id);
  }
}

@QueryHandler(ListServiceChanges)
export class ListServiceChangesHandler implements IQueryHandler<ListServiceChanges> {
  constructor(private readonly rows: Rows) {}
  async execute({
    filter: { authority, team, meeting, state, owner, lateOn, after = '~', limit = 50 },
  }: ListServiceChanges) {
    const where = ['position < ?', 'applied = 1'];
    const values: string[] = [after];
    for (const [column, value] of Object.entries({ owner_person: owner, meeting, team, state }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    if (authority) {
      where.push(CHANGE_UNDER_EITHER_NAME);
      values.push(authority, authority);
    }
    if (lateOn) {
      where.push(`state IN (${LATE_STATES.map(() => '?').join()}) AND due < ?`);
      values.push(...LATE_STATES, lateOn);
    }
    const sql = `SELECT * FROM service_change WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    return pageOf(this.rows.all<ServiceChangeRow>(sql, ...values, limit + 1), limit, (row) => row.position);
  }
}

export const serviceChangeQueries = [FindServiceChangeHandler, ListServiceChangesHandler];
