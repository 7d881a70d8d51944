import type { GapCode, ReportRow } from '#reports/report-row';
import type { Spread } from '#reports/spread';
import { trendWords } from '#statements/told-words';
import type { Trend } from '#statements/statements.queries';
import type { Pictogram } from '../../shell/pictograms.js';
import { listAddress } from '../list-address.js';

type Filters = Readonly<Record<string, string | undefined>>;

const GROUPS: Readonly<Record<string, string>> = {
  part: 'A part of the pledge',
  step: 'A step to carry it out',
  statement: 'What people would say if it works',
  claim: 'What the opening claims',
};

const NO_ANSWERS: Readonly<Record<string, string>> = {
  'no-half': 'Answers are told for half years that are over.',
  'not-asked': 'Nobody has been asked.',
  'nobody-answered': 'People were asked. Nobody answered.',
};

/** One line of the report: why it stands here, what people say, what the record shows. */
export const rowItem = (row: ReportRow, filters: Filters) => {
  const path = `/pledge/${row.row}`;
  const to = (more: string, extra: Filters = {}) => listAddress(`${path}${more}`, { ...filters, ...extra }, '') ?? path;
  const period = filters['from'] && halfOfMonths(filters['from'], filters['to']);
  return {
    code: row.row,
    group: GROUPS[row.kind] ?? '',
    text: row.text,
    isQuote: row.kind === 'statement',
    sameAs: row.sameAs,
    href: to(''),
    gaps: row.gaps.map(({ says }) => says),
    honest: row.honest,
    people: row.people.map(({ statement, text, state, says, trend }) => ({
      statement,
      text,
      isOwn: statement === row.row || statement === row.sameAs,
      href: period
        ? listAddress(`/statements/${statement}`, { authority: filters['authority'], team: filters['team'], period }, '')
        : to(''),
      says: state === 'shown' ? says.slice(0, 1) : [NO_ANSWERS[state] ?? ''],
      more: state === 'shown' ? says.slice(1) : [],
      trend: trend && trendWords(trend as Trend),
    })),
    record: row.record.map(({ measure, says, of, notKnown, kinds }) => ({
      says,
      // A figure by kinds has a list of records for each kind, and none for all.
      href: kinds.length > 0 ? null : to(`/${measure}`, of === null ? { show: 'met' } : {}),
      kinds: kinds.map(({ kind, label, count }) => ({ label, count: count.toLocaleString('en-GB'), href: count > 0 ? to(`/${measure}`, { kind }) : null })),
      notKnown: notKnown > 0 ? notKnown.toLocaleString('en-GB') : null,
      unknownHref: to(`/${measure}`, { show: 'unknown' }),
    })),
    notRecorded: row.notRecorded,
  };
}; // prettier-ignore

const halfOfMonths = (from: string, to?: string): string | undefined =>
  from.slice(0, 4) === to?.slice(0, 4) && from.endsWith('-01') && to.endsWith('-06')
    ? `${from.slice(0, 4)}-H1`
    : from.slice(0, 4) === to?.slice(0, 4) && from.endsWith('-07') && to.endsWith('-12')
      ? `${from.slice(0, 4)}-H2`
      : undefined;

const WORST: Readonly<Record<GapCode | 'none', string>> = {
  'nothing-known': 'Nobody was asked, and nothing is recorded',
  'people-say-no': 'Fewer than half of the people who answered said yes',
  'not-recorded': 'Nothing is recorded about this',
  'not-asked': 'Nobody was asked',
  'few-have-it': 'More than half of what is recorded falls short',
  'not-known': 'Something is not known',
  'partly-recorded': 'Something is not known',
  none: 'There is no gap that we can count',
};

type Item = ReturnType<typeof rowItem>;
interface GapGroup<T> {
  readonly title: string;
  readonly id: string;
  readonly summary: string;
  /** Nothing to read in its lines but what the title says: a list of links. */
  readonly isBare: boolean;
  /** `worst`: what else is missing and is not said by the title; `isOpen`: the first that has something to read. */
  readonly rows: (T & { readonly worst: string | undefined; readonly isOpen: boolean })[];
}

