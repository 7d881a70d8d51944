import type { LogRow } from '#pledge-log/pledge-log';
import { londonDay } from '#kernel/time';
import type { Behind } from '#scrutiny/behind.queries';
import { formalState } from '../pledge-log/pledge-log.view.js';
import { answerOf, askedOf, NOT_RECORDED, type ScrutinyNames } from './promises.view.js';

/** Where and when a list was taken: it stands in every row, because a file outlives the page it came from. */
export interface Taken {
  /** Address of the list with its filter. */
  readonly list: string;
  readonly at: string;
  readonly baseUrl: string;
}

export interface ListedPromise {
  readonly row: LogRow;
  readonly behind: readonly Behind[];
}

type Value = string | number | null;
type Column = readonly [string, string, (promise: ListedPromise, names: ScrutinyNames, taken: Taken) => Value];

const day = (instant: string, precision: string | null): string =>
  londonDay(instant).slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);

/** Heading of the spreadsheet, name in JSON, value. Described in docs/how-to/scrutinise-a-promise.md. */
const COLUMNS: readonly Column[] = [
  ['Reference', 'reference', ({ row }) => row.number],
  ['Council', 'council', ({ row }, { council }) => council(row.authority)],
  ['Team', 'team', ({ row }, { team }) => (row.team === null ? NOT_RECORDED : team(row.team))],
  ['Date', 'date', ({ row }) => day(row.promised_at, row.promised_precision)],
  ['Part of the pledge', 'part', ({ row }) => row.part],
  ['What people asked', 'asked', ({ behind }, names) => askedOf(behind, names)],
  ['Views linked', 'viewsLinked', ({ behind }) => behind.filter(({ kind }) => kind === 'contribution').length],
  ['Answer', 'answer', ({ behind }) => answerOf(behind)],
  ['Promise', 'promise', ({ row }, { words }) => words(row.what)],
  ['Owner', 'owner', ({ row }, { words }) => (row.owner_name === null ? NOT_RECORDED : words(row.owner_name))],
  ['Role of the owner', 'ownerRole', ({ row }) => row.owner_role ?? NOT_RECORDED],
  ['Due', 'due', ({ row }) => row.due ?? NOT_RECORDED],
  ['Times the date moved', 'moved', ({ row }) => row.moved],
  ['Last update', 'lastUpdate', ({ row }) => day(row.updated_at, row.updated_precision)],
  ['Status', 'status', ({ row }) => formalState(row.rag.late ? 'late' : row.state)],
  ['RAG', 'rag', ({ row }) => row.rag.colour],
  ['Why', 'why', ({ row }) => row.rag.why],
  ['Days late', 'daysLate', ({ row }) => row.daysLate],
  ['Address', 'address', ({ row }, _, { baseUrl }) => `${baseUrl}/commitments/${row.id}`],
];

const TAKEN: readonly (readonly [string, (taken: Taken) => string])[] = [
  ['List', ({ list, baseUrl }) => `${baseUrl}${list}`],
  ['Taken at', ({ at }) => at],
];

/** The list as a table: what a spreadsheet holds, in whichever format. */
export const promisesTable = (all: readonly ListedPromise[], names: ScrutinyNames, taken: Taken): readonly (readonly Value[])[] => [
    [...COLUMNS.map(([heading]) => heading), ...TAKEN.map(([heading]) => heading)],
    ...all.map((each) => [...COLUMNS.map(([, , value]) => value(each, names, taken)), ...TAKEN.map(([, value]) => value(taken))]),
  ]; // prettier-ignore

/** The same list; what is not recorded is null here, which no program takes for a word. */
export const promisesJson = (all: readonly ListedPromise[], names: ScrutinyNames, taken: Taken) => ({
  list: `${taken.baseUrl}${taken.list}`,
  takenAt: taken.at,
  total: all.length,
  items: all.map((each) =>
    Object.fromEntries(
      COLUMNS.map(([, name, value]) => {
        const said = value(each, names, taken);
        return [name, said === NOT_RECORDED ? null : said];
      }),
    ),
  ),
});
