import type { LogRow } from '#pledge-log/pledge-log';
import { londonDay } from '#kernel/time';
import { csvText } from '../../shell/csv.js';
import { say } from '../../wording/wording.js';

/** Where and when a list was taken: it stands in every row, because a file outlives the page it came from. */
export interface Taken {
  readonly asOf: string;
  readonly list: string;
  readonly at: string;
  readonly baseUrl: string;
}

interface Names {
  readonly council: (code: string) => string;
  readonly words: (ref: string | null) => string;
}

type Column = readonly [string, (row: LogRow, names: Names, taken: Taken) => string | number | null];

/** `2026-11-03`, `2026-11` or `2026`: as exactly as it is known. */
const isoDate = (instant: string, precision: LogRow['updated_precision']): string =>
  londonDay(instant).slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);

/** The columns of a recommendation tracker, in its order. Described in docs/reference/pledge-log-columns.md. */
const COLUMNS: readonly Column[] = [
  ['Reference', ({ number }) => number],
  ['Council', ({ authority }, { council }) => council(authority)],
  ['Made by', ({ holders }, { council }) => council(holders.split(' ')[0] ?? '')],
  [
    'Has it since',
    ({ transferred_on, promised_at, promised_precision }) => transferred_on ?? isoDate(promised_at, promised_precision),
  ],
  ['Made on', ({ promised_at, promised_precision }) => isoDate(promised_at, promised_precision)],
  ['Pledge', ({ pledge }) => pledge],
  ['Part', ({ part }) => part],
  ['Promise', ({ what }, { words }) => words(what)],
  ['Owner', ({ owner_name }, { words }) => (owner_name === null ? 'Not recorded' : words(owner_name))],
  ['Role of the owner', ({ owner_role }) => owner_role ?? 'Not recorded'],
  ['Due', ({ due }) => due ?? 'Not recorded'],
  ['Due is exact to', ({ due, due_precision }) => (due === null ? 'Not recorded' : (due_precision ?? 'day'))],
  ['First due', ({ first_due }) => first_due ?? 'Not recorded'],
  ['Times the date moved', ({ moved }) => moved],
  ['Proof wanted', ({ proof_wanted }) => proof_wanted ?? 'Not recorded'],
  ['Proofs added', ({ proofs }) => proofs],
  ['Who checks', ({ checker_role }) => checker_role ?? 'Not recorded'],
  ['Last update', ({ updated_at, updated_precision }) => isoDate(updated_at, updated_precision)],
  ['Status', ({ state, rag }) => (rag.late ? say('lifecycle.late', 'formal') : say(`lifecycle.${state}`, 'formal'))],
  ['RAG', ({ rag }) => rag.colour],
  ['Why', ({ rag }) => rag.why],
  ['Days late', ({ daysLate }) => daysLate],
  ['Address', ({ id }, _, { baseUrl }) => `${baseUrl}/commitments/${id}`],
  ['As it was on', (_, __, { asOf }) => asOf],
  ['List', (_, __, { list, baseUrl }) => `${baseUrl}${list}`],
  ['Taken at', (_, __, { at }) => at],
];

export const CSV_HEADINGS: readonly string[] = COLUMNS.map(([name]) => name);

/** Described in docs/reference/pledge-log-columns.md. */
export const pledgeLogCsv = (rows: readonly LogRow[], names: Names, taken: Taken): string =>
  csvText([CSV_HEADINGS, ...rows.map((row) => COLUMNS.map(([, value]) => value(row, names, taken)))]);
