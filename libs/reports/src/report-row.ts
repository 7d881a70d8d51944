import type { Judge } from '#evidence/pledge-rows';

/** What people answered to one statement, in numbers and in words. `null`: too few people to show. */
export interface SaidLine {
  readonly statement: string;
  readonly text: string;
  /** `no-half`: no half year of the period is over. */
  readonly state: 'no-half' | 'not-asked' | 'nobody-answered' | 'shown';
  readonly yes: number | null;
  readonly total: number | null;
  readonly says: readonly string[];
  readonly trend?: string;
}

/** One figure of the record; every number leads to the records behind it. */
export interface FigureLine {
  readonly measure: string;
  readonly says: string;
  readonly met: number;
  /** Null: nobody can say out of how many. */
  readonly of: number | null;
  readonly notKnown: number;
  /** Of a figure by kinds: how many of each; else empty. */
  readonly kinds: readonly { readonly kind: string; readonly label: string; readonly count: number }[];
}

/** One line of the pledge with its two columns. They are never merged into one number. */
export interface ReportRow {
  readonly row: string;
  readonly kind: string;
  readonly text: string;
  /** The same words as an earlier statement: shown here too, and counted there only. */
  readonly sameAs?: string;
  readonly judge: Judge;
  readonly honest: string;
  readonly people: readonly SaidLine[];
  readonly record: readonly FigureLine[];
  /** Figures of which nobody has written anything down. Not zero. */
  readonly notRecorded: readonly string[];
  /** Why it stands where it stands, the worst first. None: no gap that can be counted. */
  readonly gaps: readonly Gap[];
}

export const GAPS = [
  'nothing-known',
  'people-say-no',
  'not-recorded',
  'not-asked',
  'few-have-it',
  'not-known',
  'partly-recorded',
] as const;
export type GapCode = (typeof GAPS)[number];

export interface Gap {
  readonly code: GapCode;
  readonly says: string;
  /** How big, among gaps of one kind: 0 to 1. */
  readonly size: number;
}

type Facts = Pick<ReportRow, 'judge' | 'people' | 'record' | 'notRecorded'>;
/** By figure, where more is not better. */
export type Better = Readonly<Record<string, 'few' | 'neither' | undefined>>;

/** What is missing from a row, in words. A gap is named for one column or the other; nothing is added up over both. */
export const gapsOf = ({ judge, people, record, notRecorded }: Facts, better: Better = {}): readonly Gap[] => {
  const isAsked = people.some(({ state }) => state === 'shown' || state === 'nobody-answered');
  const canShow = record.length > 0 || notRecorded.length > 0;
  // While a half year runs nobody can say that nobody was asked in it.
  const isUnasked = !isAsked && !people.some(({ state }) => state === 'no-half');
  if (isUnasked && record.length === 0)
    return [{ code: 'nothing-known', says: 'Nobody was asked, and nothing is recorded.', size: 1 }];
  const gaps: Gap[] = [];
  for (const { statement, yes, total } of people)
    if (yes !== null && total !== null && total > 0 && yes * 2 < total)
      gaps.push({
        code: 'people-say-no',
        says: `${statement}: fewer than half of the people who answered said yes.`,
        size: 1 - yes / total,
      });
  if (judge !== 'people' && canShow && record.length === 0)
    gaps.push({ code: 'not-recorded', says: 'Nothing is recorded about this.', size: 1 });
  if (judge !== 'record' && people.length > 0 && isUnasked)
    gaps.push({ code: 'not-asked', says: 'Nobody was asked.', size: 1 });
  const [worst] = record
    .flatMap((figure) => {
      const way = better[figure.measure];
      if (!figure.of || way === 'neither') return [];
      const share = figure.met / figure.of;
      const missing = way === 'few' ? share : 1 - share;
      return missing > 0.5
        ? [{ size: missing, says: `${way === 'few' ? 'More' : 'Fewer'} than half: ${figure.says}` }]
        : [];
    })
    .toSorted((a, b) => b.size - a.size);
  if (worst) gaps.push({ code: 'few-have-it', ...worst });
  const unknown = record.filter(({ notKnown, met, of }) => notKnown > (of ?? met));
  if (unknown.length > 0)
    gaps.push({
      code: 'not-known',
      says: `For more than half it is not known: ${unknown[0]?.says ?? ''}`,
      size: unknown.length / record.length,
    });
  if (record.length > 0 && notRecorded.length > 0)
    gaps.push({
      code: 'partly-recorded',
      says: `Nothing is recorded for ${notRecorded.length} of ${notRecorded.length + record.length} figures.`,
      size: notRecorded.length / (notRecorded.length + record.length),
    });
  return gaps.toSorted((a, b) => GAPS.indexOf(a.code) - GAPS.indexOf(b.code) || b.size - a.size);
};

const rankOf = ({ gaps }: ReportRow): number => (gaps[0] ? GAPS.indexOf(gaps[0].code) : GAPS.length);

/** The biggest gaps first: by the kind of the worst, then by how big it is; else in the order of the pledge. */
export const biggestFirst = (rows: readonly ReportRow[]): readonly ReportRow[] =>
  rows
    .map((row, n) => ({ row, n }))
    .toSorted(
      (a, b) => rankOf(a.row) - rankOf(b.row) || (b.row.gaps[0]?.size ?? 0) - (a.row.gaps[0]?.size ?? 0) || a.n - b.n,
    )
    .map(({ row }) => row);
