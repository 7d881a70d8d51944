import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import type { DataRequestChannel, DataRequestKind, ExtensionReason, Outcome, PauseReason, RefusalGround } from './data-request.events.js'; // prettier-ignore

export interface DataRequestRow {
  readonly id: string;
  readonly authority: string;
  readonly kind: DataRequestKind;
  readonly channel: DataRequestChannel;
  readonly received_on: string;
  readonly acknowledged_on: string | null;
  /** JSON: `[{ from, to?, why }]`. */
  readonly pauses: string;
  readonly extended: ExtensionReason | null;
  readonly outcome: Outcome | null;
  readonly ground: RefusalGround | null;
  readonly answered_on: string | null;
  readonly answered_by: string | null;
  readonly position: string;
}

export const pausesOf = ({ pauses }: Pick<DataRequestRow, 'pauses'>) =>
  JSON.parse(pauses) as readonly { readonly from: string; readonly to?: string; readonly why: PauseReason }[];

export class FindDataRequest extends Query<DataRequestRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Who waits longest comes first; answered: in the order in which they came. */
export class ListDataRequests extends Query<Page<DataRequestRow>> {
  constructor(readonly filter: { authority?: string; answered?: boolean; after?: string; limit?: number }) {
    super();
  }
}

@QueryHandler(FindDataRequest)
export class FindDataRequestHandler implements IQueryHandler<FindDataRequest> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindDataRequest) {
    return this.rows.get<DataRequestRow>('SELECT * FROM data_request WHERE id = ?', id);
  }
}

@QueryHandler(ListDataRequests)
export class ListDataRequestsHandler implements IQueryHandler<ListDataRequests> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, answered, after = '', limit = 50 } }: ListDataRequests) {
    const where = ['received_on || position > ?'];
    const values = [after];
    if (authority !== undefined) {
      where.push('authority = ?');
      values.push(authority);
    }
    if (answered !== undefined) where.push(`answered_on IS ${answered ? 'NOT ' : ''}NULL`);
    const sql = `SELECT * FROM data_request WHERE ${where.join(' AND ')} ORDER BY received_on || position LIMIT ?`;
    const found = this.rows.all<DataRequestRow>(sql, ...values, limit + 1);
    return pageOf(found, limit, (row) => row.received_on + row.position);
  }
}

export const dataRequestQueries = [FindDataRequestHandler, ListDataRequestsHandler];
