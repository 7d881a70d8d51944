import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { PromiseRow } from '#lifecycle/promise-row';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

export interface CommitmentRow extends PromiseRow {
  readonly pledge: string;
  readonly part: string;
  /** For display only: CM-2026-0147. */
  readonly number: string;
}

/** By id, or by the number that people use. */
export class FindCommitment extends Query<CommitmentRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

export class ListCommitments extends Query<Page<CommitmentRow>> {
  constructor(readonly filter: { readonly owner: string; readonly after?: string; readonly limit?: number }) {
    super();
  }
}

@QueryHandler(FindCommitment)
export class FindCommitmentHandler implements IQueryHandler<FindCommitment> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindCommitment) {
    return this.rows.get<CommitmentRow>('SELECT * FROM commitment WHERE id = ?1 OR number = ?1', id);
  }
}

/** What one person has promised, newest first. */
@QueryHandler(ListCommitments)
export class ListCommitmentsHandler implements IQueryHandler<ListCommitments> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { owner, after = '~', limit = 50 } }: ListCommitments) {
    const sql = 'SELECT * FROM commitment WHERE owner_person = ? AND position < ? ORDER BY position DESC LIMIT ?';
    return pageOf(this.rows.all<CommitmentRow>(sql, owner, after, limit + 1), limit, (row) => row.position);
  }
}

export const commitmentQueries = [FindCommitmentHandler, ListCommitmentsHandler];
