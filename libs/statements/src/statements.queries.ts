import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/aggregate';
import { Pledges } from '#pledge/pledges';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import { ANSWER_CODES, type AnswerCode, type Breakdown, councilScope, HIDDEN, TOTAL } from '#suppression/answer-table';
import { ClosedHalves } from './closed-halves.js';
import { halfBefore, halfOf, questionOf } from './statement.js';
import { questionsOf } from './statement.handlers.js';

/** Null: too few people to show. Otherwise rounded to the nearest 5; nothing is exactly nothing. */
export type Shown = number | null;

export interface ShownAnswers {
  /** Who answered; "This is not about me" stands beside it and not in it. */
  readonly total: Shown;
  readonly answers: Readonly<Record<AnswerCode, Shown>>;
}

export interface StatementResult {
  /** The code that was asked for, and the one under which its words are asked. */
  readonly statement: string;
  readonly askedAs: string;
  readonly period: string;
  /** `open`: told after the half year ends. */
  readonly state: 'open' | 'not-asked' | 'nobody-answered' | 'shown';
  readonly all?: ShownAnswers;
  readonly by?: readonly (ShownAnswers & { readonly kind: Breakdown; readonly value: string })[];
}

/**
 * What people say about one statement in one council in one half year (`2026-H2`; left out: the last closed one).
 * Rounded and hidden by the one rule; undefined where there is no such statement or no such half year.
 */
export class StatementResults extends Query<StatementResult | undefined> {
  constructor(
    readonly authority: string,
    readonly statement: string,
    readonly period?: string,
  ) {
    super();
  }
}

@QueryHandler(StatementResults)
export class StatementResultsHandler implements IQueryHandler<StatementResults> {
  constructor(
    private readonly rows: Rows,
    private readonly pledges: Pledges,
    private readonly closed: ClosedHalves,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ authority, statement, period }: StatementResults): Promise<StatementResult | undefined> {
    const askedAs = questionOf(questionsOf(this.pledges, authority), statement);
    const now = halfOf(this.clock.now().today);
    const half = period ?? halfBefore(now);
    if (askedAs === undefined || !/^\d{4}-H[12]$/.test(half) || half > now) return undefined;
    const base = { statement, askedAs, period: half };
    if (half === now) return { ...base, state: 'open' };
    const released = this.closed.of(half).get(askedAs);
    if (!released?.councils.has(authority)) {
      const sql = 'SELECT 1 FROM statement_asked WHERE authority = ? AND half = ? AND statement = ?';
      const isAsked =
        (released?.asked.has(authority) ?? false) || this.rows.get(sql, authority, half, askedAs) !== undefined;
      return { ...base, state: isAsked ? 'nobody-answered' : 'not-asked' };
    }
    const mine = released.tables.filter(({ key }) => key.scope === councilScope(authority));
    // No table at all: nothing of it could be shown without telling more.
    const whole = mine.find(({ key }) => key.by === undefined)?.shown ?? [];
    const by = mine.flatMap(({ key, shown }) =>
      key.by && key.value !== undefined ? [{ kind: key.by, value: key.value, ...answersOf(shown) }] : [],
    );
    return { ...base, state: 'shown', all: answersOf(whole), by };
  }
}

const shownAt = (shown: readonly number[], column: number): Shown => {
  const number = shown[column] ?? HIDDEN;
  return number === HIDDEN ? null : number;
};

const answersOf = (shown: readonly number[]): ShownAnswers => ({
  total: shownAt(shown, TOTAL),
  answers: Object.fromEntries(ANSWER_CODES.map((code, column) => [code, shownAt(shown, column)])) as Record<AnswerCode, Shown>, // prettier-ignore
});
