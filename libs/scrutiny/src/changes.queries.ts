import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { LATE_STATES } from '#lifecycle/rag';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { Change } from './changes.projection.js';

export interface ChangeRow {
  readonly position: string;
  readonly authority: string;
  readonly known_at: string;
  readonly change: Change;
  readonly thing_kind: 'commitment' | 'service-change' | 'finding' | 'recommendation';
  readonly thing: string;
  readonly occurred_at: string;
  readonly precision: string | null;
  /** A sealed reference. */
  readonly words: string | null;
  /** JSON; depends on the change. */
  readonly facts: string;
  /** Sealed reference of what the changed thing says, where there is one. */
  readonly what: string | null;
  readonly number: string | null;
}

export interface ChangesAsked {
  readonly authority: string;
  /** An instant: what was known after it. */
  readonly since: string;
  readonly change: Change;
  readonly after?: string;
  readonly limit?: number;
}

/** What of one kind changed for one council since a moment, oldest first. Never what is not published. */
export class ListChanges extends Query<Page<ChangeRow>> {
  constructor(readonly asked: ChangesAsked) {
    super();
  }
}

/** How many changes of every kind; kinds without any are left out. */
export class CountChanges extends Query<readonly { readonly change: Change; readonly count: number }[]> {
  constructor(readonly asked: Pick<ChangesAsked, 'authority' | 'since'>) {
    super();
  }
}

export interface LateRow {
  readonly kind: 'commitment' | 'service-change';
  readonly id: string;
  readonly number: string | null;
  readonly what: string;
  readonly due: string;
  readonly due_precision: 'month' | 'year' | null;
  readonly moved: number;
}

/** What is late today and was not yet late on a day: its date lies between, longest late first. */
export class ListBecameLate extends Query<readonly LateRow[]> {
  constructor(
    readonly asked: { readonly authority: string; readonly sinceDay: string; readonly today: string; readonly limit: number }, // prettier-ignore
  ) {
    super();
  }
}

// A promise of a meeting shows with the whole meeting; a finding's recommendation shows with the finding.
const SHOWN = `
  FROM scrutiny_change AS c
  LEFT JOIN commitment AS m ON m.id = c.thing AND c.thing_kind = 'commitment'
  LEFT JOIN service_change AS s ON s.id = c.thing AND c.thing_kind = 'service-change'
  LEFT JOIN recommendation AS r ON r.id = c.thing AND c.thing_kind = 'recommendation'
  WHERE c.authority = ? AND c.known_at > ? AND coalesce(s.applied, 1) = 1 AND coalesce(r.published, 1) = 1`;

@QueryHandler(ListChanges)
export class ListChangesHandler implements IQueryHandler<ListChanges> {
  constructor(private readonly rows: Rows) {}
  async execute({ asked: { authority, since, change, after, limit = 200 } }: ListChanges) {
    const [from, position] = after ? [after.slice(0, 24), after.slice(25)] : [since, '~'];
    const found = this.rows.all<ChangeRow>(
      `SELECT c.*, coalesce(m.what, s.what, r.what) AS what, m.number AS number ${SHOWN}
         AND c.change = ? AND (c.known_at, c.position) > (?, ?) ORDER BY c.known_at, c.position LIMIT ?`,
      authority,
      since,
      change,
      from,
      position,
      limit + 1,
    );
    return pageOf(found, limit, (row) => `${row.known_at}~${row.position}`);
  }
}

@QueryHandler(CountChanges)
export class CountChangesHandler implements IQueryHandler<CountChanges> {
  constructor(private readonly rows: Rows) {}
  async execute({ asked: { authority, since } }: CountChanges) {
    return this.rows.all<{ change: Change; count: number }>(
      `SELECT c.change AS change, count(*) AS count ${SHOWN} GROUP BY c.change`,
      authority,
      since,
    );
  }
}

const late = (kind: string, table: string, number: string, more: string): string =>
  `SELECT '${kind}' AS kind, id, ${number} AS number, what, due, due_precision, moved FROM ${table}
   WHERE authority = ?1 AND state IN (${LATE_STATES.map((state) => `'${state}'`).join()}) AND due >= ?2 AND due < ?3 ${more}`;

@QueryHandler(ListBecameLate)
export class ListBecameLateHandler implements IQueryHandler<ListBecameLate> {
  constructor(private readonly rows: Rows) {}
  async execute({ asked: { authority, sinceDay, today, limit } }: ListBecameLate) {
    return this.rows.all<LateRow>(
      `${late('commitment', 'commitment', 'number', '')} UNION ALL ${late('service-change', 'service_change', 'NULL', 'AND applied = 1')}
       ORDER BY due, id LIMIT ?4`,
      authority,
      sinceDay,
      today,
      limit,
    );
  }
}

export const changeQueries = [ListChangesHandler, CountChangesHandler, ListBecameLateHandler];
