import type { AuthorityRow } from '#authorities/authorities';
import type { Order } from '#succession/orders';
import type { PlanLine } from '#succession/plan';
import { longDate } from '../../shell/dates.js';

type Name = (code: string) => string;

/** Every council with its days, as a table. */
export const councilCells = (rows: readonly AuthorityRow[], after: (code: string) => readonly string[], name: Name) =>
  rows.map((row) => [
    { text: row.name, href: `/pledge-log?authority=${row.code}` },
    { text: row.valid_from ? longDate(row.valid_from) : '' },
    { text: row.valid_to ? longDate(row.valid_to) : 'No end was set' },
    { text: after(row.code).map(name).join(', ') || 'None' },
  ]);

const KINDS: Readonly<Record<PlanLine['kind'], readonly [string, string]>> = {
  commitment: ['promise under the pledge', 'promises under the pledge'],
  serviceChange: ['promise to people', 'promises to people'],
  team: ['team', 'teams'],
  meeting: ['meeting to come', 'meetings to come'],
  contribution: ['view that waits', 'views that wait'],
  decision: ['decision that waits for something', 'decisions that wait for something'],
  participant: ['person', 'people'],
  recommendation: ['recommendation of scrutiny', 'recommendations of scrutiny'],
  audit: ['audit', 'audits'],
  request: ['request of people', 'requests of people'],
  clock: ['date that runs', 'dates that run'],
};
const plural = (kind: string, count: number): string => {
  const [one, more] = KINDS[kind as PlanLine['kind']];
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;
};

export interface PassedCount {
  readonly kind: string;
  readonly to: string;
  readonly count: number;
}

/** One order in sentences: what happens when, and what has passed so far. */
export const orderLines = ({ from, to, on, calledOffAt }: Order, passed: readonly PassedCount[], today: string, name: Name) => ({
  title: `${from.map(name).join(' and ')}: ${to.map(name).join(', ')} from ${longDate(on)}`,
  state: calledOffAt ? `Called off on ${longDate(calledOffAt)}.` : on > today ? 'Still to come. Nothing has passed yet.' : 'It has happened.',
  passed: to.flatMap((code) => {
    const its = passed.filter((each) => each.to === code);
    return its.length === 0 ? [] : [`${name(code)} has ${its.map(({ kind, count }) => plural(kind, count)).join(', ')}.`];
  }),
}); // prettier-ignore

const BECAUSE: Readonly<Record<PlanLine['because'], string>> = {
  named: 'It is named',
  beside: 'It goes with its promise',
  team: 'It goes with its team',
  otherwise: 'Not named: it goes with the rest',
};
/** So many lines stand on one page; the command line prints all of them. */
const MOST_LINES = 400;

/** A dry run: how many of each go where, then each by itself. Words of views and names of people stay out of it. */
export const planView = (lines: readonly PlanLine[], name: Name, words: (ref: string) => string) => {
  const counts = new Map<string, PassedCount>();
  for (const { kind, to } of lines) {
    const key = `${to} ${kind}`;
    counts.set(key, { kind, to, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const listed = lines.filter(({ kind }) => kind !== 'participant');
  return {
    counts: [...counts.values()].map(({ kind, to, count }) => `${name(to)}: ${plural(kind, count)}`),
    rows: listed
      .slice(0, MOST_LINES)
      .map((line) => [
        { text: KINDS[line.kind][0] },
        { text: whichOf(line, words) },
        { text: name(line.from) },
        { text: name(line.to) },
        { text: BECAUSE[line.because] },
      ]),
    more: Math.max(0, listed.length - MOST_LINES),
  };
};

const whichOf = ({ kind, label, id, words: ref }: PlanLine, words: (ref: string) => string): string => {
  const named = kind === 'clock' && label ? longDate(label) : (label ?? id.slice(0, 8));
  return ref !== null && (kind === 'commitment' || kind === 'serviceChange') ? `${named}: ${words(ref)}` : named;
};
