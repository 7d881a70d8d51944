import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

export interface RedactionRow {
  readonly position: string;
  readonly kind: 'other-words' | 'not-shown' | 'shown-again' | 'moved-out' | 'erased';
  /** Null: who was erased is not said, and a view whose giver asked not to be shown is not led to. */
  readonly contribution: string | null;
  readonly authority: string | null;
  readonly team: string | null;
  /** A code of `redaction`, or the ground of an erasure. */
  readonly reason: string | null;
  /** A sealed reference. */
  readonly explanation: string | null;
  readonly role: string;
  readonly occurred_at: string;
}

/** Newest first. */
export class ListRedactions extends Query<Page<RedactionRow>> {
  constructor(
    readonly filter: {
      readonly authority?: string;
      readonly team?: string;
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

/** After every possible position: where the newest page starts. */
const NEWEST = '~';

@QueryHandler(ListRedactions)
export class ListRedactionsHandler implements IQueryHandler<ListRedactions> {
  constructor(private readonly rows: Rows) {}

  async execute({ filter: { authority, team, after = NEWEST, limit = 50 } }: ListRedactions) {
    const narrowed = Object.entries({ team, authority }).filter(([, value]) => value !== undefined);
    const where = ['redaction.position < ?', ...narrowed.map(([column]) => `redaction.${column} = ?`)];
    const rows = this.rows.all<RedactionRow>(
      `SELECT redaction.position, kind, view.id AS contribution, redaction.authority, redaction.team, reason, explanation, role, redaction.occurred_at
       FROM redaction LEFT JOIN contribution AS view ON view.id = redaction.contribution AND view.attribution <> 'hidden' AND view.withdrawn_at IS NULL
       WHERE ${where.join(' AND ')} ORDER BY redaction.position DESC LIMIT ?`,
      after,
      ...narrowed.map(([, value]) => value as string),
      limit + 1,
    );
    return pageOf(rows, limit, ({ position }) => position);
  }
}
