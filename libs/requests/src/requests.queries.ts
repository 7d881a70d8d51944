import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

/** Something that a person asked of us; `note`, `contact` and `answer` are sealed references. */
export interface RequestRow {
  readonly id: string;
  readonly authority: string | null;
  readonly team: string | null;
  readonly kind: string;
  readonly contribution: string | null;
  readonly decision: string | null;
  readonly service_change: string | null;
  readonly commitment: string | null;
  readonly note: string | null;
  readonly contact: string | null;
  readonly by_role: string;
  readonly asked_at: string;
  readonly position: string;
  readonly answered_at: string | null;
  readonly answer: string | null;
  readonly answered_by: string | null;
  /** 1: carried out in the moment it was asked, without anyone having to answer. */
  readonly at_once: number;
}

export class FindRequest extends Query<RequestRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Oldest first: who waits longest is helped first. */
export class ListRequests extends Query<Page<RequestRow>> {
  constructor(
    readonly filter: {
      readonly authority?: string;
      readonly team?: string;
      readonly answered?: boolean;
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

/** What the giver of a view asked, oldest first. */
export class RequestsOfView extends Query<readonly RequestRow[]> {
  constructor(readonly contribution: string) {
    super();
  }
}

@QueryHandler(FindRequest)
export class FindRequestHandler implements IQueryHandler<FindRequest> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindRequest) {
    return this.rows.get<RequestRow>('SELECT * FROM request WHERE id = ?', id);
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, team, answered = false, after = '', limit = 50 } }: ListRequests) {
    const where = ['position > ?', `answered_at IS ${answered ? 'NOT NULL' : 'NULL'}`];
    const values: string[] = [after];
    for (const [column, value] of Object.entries({ team, authority }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    const sql = `SELECT * FROM request WHERE ${where.join(' AND ')} ORDER BY position LIMIT ?`;
    return pageOf(this.rows.all<RequestRow>(sql, ...values, limit + 1), limit, (row) => row.position);
  }
}

const MOST = 100;

@QueryHandler(RequestsOfView)
export class RequestsOfViewHandler implements IQueryHandler<RequestsOfView> {
  constructor(private readonly rows: Rows) {}
  async execute({ contribution }: RequestsOfView) {
    return this.rows.all<RequestRow>(
      'SELECT * FROM request WHERE contribution = ? ORDER BY position LIMIT ?',
      contribution,
      MOST,
    );
  }
}

export const requestQueries = [FindRequestHandler, ListRequestsHandler, RequestsOfViewHandler];
