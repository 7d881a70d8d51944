import type { ReportRow } from './report-row.js';

/** In how many councils: nearly all, some, few. Never which, and never in an order. */
export interface Spread {
  readonly row: string;
  /** What is spread: the first figure of the row that is so many out of so many, as it is said for all. */
  readonly measure: string | null;
  readonly record: Readonly<Record<Band, number>>;
  readonly people: Readonly<Record<Say, number>>;
}

export const BANDS = ['most', 'some', 'few', 'not-recorded'] as const;
export type Band = (typeof BANDS)[number];
export const SAYS = ['over-half', 'half-or-fewer', 'not-shown', 'not-asked'] as const;
export type Say = (typeof SAYS)[number];

/** Three quarters and more are most; a quarter and fewer are few. */
const MOST = 0.75;
const FEW = 0.25;

/** `all`: the row for all councils together; `each`: the same row of every council. */
export const spreadOf = (all: ReportRow, each: readonly ReportRow[]): Spread => {
  const measure = all.record.find(({ of }) => of !== null && of > 0)?.measure ?? null;
  return {
    row: all.row,
    measure,
    record: countBy(BANDS, each, (row) => bandOf(row, measure)),
    people: countBy(SAYS, each, sayOf),
  };
};

const countBy = <T extends string>(
  names: readonly T[],
  rows: readonly ReportRow[],
  of: (row: ReportRow) => T,
): Record<T, number> =>
  Object.fromEntries(names.map((name) => [name, rows.filter((row) => of(row) === name).length])) as Record<T, number>;

const bandOf = ({ record }: ReportRow, measure: string | null): Band => {
  const figure = record.find((each) => each.measure === measure);
  if (!figure?.of) return 'not-recorded';
  const share = figure.met / figure.of;
  return share >= MOST ? 'most' : share > FEW ? 'some' : 'few';
};

/** By the first statement that speaks of the row; from published numbers only, so that nothing hidden comes back. */
const sayOf = ({ people: [first] }: ReportRow): Say => {
  if (!first || first.state !== 'shown') return 'not-asked';
  if (first.yes === null || first.total === null) return 'not-shown';
  return first.yes * 2 > first.total ? 'over-half' : 'half-or-fewer';
};
