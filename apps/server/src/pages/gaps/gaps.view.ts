import type { Completeness, GapCount, GapRow } from '#gaps/gaps.queries';
import { longDate } from '../../shell/dates.js';
import { type Register, say } from '../../wording/wording.js';
import { listAddress } from '../list-address.js';

type Filters = Readonly<Record<'authority' | 'team' | 'kind', string | undefined>>;
export interface Named {
  council(code: string): string;
  /** A sealed reference as text. */
  words(ref: string): string;
  /** Whether the reader works with what belongs to this council. */
  isOurs(authority: string | null): boolean;
}

const ADDRESS = {
  view: '/views/',
  decision: '/decisions/',
  promise: '/service-changes/',
  commitment: '/commitments/',
  meeting: '/meetings/',
};

const addressOf = ({ thing, id, shown, meeting, authority }: GapRow, named: Named): string | undefined => {
  if (!shown) return named.isOurs(authority) ? `/views/${id}/team` : undefined;
  if (thing === 'discussion') return meeting === null ? undefined : `/meetings/${meeting}`;
  return ADDRESS[thing] + id;
};

const titleOf = (row: GapRow, named: Named): string => {
  if (!row.shown) return 'A view that is not shown';
  if (row.title !== null) return row.title;
  return row.words === null ? 'A picture or a recording' : beginning(named.words(row.words));
};

const MOST = 160;

/** Whole words; the page of the thing has all of them. */
const beginning = (text: string): string =>
  text.length <= MOST ? text : `${text.slice(0, MOST).replace(/\s+\S*$|[\ud800-\udbff]$/, '')} …`;

/** One missing thing as a card: what is missing first, then of what, since when, and whose it is. */
export const gapItem = (row: GapRow, named: Named, register: Register) => ({
  icon: 'warning',
  kind: say(`gap.${row.kind}`, register),
  title: titleOf(row, named),
  href: addressOf(row, named),
  ...(row.late && { tag: 'Late', tone: 'bad' }),
  meta: [
    `${say(`thing.${row.thing}`)}. Since ${longDate(row.since)}.`,
    ...(row.authority === null ? [] : [named.council(row.authority)]),
    ...(row.imported ? ['Imported from another source'] : []),
  ],
});

/** Only what is missing somewhere; a link to each. */
export const countRows = (counts: readonly GapCount[], filters: Filters, register: Register) =>
  counts
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => [
      { text: say(`gap.${kind}`, register), href: listAddress('/gaps', { ...filters, kind }, '') },
      { text: amount(count) },
    ]);

/** Nothing to count yet, none of them, and not told by the source are three different things, said in words. */
export const completenessRows = (measured: readonly Completeness[], register: Register) =>
  measured.map(({ measure, have, of, notRecorded }) => [
    { text: say(`completeness.${measure}`, register) },
    { text: of === null ? 'Nothing to count yet' : shareOf(have, of, notRecorded) },
  ]);

const shareOf = (have: number | null, of: number, notRecorded: number): string => {
  const unknown = `Not recorded for ${amount(notRecorded)}`;
  if (have === null) return unknown;
  return notRecorded > 0 ? `${amount(have)} of ${amount(of)}. ${unknown}` : `${amount(have)} of ${amount(of)}`;
};

const amount = (count: number): string => count.toLocaleString('en-GB');
