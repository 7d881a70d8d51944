import { DECISION_UNDER_EITHER_NAME } from '#authorities/handover';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';

/** A decision as the read model keeps it; words are sealed references, lists are JSON. */
export interface DecisionRow {
  readonly id: string;
  readonly authority: string;
  readonly team: string | null;
  readonly meeting: string | null;
  readonly discussion: string | null;
  readonly answer: string | null;
  readonly statement: string;
  readonly reason_codes: string | null;
  readonly reason_words: string | null;
  readonly reason_source: string | null;
  readonly which_part: string | null;
  readonly look_again: string | null;
  readonly no_look_again: number;
  readonly passed_to: string | null;
  readonly alternatives: string;
  readonly interests: string;
  readonly decided_by: string;
  readonly dispensations: string | null;
  readonly money: string | null;
  readonly importance: number | null;
  readonly easy_text: string | null;
  readonly vague_override: string | null;
  readonly reference: string | null;
  readonly url: string | null;
  readonly superseded_by: string | null;
  readonly reopened_at: string | null;
  readonly occurred_at: string;
  readonly precision: string | null;
  readonly recorded_at: string;
  readonly imported: number;
  readonly applied: number;
  readonly position: string;
}

export class FindDecision extends Query<DecisionRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Newest first. */
export class ListDecisions extends Query<Page<DecisionRow>> {
  constructor(
    readonly filter: {
      authority?: string;
      team?: string;
      answer?: string;
      meeting?: string;
      /** With or without a view of anybody linked to it now. */
      people?: 'with' | 'without';
      after?: string;
      limit?: number;
    },
  ) {
    super();
  }
}

@QueryHandler(FindDecision)
export class FindDecisionHandler implements IQueryHandler<FindDecision> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindDecision) {
    return this.rows.get<DecisionRow>('SELECT * FROM decision WHERE id = ? AND applied = 1', id);
  }
}

@QueryHandler(ListDecisions)
export class ListDecisionsHandler implements IQueryHandler<ListDecisions> {
  constructor(private readonly rows: Rows) {}
  async execute({ filter: { authority, team, answer, meeting, people, after = '~', limit = 50 } }: ListDecisions) {
    const where = ['position < ?', 'applied = 1'];
    const values: string[] = [after];
    for (const [column, value] of Object.entries({ meeting, team, answer }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    if (people) where.push(`${people === 'without' ? 'NOT ' : ''}${HAS_VIEW}`);
    if (authority) {
      where.push(DECISION_UNDER_EITHER_NAME);
      values.push(authority, authority);
    }
    const sql = `SELECT * FROM decision WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    return pageOf(this.rows.all<DecisionRow>(sql, ...values, limit + 1), limit, (row) => row.position);
  }
}

/** Which of some decisions no view of anybody is linked to now. */
export class WhichLackPeople extends Query<ReadonlySet<string>> {
  constructor(readonly decisions: readonly string[]) {
    super();
  }
}

const HAS_VIEW = `EXISTS (SELECT 1 FROM link WHERE link.to_id = decision.id AND link.kind = 'answered' AND link.until IS NULL)`;

@QueryHandler(WhichLackPeople)
export class WhichLackPeopleHandler implements IQueryHandler<WhichLackPeople> {
  constructor(private readonly rows: Rows) {}
  async execute({ decisions }: WhichLackPeople) {
    const sql = `SELECT decision.id FROM json_each(?) AS asked JOIN decision ON decision.id = asked.value WHERE NOT ${HAS_VIEW}`;
    return new Set(this.rows.all<{ id: string }>(sql, JSON.stringify(decisions)).map(({ id }) => id));
  }
}

export const decisionQueries = [FindDecisionHandler, ListDecisionsHandler, WhichLackPeopleHandler];
