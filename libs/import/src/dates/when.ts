/**
 * A moment as exactly as the source knows it: an instant in UTC (`2020-03-02T12:06:20.235Z`), a day (`2020-03-02`), a
 * month (`2020-03`) or a year (`2020`). Sorting `at` as text sorts by time, the less exact first.
 */
export interface When {
  readonly at: string;
  readonly precision: 'instant' | 'day' | 'month' | 'year';
}

/** The value is there but is not a date that the mapping describes. */
export class DateProblem extends Error {
  constructor(
    readonly code: 'date-unreadable' | 'date-impossible' | 'date-ambiguous' | 'date-without-zone',
    message: string,
  ) {
    super(message);
    this.name = 'DateProblem';
  }
}

/** What a format found in a text. Months count from 1; `offset` is in minutes east of UTC. */
export interface DateParts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
  readonly offset?: number;
}
