import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { halfBefore, halfOf } from '#statements/statement';
import { type StatementResult, StatementResults, StatementResultsHandler } from '#statements/statements.queries';
import type { PledgeRow } from './pledge-rows.js';
import { halfWords, resultWords, trendWords } from '#statements/told-words';

/** For whom and for when figures are asked; months as `YYYY-MM`, both included. */
export interface EvidenceFilter {
  readonly authority?: string;
  readonly team?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What people answered to one statement, with few answers hidden already: no figure comes back that may not be shown. */
export interface PeopleSaid {
  /** The statement that was asked. */
  readonly code: string;
  /** Null: people have not been asked yet. Never the same as nobody having answered. */
  readonly lines: readonly { readonly label: string; readonly text: string }[] | null;
  /** Who asked and counted, about when, and what was held back. */
  readonly notes: readonly string[];
  /** The half years of the period that are over, oldest first. */
  readonly results: readonly StatementResult[];
}

const NOTES = [
  'Counted from what people chose to say. Not everyone was asked, and not everyone answered.',
  'Numbers are rounded to the nearest 5. Small numbers are not shown.',
];
/** Before this nobody was asked: a period without a beginning does not go back for ever. */
const FIRST = 2020;

/** Where people's own answers come from. Kept apart from the record for good: two columns, never one score. */
@Injectable()
export class PeopleSay {
  constructor(
    private readonly statements: StatementResultsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `of`: what people answered, or what staff answered as staff; never both. */
  async to(
    code: string,
    { authority, team, from, to }: EvidenceFilter,
    of: PledgeRow['answeredBy'] = 'people',
  ): Promise<PeopleSaid> {
    const where = { ...(authority && { authority }), ...(team && { team }) };
    const asked = this.halvesIn(from, to).map((half) =>
      this.statements.execute(new StatementResults(where, code, half)),
    );
    const found = (await Promise.all(asked)).filter((result) => result !== undefined);
    const results = of === 'staff' ? found.map(asStaff) : found;
    const told = results.filter(({ state }) => state !== 'not-asked' && state !== 'open');
    if (told.length === 0) return { code, lines: null, notes: results.length === 0 ? [NO_HALF] : [], results };
    const lines = told.flatMap((result) =>
      resultWords(result).map((text, n) => ({ label: n === 0 ? halfWords(result.period) : '', text })),
    );
    const trend = told.at(-1)?.trend;
    return { code, lines, notes: [...(trend ? [trendWords(trend)] : []), ...NOTES], results };
  }

  /** Half years that lie wholly in the period and are over; without a period the last one. */
  private halvesIn(from?: string, to?: string): string[] {
    const last = halfBefore(halfOf(this.clock.now().today));
    if (from === undefined && to === undefined) return [last];
    const halves: string[] = [];
    for (let half = last; Number(half.slice(0, 4)) >= FIRST; half = halfBefore(half)) {
      const [first, end] = monthsOf(half);
      if (first >= (from ?? '') && end <= (to ?? '9999-12')) halves.unshift(half);
    }
    return halves;
  }
}

const NO_HALF = 'People’s answers are told for half years that are over: January to June, and July to December. This period holds none.'; // prettier-ignore

/** First and last month of a half year. */
export const monthsOf = (half: string): readonly [string, string] => {
  const year = half.slice(0, 4);
  return half.endsWith('1') ? [`${year}-01`, `${year}-06`] : [`${year}-07`, `${year}-12`];
};

/** The same result with the answers of staff in the place of people's; a trend is said of people only. */
const asStaff = ({ trend: _trend, by: _by, all: _all, staff, ...result }: StatementResult): StatementResult => ({
  ...result,
  ...(staff && { all: staff }),
});
