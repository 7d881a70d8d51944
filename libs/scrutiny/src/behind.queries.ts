import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Rows } from '#projections/rows';

/** A view or a decision that stands behind a commitment now. */
export interface Behind {
  readonly commitment: string;
  readonly kind: 'contribution' | 'decision';
  readonly id: string;
  readonly since: string;
  /** A sealed reference: what was said, or decided. Null where it may not be shown to everyone. */
  readonly words: string | null;
  /** Of a decision. */
  readonly answer: string | null;
}

/** What stands behind some commitments, in the order in which it was linked. */
export class ListBehind extends Query<readonly Behind[]> {
  constructor(readonly commitments: readonly string[]) {
    super();
  }
}

@QueryHandler(ListBehind)
export class ListBehindHandler implements IQueryHandler<ListBehind> {
  constructor(private readonly rows: Rows) {}
  async execute({ commitments }: ListBehind) {
    return this.rows.all<Behind>(
      `SELECT t.commitment AS commitment, t.to_kind AS kind, t.to_id AS id, t.since AS since, d.answer AS answer,
         iif(t.to_kind = 'decision', d.statement, iif(c.published = 1 AND c.withdrawn_at IS NULL, coalesce(c.public_words, c.words), NULL)) AS words
       FROM json_each(?) AS asked
       JOIN commitment_tie AS t ON t.commitment = asked.value
       LEFT JOIN contribution AS c ON t.to_kind = 'contribution' AND c.id = t.to_id
       LEFT JOIN decision AS d ON t.to_kind = 'decision' AND d.id = t.to_id
       ORDER BY t.position`,
      JSON.stringify(commitments),
    );
  }
}

export const behindQueries = [ListBehindHandler];
