import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

export interface FactRow {
  readonly id: string;
  readonly kind: string;
  readonly authority: string;
  readonly team: string | null;
  readonly position: string;
  /** 0: its first entry was taken back, and none came in its place. */
  readonly stands: number;
}

/** One entry. `data` holds the clear fields as JSON, `sealed` the references to sealed ones by field. */
export interface FactEventRow {
  readonly position: string;
  /** Of the event. */
  readonly id: string;
  readonly type: string;
  readonly fact: string;
  /** 1: the entry with which the fact began, or one in its place. */
  readonly born: number;
  /** `YYYY-MM-DD` in Europe/London. */
  readonly happened_on: string;
  readonly precision: string | null;
  readonly recorded_at: string;
  readonly role: string;
  readonly data: string;
  readonly sealed: string;
  /** Null: it stands. */
  readonly taken_back_at: string | null;
  readonly taken_back_by: string | null;
  /** A sealed reference. */
  readonly taken_back_why: string | null;
}

export interface FactWithEntries extends FactRow {
  readonly entries: readonly FactEventRow[];
}

export class FindFact extends Query<FactWithEntries | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

export interface FactFilter {
  readonly kinds?: readonly string[];
  readonly authority?: string;
  readonly team?: string;
  /** Cursor that the page before gave. */
  readonly before?: string;
  readonly limit?: number;
  readonly hidden?: readonly string[];
}

/** Facts, newest first, each with its entries. */
export class ListFacts extends Query<Page<FactWithEntries>> {
  constructor(readonly filter: FactFilter) {
    super();
  }
}

const ENTRIES = 'SELECT * FROM fact_event WHERE fact = ? ORDER BY position';

@QueryHandler(FindFact)
export class FindFactHandler implements IQueryHandler<FindFact> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindFact) {
    const fact = this.rows.get<FactRow>('SELECT * FROM fact WHERE id = ?', id);
    return fact && { ...fact, entries: this.rows.all<FactEventRow>(ENTRIES, id) };
  }
}

const oneOf = (many: readonly string[]): string => `(${many.map(() => '?').join(', ')})`;

@QueryHandler(ListFacts)
export class ListFactsHandler implements IQueryHandler<ListFacts> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { kinds, authority, team, before = '~', limit = 50, hidden = [] } }: ListFacts) {
    const where = [
      ...(team ? ['team = ?'] : []),
      ...(authority ? ['authority = ?'] : []),
      ...(kinds ? [`kind IN ${oneOf(kinds)}`] : []),
      ...(hidden.length ? [`kind NOT IN ${oneOf(hidden)}`] : []),
      'position < ?',
    ].join(' AND ');
    const found = this.rows.all<FactRow>(
      `SELECT * FROM fact WHERE ${where} ORDER BY position DESC LIMIT ?`,
      ...[team, authority].filter((each) => each !== undefined && each !== ''),
      ...(kinds ?? []),
      ...hidden,
      before,
      limit + 1,
    );
    const page = pageOf(found, limit, (row) => row.position);
    return { ...page, items: page.items.map((row) => ({ ...row, entries: this.rows.all<FactEventRow>(ENTRIES, row.id) })) }; // prettier-ignore
  }
}

/** The entry that says what the fact is about: the one that stands, else the newest of those that were taken back. */
export const birthIn = ({ entries }: FactWithEntries): FactEventRow => {
  const births = entries.filter(({ born }) => born === 1);
  return (births.find(({ taken_back_at }) => taken_back_at === null) ?? births.at(-1)) as FactEventRow;
};

export const factQueries = [FindFactHandler, ListFactsHandler];
