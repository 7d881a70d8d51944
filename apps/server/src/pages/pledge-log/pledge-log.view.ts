import { type Counts, type Facet, FACETS, type LogRow } from '#pledge-log/pledge-log';
import { exactDate, longDate } from '../../shell/dates.js';
import { say, type WordingKey } from '../../wording/wording.js';
import { listAddress } from '../list-address.js';
import { STATE_NAMES } from '../service-changes/service-change.view.js';

export type LogFilters = Readonly<Record<string, string | undefined>>;

export interface Names {
  readonly council: (code: string) => string;
  readonly words: (ref: string | null) => string;
}

const COLOUR_NAMES: Readonly<Record<string, string>> = { red: 'Red', amber: 'Amber', green: 'Green', grey: 'Grey' };

const FACET_NAMES: Readonly<Record<Facet, string>> = {
  status: 'Where it is',
  rag: 'Colour',
  late: 'Late',
  authority: 'Council',
  part: 'Part of the pledge',
  team: 'Team',
  ownerRole: 'Role of the owner',
};

/** What a reader of the log counts by; scrutiny counts by all of them. */
const IN_THE_LOG: readonly Facet[] = ['status', 'rag', 'late', 'authority', 'part'];

type Counted = Pick<Names, 'council'> & { readonly team?: (id: string) => string };

const nameOf = (facet: Facet, value: string, { council, team }: Counted): string => {
  if (facet === 'team') return team?.(value) ?? value;
  if (facet === 'status') return STATE_NAMES[value] ?? value;
  if (facet === 'rag') return COLOUR_NAMES[value] ?? value;
  if (facet === 'late') return value === 'yes' ? 'Late' : 'Not late';
  return facet === 'authority' ? council(value) : value;
};

/** How many of each, as links to the list narrowed to them. */
export const countGroups = (counts: Counts, filters: LogFilters, names: Counted, path = '/pledge-log') =>
  (path === '/scrutiny' ? FACETS : IN_THE_LOG)
    .map((facet) => ({
      name: FACET_NAMES[facet],
      links: counts[facet].map(({ value, count }) => ({
        text: nameOf(facet, value, names),
        count: count.toLocaleString('en-GB'),
        current: filters[facet] === value,
        href: listAddress(path, { ...filters, [facet]: value }, '') ?? path,
      })),
    }))
    .filter(({ links }) => links.length > 0);

/** One row of the log, in the columns of a recommendation tracker. */
export const logCells = (row: LogRow, names: Names, asOf: string | undefined) => [
  { text: row.number, href: `/commitments/${row.id}${asOf ? `?asOf=${asOf}` : ''}` },
  { text: `${madeBy(row, names)}. ${row.part}` },
  { text: names.words(row.what) },
  {
    text:
      row.owner_name === null
        ? [row.owner_role, 'Nobody is named'].filter(Boolean).join('. ')
        : `${names.words(row.owner_name)}, ${row.owner_role ?? 'role not recorded'}`,
  },
  { text: dueWords(row) },
  { text: exactDate(row.updated_at, row.updated_precision) },
  { text: row.rag.late ? `Late by ${daysWords(row.daysLate ?? 0)}` : (STATE_NAMES[row.state] ?? row.state) },
  { text: row.rag.why },
];

/** Who has it now, and who made it where that was another council. */
const madeBy = ({ holders, authority }: LogRow, { council }: Names): string => {
  const [first = authority] = holders.split(' ');
  return first === authority ? council(authority) : `${council(authority)}, made by ${council(first)}`;
};

export const LOG_HEAD = ['Reference', 'Council and part', 'Promise', 'Owner', 'Due', 'Last update', 'Where it is', 'Colour and why']; // prettier-ignore

export const daysWords = (days: number): string => (days === 1 ? '1 day' : `${days.toLocaleString('en-GB')} days`);

export const movedWords = (moved: number): string =>
  moved === 0 ? 'never moved' : moved === 1 ? 'moved once' : `moved ${moved} times`;

const dueWords = (row: LogRow): string =>
  row.due === null
    ? 'Not recorded'
    : row.moved === 0
      ? dueDate(row.due, row.due_precision)
      : `${dueDate(row.due, row.due_precision)}, ${movedWords(row.moved)}`;

/** As exactly as the source says it: a year is not a date. */
export const dueDate = (due: string, precision?: 'month' | 'year' | null): string =>
  precision ? `the end of ${exactDate(due, precision)}` : longDate(due);

/** What a state is called in a report. */
export const formalState = (state: string): string => say(`lifecycle.${state}` as WordingKey, 'formal');
