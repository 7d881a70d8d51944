import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows, type Value } from '#projections/rows';

export interface FactRow {
  readonly id: string;
  readonly kind: string;
  readonly authority: string;
  readonly team: string | null;
  readonly position: string;
}

/** One entry. `data` holds the clear fields as JSON, `sealed` the references to sealed ones by field. */
export interface FactEventRow {
  readonly position: string;
  readonly type: string;
  readonly kind: string;
  readonly fact: string;
  readonly authority: string;
  readonly team: string | null;
  /** Rows of the pledge, with a space between them. */
  readonly pledge: string;
  /** `YYYY-MM-DD` in Europe/London. */
  readonly happened_on: string;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly recorded_at: string;
  readonly role: string;
  readonly data: string;
  readonly sealed: string;
}

export interface FactWithEntries extends FactRow {
  readonly entries: readonly FactEventRow[];
}

export class FindFact extends Query<FactWithEntries | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Facts, newest first; `before` is the cursor that the page before gave. */
export class ListFacts extends Query<Page<FactRow & { readonly birth: FactEventRow; readonly latest: FactEventRow }>> {
  constructor(
    readonly filter: { kind?: string; authority?: string; team?: string; before?: string; limit?: number; hidden?: readonly string[] },
  ) {
    super();
  }
} // prettier-ignore

/** Entries of one type, oldest first: what an evidence page lists and opens. Both days belong to the period. */
export class ListFactEvents extends Query<Page<FactEventRow>> {
  constructor(
    readonly filter: { type: string; authority?: string; team?: string; from?: string; to?: string; after?: string; limit?: number },
  ) {
    super();
  }
} // prettier-ignore

export interface FactCount {
  readonly type: string;
  readonly authority: string;
  readonly team: string | null;
  readonly events: number;
  /** Different facts that they belong to. */
  readonly facts: number;
}

/** How many entries of these types, by authority and team, in a period. Types that nobody recorded have no row. */
export class CountFactEvents extends Query<readonly FactCount[]> {
  constructor(
    readonly filter: { types: readonly string[]; authority?: string; team?: string; from?: string; to?: string },
  ) {
    super();
  }
}

const END = '9999-12-31';

@QueryHandler(FindFact)
export class FindFactHandler implements IQueryHandler<FindFact> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindFact) {
    const fact = this.rows.get<FactRow>('SELECT id, kind, authority, team, position FROM fact WHERE id = ?', id);
    return (
      fact && {
        ...fact,
        entries: this.rows.all<FactEventRow>('SELECT * FROM fact_event WHERE fact = ? ORDER BY position', id),
      }
    );
  }
}

@QueryHandler(ListFacts)
export class ListFactsHandler implements IQueryHandler<ListFacts> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { kind, authority, team, before = '~', limit = 50, hidden = [] } }: ListFacts) {
    const where = [
      ...(team ? ['team = ?'] : []),
      ...(kind ? ['kind = ?'] : []),
      ...(authority ? ['authority = ?'] : []),
      ...(hidden.length ? [`kind NOT IN (${hidden.map(() => '?').join(', ')})`] : []),
      'position < ?',
    ].join(' AND ');
    const given = [team, kind, authority].filter((each) => each !== undefined && each !== '');
    const found = this.rows.all<FactRow>(
      `SELECT id, kind, authority, team, position FROM fact WHERE ${where} ORDER BY position DESC LIMIT ?`,
      ...given,
      ...hidden,
      before,
      limit + 1,
    );
    const page = pageOf(found, limit, (row) => row.position);
    return { ...page, items: page.items.map((row) => ({ ...row, ...this.ends(row.id) })) };
  }

  private ends(fact: string): { birth: FactEventRow; latest: FactEventRow } {
    const end = (order: 'ASC' | 'DESC') =>
      this.rows.get<FactEventRow>(
        `SELECT * FROM fact_event WHERE fact = ? ORDER BY position ${order} LIMIT 1`,
        fact,
      ) as FactEventRow;
    return { birth: end('ASC'), latest: end('DESC') };
  }
}

@QueryHandler(ListFactEvents)
export class ListFactEventsHandler implements IQueryHandler<ListFactEvents> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter }: ListFactEvents) {
    const { type, authority, team, from = '', to = END, after = '', limit = 50 } = filter;
    // By day, then by place in the log: both together are the cursor.
    const [day = '', position = ''] = after.split('~');
    const where = [
      'type = ?',
      ...(authority ? ['authority = ?'] : []),
      ...(team ? ['team = ?'] : []),
      'happened_on >= ?',
      'happened_on <= ?',
      '(happened_on, position) > (?, ?)',
    ].join(' AND ');
    const given: Value[] = [type, ...(authority ? [authority] : []), ...(team ? [team] : []), from, to, day, position];
    const found = this.rows.all<FactEventRow>(
      `SELECT * FROM fact_event WHERE ${where} ORDER BY happened_on, position LIMIT ?`,
      ...given,
      limit + 1,
    );
    return pageOf(found, limit, (row) => `${row.happened_on}~${row.position}`);
  }
}

@QueryHandler(CountFactEvents)
export class CountFactEventsHandler implements IQueryHandler<CountFactEvents> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { types, authority, team, from = '', to = END } }: CountFactEvents) {
    if (types.length === 0) return [];
    return this.rows.all<FactCount>(
      `SELECT type, authority, team, count(*) AS events, count(DISTINCT fact) AS facts FROM fact_event
        WHERE type IN (${types.map(() => '?').join(', ')})${authority ? ' AND authority = ?' : ''}${team ? ' AND team = ?' : ''}
          AND happened_on >= ? AND happened_on <= ? GROUP BY type, authority, team ORDER BY type, authority, team`,
      ...types,
      ...(authority ? [authority] : []),
      ...(team ? [team] : []),
      from,
      to,
    );
  }
}

export const factQueries = [FindFactHandler, ListFactsHandler, ListFactEventsHandler, CountFactEventsHandler];
