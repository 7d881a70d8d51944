import type { LogRow } from '#pledge-log/pledge-log';
import type { Behind } from '#scrutiny/behind.queries';
import type { SampleFilter } from '#scrutiny/sampling';
import { exactDate, longDate } from '../../shell/dates.js';
import { has, say, type WordingKey } from '../../wording/wording.js';
import { daysWords, dueDate, formalState, movedWords } from '../pledge-log/pledge-log.view.js';

export interface ScrutinyNames {
  readonly council: (code: string) => string;
  readonly team: (id: string) => string;
  readonly words: (ref: string | null) => string;
}

/** What a recommendation tracker says of each, in its order. */
export const PROMISE_HEAD = ['Reference', 'Origin', 'What people asked', 'Answer', 'Promise', 'Owner', 'Due', 'Last update', 'Status', 'RAG and why']; // prettier-ignore

export const NOT_RECORDED = 'Not recorded';
const SHORT = 120;

export const brief = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT - 2).trimEnd()} …` : text);

/** One promise for a table; whatever the record is silent about says "Not recorded", never nothing. */
export const promiseCells = (row: LogRow, behind: readonly Behind[], names: ScrutinyNames) => [
  { text: row.number, href: `/commitments/${row.id}` },
  { text: originOf(row, names) },
  { text: askedOf(behind, names) },
  { text: answerOf(behind) },
  { text: brief(names.words(row.what)) },
  { text: ownerOf(row, names) },
  { text: row.due === null ? NOT_RECORDED : `${dueDate(row.due, row.due_precision)}, ${movedWords(row.moved)}` },
  { text: exactDate(row.updated_at, row.updated_precision) },
  { text: row.rag.late ? `${formalState('late')} by ${daysWords(row.daysLate ?? 0)}` : formalState(row.state) },
  { text: row.rag.why },
];

export const originOf = (row: LogRow, { council, team }: ScrutinyNames): string =>
  `${row.team === null ? council(row.authority) : `${team(row.team)}, ${council(row.authority)}`}. ${row.part}. ${exactDate(row.promised_at, row.promised_precision)}`;

export const askedOf = (behind: readonly Behind[], { words }: ScrutinyNames): string => {
  const views = behind.filter(({ kind }) => kind === 'contribution');
  const [first] = views.flatMap((view) => (view.words === null ? [] : [words(view.words)]));
  if (views.length === 0) return NOT_RECORDED;
  const rest = views.length - (first === undefined ? 0 : 1);
  const others = rest === 0 ? '' : first === undefined ? `${rest} ${rest === 1 ? 'view' : 'views'}, not shown` : ` And ${rest} more.`; // prettier-ignore
  return first === undefined ? others : `“${brief(first)}”${others}`;
};

export const answerOf = (behind: readonly Behind[]): string => {
  const answers = behind.flatMap(({ kind, answer }) =>
    kind === 'decision' ? [answer === null ? NOT_RECORDED : say(`answer.${answer}` as WordingKey, 'formal')] : [],
  );
  return answers.length === 0 ? NOT_RECORDED : [...new Set(answers)].join('. ');
};

export const ownerOf = (row: LogRow, { words }: ScrutinyNames): string =>
  row.owner_name === null
    ? [row.owner_role, 'Nobody is named'].filter(Boolean).join('. ')
    : `${words(row.owner_name)}, ${row.owner_role ?? 'role not recorded'}`;

/** A filter in words, so that a reader need not decode an address. */
export const filterWords = (filter: SampleFilter, { council, team }: ScrutinyNames): string => {
  const { authority, team: teamId, pledge, part, status, rag, late, lateBy, ownerRole, from, to } = filter;
  const said = [
    authority !== undefined && `of ${council(authority)}`,
    teamId !== undefined && `of the team ${team(teamId)}`,
    pledge !== undefined && `under the pledge ${pledge}`,
    part !== undefined && `under part ${part}`,
    status !== undefined && `with the status “${has(`lifecycle.${status}`) ? formalState(status) : status}”`,
    rag !== undefined && `that were ${rag}`,
    late !== undefined && (late ? 'that were late' : 'that were not late'),
    lateBy !== undefined && `late by ${daysWords(lateBy)} or more`,
    ownerRole !== undefined && `owned by the ${ownerRole}`,
    from !== undefined && `from ${longDate(from)} on`,
    to !== undefined && `up to ${longDate(to)}`,
  ].filter((each) => typeof each === 'string');
  return said.length === 0 ? 'of every council' : said.join(', ');
};
