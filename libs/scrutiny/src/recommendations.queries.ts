import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/aggregate';
import { type Page, pageOf } from '#projections/page';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import type { Subject } from './audit.events.js';

/** Where a recommendation stands: worked out from its day and what was answered, never picked. */
export const STANDINGS = ['waiting', 'overdue', 'answered', 'not-asked'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface RecommendationRow {
  readonly id: string;
  readonly audit: string;
  readonly finding: string | null;
  readonly about: Subject | null;
  readonly thing: string | null;
  readonly authority: string;
  readonly to_body: string | null;
  readonly what: string;
  readonly due: string | null;
  readonly reference: string | null;
  readonly origin: string | null;
  readonly area: string | null;
  readonly executive_date: string | null;
  readonly lead: string | null;
  readonly source_status: string | null;
  readonly made_at: string;
  readonly precision: 'day' | 'month' | 'year' | null;
  readonly imported: number;
  readonly published: number;
  readonly answered_at: string | null;
  readonly answer: string | null;
  readonly action: string | null;
  readonly overdue_at: string | null;
  readonly position: string;
}

export interface ResponseRow {
  readonly recommendation: string;
  readonly answer: string | null;
  readonly words: string | null;
  readonly by_role: string;
  readonly action: string | null;
  readonly executive_date: string | null;
  readonly lead: string | null;
  readonly after_due: number;
  readonly responded_at: string;
}

/** Overdue from the day after its day on, also before the daily check has written it down. */
export const standingOf = ({ answered_at, due }: Pick<RecommendationRow, 'answered_at' | 'due'>, today: string): Standing =>
  answered_at !== null ? 'answered' : due === null ? 'not-asked' : due < today ? 'overdue' : 'waiting'; // prettier-ignore

export interface RecommendationFilter {
  readonly authority?: string;
  readonly audit?: string;
  readonly thing?: string;
  readonly standing?: Standing;
  /** Whose unpublished ones are shown too: a council's own, or (`*`) everyone's. Left out: only what is published. */
  readonly insider?: string;
  readonly after?: string;
  readonly limit?: number;
}

export class ListRecommendations extends Query<Page<RecommendationRow & { readonly standing: Standing }>> {
  constructor(readonly filter: RecommendationFilter) {
    super();
  }
}

/** How many there are of each standing. */
export class CountRecommendations extends Query<Readonly<Record<Standing, number>>> {
  constructor(readonly filter: Pick<RecommendationFilter, 'authority' | 'insider'>) {
    super();
  }
}

export class FindRecommendation extends Query<RecommendationRow | undefined> {
  constructor(readonly id: string) {
    super();
  }
}

/** Every answer to some recommendations, oldest first. */
export class ListResponses extends Query<readonly ResponseRow[]> {
  constructor(readonly recommendations: readonly string[]) {
    super();
  }
}

/** Whose day has gone by without an answer, and for which that is not written down yet. */
export class ListSilent extends Query<readonly Pick<RecommendationRow, 'id' | 'audit'>[]> {
  constructor(readonly today: string) {
    super();
  }
}

const ON_STANDING: Readonly<Record<Standing, string>> = {
  waiting: 'answered_at IS NULL AND due >= ?',
  overdue: 'answered_at IS NULL AND due < ?',
  answered: 'answered_at IS NOT NULL AND ? IS NOT NULL',
  'not-asked': 'answered_at IS NULL AND due IS NULL AND ? IS NOT NULL',
};

@QueryHandler(ListRecommendations)
export class ListRecommendationsHandler implements IQueryHandler<ListRecommendations> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({
    filter: { authority, audit, thing, standing, insider, after = '~', limit = 50 },
  }: ListRecommendations) {
    // prettier-ignore
    const { today } = this.clock.now();
    const where = ['position < ?'];
    const values: string[] = [after];
    for (const [column, value] of Object.entries({ authority, audit, thing }))
      if (value !== undefined) {
        where.push(`${column} = ?`);
        values.push(value);
      }
    if (standing) {
      where.push(ON_STANDING[standing]);
      values.push(today);
    }
    if (insider !== '*') {
      where.push('(published = 1 OR authority = ?)');
      values.push(insider ?? '');
    }
    const sql = `SELECT * FROM recommendation WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    const found = this.rows.all<RecommendationRow>(sql, ...values, limit + 1);
    const standings = found.map((row) => ({ ...row, standing: standingOf(row, today) }));
    return pageOf(standings, limit, (row) => row.position);
  }
}

@QueryHandler(CountRecommendations)
export class CountRecommendationsHandler implements IQueryHandler<CountRecommendations> {
  constructor(
    private readonly rows: Rows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ filter: { authority, insider } }: CountRecommendations) {
    const { today } = this.clock.now();
    const counts = Object.fromEntries(STANDINGS.map((each) => [each, 0])) as Record<Standing, number>;
    const rows = this.rows.all<Pick<RecommendationRow, 'answered_at' | 'due'>>(
      `SELECT answered_at, due FROM recommendation WHERE (?1 IS NULL OR authority = ?1) AND (?2 = '*' OR published = 1 OR authority = ?2)`,
      authority ?? null,
      insider ?? '',
    );
    for (const row of rows) counts[standingOf(row, today)] += 1;
    return counts;
  }
}

@QueryHandler(FindRecommendation)
export class FindRecommendationHandler implements IQueryHandler<FindRecommendation> {
  constructor(private readonly rows: Rows) {}
  async execute({ id }: FindRecommendation) {
    return this.rows.get<RecommendationRow>('SELECT * FROM recommendation WHERE id = ?', id);
  }
}

@QueryHandler(ListResponses)
export class ListResponsesHandler implements IQueryHandler<ListResponses> {
  constructor(private readonly rows: Rows) {}
  async execute({ recommendations }: ListResponses) {
    return this.rows.all<ResponseRow>(
      'SELECT r.* FROM json_each(?) AS asked JOIN recommendation_response AS r ON r.recommendation = asked.value ORDER BY r.position',
      JSON.stringify(recommendations),
    );
  }
}

@QueryHandler(ListSilent)
export class ListSilentHandler implements IQueryHandler<ListSilent> {
  constructor(private readonly rows: Rows) {}
  async execute({ today }: ListSilent) {
    return this.rows.all<RecommendationRow>(
      'SELECT id, audit FROM recommendation WHERE answered_at IS NULL AND overdue_at IS NULL AND due < ? ORDER BY due LIMIT 1000',
      today,
    );
  }
}

export const recommendationQueries = [
  ListRecommendationsHandler,
  CountRecommendationsHandler,
  FindRecommendationHandler,
  ListResponsesHandler,
  ListSilentHandler,
];
