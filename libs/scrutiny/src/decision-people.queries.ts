import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

/** A decision and how many views it is linked to; words are sealed references. */
export interface DecisionPeople {
  readonly id: string;
  readonly authority: string;
  readonly views: number;
  readonly statement: string;
  readonly answer: string | null;
  readonly reference: string | null;
  /** JSON: who decided, by role and body. */
  readonly decided_by: string;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly imported: number;
  readonly position: string;
}

/** Newest first. `without`: only what no view is linked to. */
export class ListDecisionPeople extends Query<Page<DecisionPeople>> {
  constructor(
    readonly filter: {
      readonly authority: string;
      readonly without: boolean;
      readonly after?: string;
      readonly limit?: number;
    },
  ) {
    super();
  }
}

/** Of all decisions of a council: how many there are, and how many no view is linked to. */
export class CountDecisionPeople extends Query<{ readonly all: number; readonly without: number }> {
  constructor(readonly authority: string) {
    super();
  }
}

@QueryHandler(ListDecisionPeople)
export class ListDecisionPeopleHandler implements IQueryHandler<ListDecisionPeople> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, without, after = '~', limit = 50 } }: ListDecisionPeople) {
    const found = this.rows.all<DecisionPeople>(
      `SELECT d.id, d.authority, p.views, d.statement, d.answer, d.reference, d.decided_by, d.occurred_at, d.precision, d.imported, p.position
       FROM decision_people AS p JOIN decision AS d ON d.id = p.decision AND d.applied = 1
       WHERE p.authority = ? AND p.position < ? ${without ? 'AND p.views = 0' : ''} ORDER BY p.position DESC LIMIT ?`,
      authority,
      after,
      limit + 1,
    );
    return pageOf(found, limit, (row) => row.position);
  }
}

@QueryHandler(CountDecisionPeople)
export class CountDecisionPeopleHandler implements IQueryHandler<CountDecisionPeople> {
  constructor(private readonly rows: Rows) {}
  async execute({ authority }: CountDecisionPeople) {
    return (
      this.rows.get<{ all: number; without: number }>(
        'SELECT count(*) AS "all", count(*) FILTER (WHERE views = 0) AS without FROM decision_people WHERE authority = ?',
        authority,
      ) ?? { all: 0, without: 0 }
    );
  }
}

export const decisionPeopleQueries = [ListDecisionPeopleHandler, CountDecisionPeopleHandler];