/** The rows by their biggest gap, so that a gap of many lines is read once; the order of the rows stays. */
export const gapGroups = <T extends Item>(
  rows: readonly ReportRow[],
  itemOf: (row: ReportRow) => T,
): readonly GapGroup<T>[] => {
  const titleOf = (row: ReportRow) => WORST[row.gaps[0]?.code ?? 'none'];
  const firstToRead = rows.find(({ gaps }) => gaps[0]?.code !== 'nothing-known');
  return [...new Set(rows.map(titleOf))].map((title, n) => {
    const own = rows.filter((row) => titleOf(row) === title);
    const isBare = own[0]?.gaps[0]?.code === 'nothing-known';
    return {
      title,
      id: `gap-${n + 1}`,
      summary: `${own.length} of ${rows.length}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
      isBare,
      rows: own.map((row) => {
        const item = itemOf(row);
        // The title has said it.
        const [worst, ...gaps] = item.gaps.filter((says) => says !== `${title}.`);
        return { ...item, worst, gaps, isOpen: row === firstToRead };
      }),
    };
  });
};

/** The picture beside each group of the pledge. */
const PICTURES: Readonly<Record<string, Pictogram>> = { part: 'building', step: 'pencil', claim: 'book' };
/** A to E: serious, valued, impact, meetings, change. */
const BY_STATEMENT: readonly Pictogram[] = ['ear', 'heart', 'star', 'group', 'arrow'];

const pictureOf = ({ kind, row }: ReportRow): Pictogram => {
  if (kind !== 'statement') return PICTURES[kind] ?? 'book';
  const n = Number(row.slice(1));
  return BY_STATEMENT[n <= 4 ? 0 : n <= 8 ? 1 : n <= 12 ? 2 : n <= 16 ? 3 : 4] ?? 'speech';
};

/** Easy read: one card for each statement, in the order of the pledge; the same words once. */
export const easyCards = (rows: readonly ReportRow[], filters: Filters) =>
  rows
    .filter(({ kind, sameAs }) => kind === 'statement' && sameAs === undefined)
    .toSorted((a, b) => Number(a.row.slice(1)) - Number(b.row.slice(1)))
    .map((row) => {
      const [said] = row.people;
      const isShown = said?.state === 'shown' && said.yes !== null;
      return {
        code: row.row,
        text: row.text,
        picture: pictureOf(row),
        face: isShown ? (said.total !== null && said.yes * 2 > said.total ? 'face-yes' : 'face-a-bit') : 'question',
        says: !said ? '' : said.state !== 'shown' ? (NO_ANSWERS[said.state] ?? '') : isShown ? yesWords(said.yes, said.total) : 'Too few people answered. We do not show the number.',
        href: listAddress(`/pledge/${row.row}`, filters, '') ?? '',
      };
    }); // prettier-ignore

const yesWords = (yes: number, total: number | null): string =>
  yes === 0
    ? 'Nobody said yes.'
    : total === null
      ? `About ${yes} people said yes.`
      : `About ${yes} of ${total} people said yes.`;

/** The spread over councils: how many, never which. The table says the same as the picture. */
export const spreadItem = ({ row, record, people, measure }: Spread, text: string, says: string | undefined) => ({
  code: row,
  text,
  says,
  isRecorded: measure !== null,
  record: [
    { label: 'Most of it (three quarters or more)', count: record.most },
    { label: 'Some of it', count: record.some },
    { label: 'Little of it (a quarter or less)', count: record.few },
    { label: 'Not recorded', count: record['not-recorded'] },
  ],
  people: [
    { label: 'More than half said yes', count: people['over-half'] },
    { label: 'Half or fewer said yes', count: people['half-or-fewer'] },
    { label: 'Too few people to show', count: people['not-shown'] },
    { label: 'Nobody asked or nobody answered', count: people['not-asked'] },
  ],
});
