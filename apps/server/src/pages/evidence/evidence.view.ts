import type { Behind } from '#evidence/behind.queries';
import type { Figure } from '#evidence/evidence.queries';
import { amount, capital, figureSentence } from '#evidence/figure-words';
import type { EvidenceFilter, PeopleSaid } from '#evidence/people-say';
import type { Judge } from '#evidence/pledge-rows';
import { everyKind } from '#facts/every-kind';
import { longDate } from '../../shell/dates.js';
import { listAddress } from '../list-address.js';

export type Filters = Readonly<Record<string, string | undefined>>;
export interface Named {
  council(code: string): string;
  words(ref: string): string;
}

/** The page where one chooses what to record leads on from the line that one comes from. */
export const howTo = ({ how, from }: Figure['terms'], line: string) =>
  how.href === '/record' ? { ...how, href: `/record?for=${line}#${kindOf(from) ?? ''}` } : how;

const kindOf = (events: readonly string[]): string | undefined =>
  everyKind.find((kind) => kind.birth.event === events[0] || kind.steps.some(({ event }) => event === events[0]))?.code;

export const figureItem = (figure: Figure, path: string, filters: Filters) => {
  const { terms, counted, kinds } = figure;

  const to = (more: Filters): string | null => listAddress(`${path}/${terms.code}`, { ...filters, ...more }, '');
  if (counted === null)
    return { recorded: false, says: `${capital(terms.noun[1])}: how many ${terms.phrase}`, how: howTo(terms, path.slice(path.lastIndexOf('/') + 1)) };
  const { met, unmet, unknown } = counted;
  const numbers =
    terms.as === 'count'
      ? [{ label: 'How many', number: amount(met), href: to({ show: 'met' }) }]
      : [
          { label: 'How many', number: amount(met), href: met > 0 ? to({ show: 'met' }) : null },
          { label: 'Out of', number: amount(met + unmet), href: met + unmet > 0 ? to({}) : null },
          { label: 'Not known', number: amount(unknown), href: unknown > 0 ? to({ show: 'unknown' }) : null },
        ];
  return {
    recorded: true,
    sentence: figureSentence(figure),
    numbers: terms.as === 'kinds' ? [] : numbers,
    kinds: kinds.map(({ kind, label, count }) => ({ label, number: amount(count), href: count > 0 ? to({ kind }) : null })),
    caution: terms.caution,
  };
}; // prettier-ignore

export const periodWords = ({ from, to }: EvidenceFilter): string =>
  from && to
    ? `${monthWords(from)} to ${monthWords(to)}`
    : from
      ? `since ${monthWords(from)}`
      : to
        ? `up to ${monthWords(to)}`
        : 'since the record began';
const monthWords = (month: string): string => longDate(`${month}-01`).replace(/^1 /, '');

export const JUDGE_WORDS: Readonly<Record<Judge, string>> = {
  people: 'Only people can say if this is so.',
  both: 'The record can show part of this. People say the rest.',
  record: 'The record can show this.',
};

export const peopleItem = ({ code, lines, notes }: PeopleSaid, text: string) => ({ code, text, lines, notes });

const KINDS: Readonly<Record<string, { readonly name: string; readonly path?: string }>> = {
  view: { name: 'A view', path: '/views/' },
  reply: { name: 'A reply' },
  discussion: { name: 'A talk at a meeting' },
  decision: { name: 'A decision', path: '/decisions/' },
  review: { name: 'A request to look at a decision again' },
  promise: { name: 'A promise', path: '/service-changes/' },
  commitment: { name: 'A promise of a council', path: '/commitments/' },
  effect: { name: 'A change that was seen' },
  meeting: { name: 'A meeting', path: '/meetings/' },
  team: { name: 'A team', path: '/teams/' },
  member: { name: 'Someone joined a team' },
  request: { name: 'Someone asked us something' },
  fact: { name: 'Recorded for the pledge', path: '/facts/' },
  understanding: { name: 'Someone said if they understand' },
};

const PARENT_PATH: Readonly<Record<string, string>> = { reply: '/views/', review: '/decisions/', discussion: '/meetings/', member: '/teams/' }; // prettier-ignore

const addressOf = ({ thing, id, parent, shown }: Behind): string | undefined => {
  if (!shown) return undefined;
  const own = KINDS[thing]?.path;
  if (own) return own + id;
  if (thing === 'effect') return parent?.replace(/^serviceChange-/, '/service-changes/').replace(/^commitment-/, '/commitments/');
  return parent && PARENT_PATH[thing] ? PARENT_PATH[thing] + parent : undefined;
}; // prettier-ignore

const MOST = 160;
const beginning = (text: string): string =>
  text.length <= MOST ? text : `${text.slice(0, MOST).replace(/\s+\S*$|[\ud800-\udbff]$/, '')} …`;

const STANDING_WORDS = {
  met: 'It counts',
  mixed: 'It counts in part',
  unmet: 'It does not count',
  unknown: 'Not known',
};

/** One record behind a figure. What people do not want shown is counted, dated, and cannot be found from here. */
export const behindItem = (row: Behind, named: Named, seals: boolean) => ({
  kind: KINDS[row.thing]?.name ?? row.thing,
  title: !row.shown
    ? 'Counted, and not shown'
    : (row.title ?? (row.words === null ? (KINDS[row.thing]?.name ?? row.thing) : beginning(named.words(row.words)))),
  href: addressOf(row),
  standing:
    row.standing === 'mixed'
      ? `${amount(row.counted.met)} of ${amount(row.counted.met + row.counted.unmet)}`
      : STANDING_WORDS[row.standing],
  meta: [
    `${longDate(row.day)}${row.authority === null ? '' : `, ${named.council(row.authority)}`}`,
    `Written down by: ${row.role.replaceAll('-', ' ')}`,
  ],
  seal: seals && row.shown && row.entry ? { href: `/log/proof/${row.entry.id}`, text: row.entry.type } : null,
});
