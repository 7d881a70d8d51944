import type { PackStatement } from '#reports/cqc-framework';
import type { AskedSaidDidEntry } from '#reports/asked-said-did';
import type { ReportRow } from '#reports/report-row';
import type { ReportListed, ReportShown } from '#reports/reports.queries';
import type { Cell } from '../shell/csv.js';
import type { OpenWords } from './list.json.js';

export const reportItem = ({ from_day, to_day, set_on, published_on, published_at, entry, isFrozen, ...row }: ReportListed) => ({
  id: row.id,
  authority: row.authority,
  team: row.team,
  title: row.title,
  from: from_day,
  to: to_day,
  due: row.due,
  setOn: set_on,
  publishedOn: published_on,
  publishedAt: published_at,
  punctuality: row.punctuality,
  corrections: row.corrections,
  madeFromTheRecord: isFrozen,
  entry,
}); // prettier-ignore

export const reportShown = (report: ReportShown, open: OpenWords) => ({
  ...reportItem(report),
  formats: report.formats,
  readability: report.readability,
  checkedByPeople: report.checkedByPeople,
  checkedBy: report.checkedBy,
  url: report.url,
  fingerprint: report.fingerprint,
  pledge: report.pledge,
  wording: report.wording,
  rows: report.rows,
  corrections: report.corrections_made.map(({ entry, happened_on, line, what, was, now }) => ({
    entry,
    on: happened_on,
    row: line,
    was: open(was),
    now: open(now),
    why: open(what),
  })),
});

export const askedSaidDidItem = ({ decision, asked, said, moreSaid, notShown, did }: AskedSaidDidEntry, open: OpenWords) => ({
  decision: decision.id,
  authority: decision.authority,
  team: decision.team,
  on: decision.occurred_at,
  asked,
  said: said.map(({ words, ...view }) => ({ ...view, words: open(words) })),
  moreSaid,
  notShown,
  answer: decision.answer,
  decided: open(decision.statement),
  because: open(decision.reason_words) ?? decision.reason_source,
  lookAgain: decision.look_again,
  passedTo: decision.passed_to,
  did: did.map(({ what, owner_role: ownerRole, ...change }) => ({ ...change, what: open(what), ownerRole })),
}); // prettier-ignore

const CQC_HEAD = [
  'theme',
  'quality_statement',
  'line',
  'line_text',
  'kind',
  'says',
  'number',
  'out_of',
  'not_known',
  'records',
];

/** One row for each number and each answer behind a quality statement; one that has nothing behind it has a row that says so. */
export const cqcRows = (pack: readonly PackStatement[], base: string, query: string): readonly (readonly Cell[])[] => [
  CQC_HEAD,
  ...pack.flatMap(({ theme, title, evidence, why }) => {
    const lines = evidence.flatMap((row) => evidenceCells(row, base, query));
    return (lines.length > 0 ? lines : [['', '', 'nothing', why, null, null, null, '']]).map((cells) => [theme, title, ...cells]);
  }),
]; // prettier-ignore

const evidenceCells = ({ row, text, people, record, notRecorded }: ReportRow, base: string, query: string): Cell[][] => [
  ...people.map(({ statement, state, says, yes, total }): Cell[] => [
    row, text, 'people say', `${statement}: ${says[0] ?? state}`, yes, total, null, `${base}/statements/${statement}`,
  ]),
  ...record.map(({ measure, says, met, of, notKnown }): Cell[] => [
    row, text, 'record shows', says, met, of, notKnown, `${base}/pledge/${row}/${measure}${query}`,
  ]),
  ...notRecorded.map((says): Cell[] => [row, text, 'not recorded', says, null, null, null, `${base}/pledge/${row}${query}`]),
]; // prettier-ignore
