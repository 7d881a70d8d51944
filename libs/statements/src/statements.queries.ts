import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '#kernel/aggregate';
import { Pledges } from '#pledge/pledges';
import { Rows } from '#projections/rows';
import { CLOCK } from '#projections/tokens';
import {
  ANSWER_CODES,
  type AnswerCode,
  type Breakdown,
  councilScope,
  HIDDEN,
  REGION,
  teamScope,
  TOTAL,
} from '#suppression/answer-table';
import type { Population } from './answers.js';
import { ClosedHalves } from './closed-halves.js';
import { halfBefore, halfOf, questionOf } from './statement.js';
import { questionsOf } from './statement.handlers.js';
import type { Released, Told } from './told.js';

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
  /** Version of the pledge in whose words it was asked; of several in one half year the newest. */
  readonly wording?: string;
  /** What people answered for themselves, also with help. Never what somebody answered for them, and never staff. */
  readonly all?: ShownAnswers;
  readonly by?: readonly (ShownAnswers & { readonly kind: Breakdown; readonly value: string })[];
  /** Answered for a person by somebody else; null: there is nothing to show. */
  readonly forSomeone?: ShownAnswers | null;
  /** Answered by staff as staff; null: there is nothing to show. */
  readonly staff?: ShownAnswers | null;
  /** What people answered to older words in the same half year. */
  readonly otherWordings?: readonly { readonly wording: string; readonly all: ShownAnswers }[];
  /** Compared with the half year before, in the same words. */
  readonly trend?: Trend;
}

/** `other-words`: not to be compared. `unclear`: too few people, or nothing to compare with. */
export type Trend = 'more-yes' | 'fewer-yes' | 'about-the-same' | 'other-words' | 'unclear';

/** Everywhere, one council, or one team of it. */
export interface Where {
  readonly authority?: string;
  readonly team?: string;
}

/**
 * What people say about one statement in one place in one half year (`2026-H2`; left out: the last closed one).
 * Rounded and hidden by the one rule; undefined where there is no such statement or no such half year.
 */
export class StatementResults extends Query<StatementResult | undefined> {
  constructor(
    readonly where: Where,
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

  async execute({ where, statement, period }: StatementResults): Promise<StatementResult | undefined> {
    const askedAs = this.named(where, statement);
    const now = halfOf(this.clock.now().today);
    const half = period ?? halfBefore(now);
    if (askedAs === undefined || !/^\d{4}-H[12]$/.test(half) || half > now) return undefined;
    const base = { statement, askedAs, period: half };
    if (half === now) return { ...base, state: 'open' };
    const released = this.closed.of(half).get(askedAs);
    const scope = scopeOf(where);
    if (!released?.answered.has(scope))
      return { ...base, state: this.wasAsked(where, half, askedAs, released) ? 'nobody-answered' : 'not-asked' };
    const told = toldIn(released, scope);
    const before = this.closed.of(halfBefore(half)).get(askedAs);
    return { ...base, state: 'shown', ...told, trend: trendOf(told, before && toldIn(before, scope)) };
  }

  private named({ authority }: Where, statement: string): string | undefined {
    const found = questionOf(questionsOf(this.pledges, authority), statement);
    if (found !== undefined || authority === undefined) return found;
    const sql = 'SELECT code FROM statement_local WHERE authority = ? AND code = ?';
    return this.rows.get<{ code: string }>(sql, authority, statement)?.code;
  }

  private wasAsked({ authority, team }: Where, half: string, statement: string, released?: Released): boolean {
    if (released?.asked.has(scopeOf({ ...(authority && { authority }), ...(team && { team }) }))) return true;
    const sql = `SELECT 1 FROM statement_asked WHERE half = ? AND statement = ?${authority ? ' AND authority = ?' : ''}`;
    return this.rows.get(sql, half, statement, ...(authority ? [authority] : [])) !== undefined;
  }
}

const scopeOf = ({ authority, team }: Where): string =>
  team !== undefined ? teamScope(team) : authority !== undefined ? councilScope(authority) : REGION;

const toldIn = ({ tables }: Released, scope: string) => {
  const here = tables.filter(({ key }) => key.scope === scope);
  const wordings = [...new Set(here.map(({ wording }) => wording))].toSorted();
  const wording = wordings.at(-1);
  const whole = (population: Population, words = wording): Told | undefined =>
    here.find((each) => each.population === population && each.wording === words && each.key.by === undefined);
  const of = (population: Population): ShownAnswers | null => {
    const found = whole(population);
    return found ? answersOf(found.shown) : null;
  };
  return {
    ...(wording !== undefined && { wording }),
    // No table at all: nothing of it could be shown without telling more.
    all: answersOf(whole('people')?.shown ?? []),
    by: here.flatMap(({ key, shown, population, wording: words }) =>
      population === 'people' && words === wording && key.by && key.value !== undefined
        ? [{ kind: key.by, value: key.value, ...answersOf(shown) }]
        : [],
    ),
    forSomeone: of('for-someone'),
    staff: of('staff'),
    otherWordings: wordings.slice(0, -1).flatMap((older) => {
      const found = whole('people', older);
      return found ? [{ wording: older, all: answersOf(found.shown) }] : [];
    }),
  };
};

/** How far from the truth a rounded number can be. */
const ROUNDED_BY = 2;

/** Only what rounding cannot explain is called more or fewer, and only between the same words. */
const trendOf = (now: ReturnType<typeof toldIn>, before?: ReturnType<typeof toldIn>): Trend => {
  if (!before) return 'unclear';
  if (now.wording !== before.wording) return 'other-words';
  const [share, was] = [yesShare(now.all), yesShare(before.all)];
  if (!share || !was) return 'unclear';
  return share[0] > was[1] ? 'more-yes' : share[1] < was[0] ? 'fewer-yes' : 'about-the-same';
};

const yesShare = ({ total, answers: { yes } }: ShownAnswers): readonly [number, number] | undefined =>
  total === null || total === 0 || yes === null
    ? undefined
    : [Math.max(0, yes - ROUNDED_BY) / (total + ROUNDED_BY), (yes + ROUNDED_BY) / Math.max(1, total - ROUNDED_BY)];

const shownAt = (shown: readonly number[], column: number): Shown => {
  const number = shown[column] ?? HIDDEN;
  return number === HIDDEN ? null : number;
};

const answersOf = (shown: readonly number[]): ShownAnswers => ({
  total: shownAt(shown, TOTAL),
  answers: Object.fromEntries(ANSWER_CODES.map((code, column) => [code, shownAt(shown, column)])) as Record<AnswerCode, Shown>, // prettier-ignore
});
