import type { Subject } from '#scrutiny/audit.events';
import type { AuditRow, FindingRow, SampleRow } from '#scrutiny/audits.queries';
import type { RecommendationRow, Standing } from '#scrutiny/recommendations.queries';
import { exactDate, longDate } from '../../shell/dates.js';
import { say, type WordingKey } from '../../wording/wording.js';
import { NOT_RECORDED, type ScrutinyNames } from './promises.view.js';

const TONE: Readonly<Record<string, string>> = {
  satisfied: 'good', 'with-comments': 'good', 'not-satisfied': 'bad', 'cannot-tell': 'waiting',
  answered: 'good', overdue: 'bad', waiting: 'waiting', 'not-asked': 'quiet',
}; // prettier-ignore

/** Where what was looked at can be read, by its kind. */
const PLACE: Readonly<Record<Subject, string>> = {
  commitment: 'commitments',
  'service-change': 'service-changes',
  decision: 'decisions',
  contribution: 'views',
};

export const auditCard = (row: AuditRow, { council, words }: ScrutinyNames) => ({
  kind: `${words(row.body)}. ${row.authority === null ? 'Every council' : council(row.authority)}`,
  title: words(row.title),
  href: `/scrutiny/audits/${row.id}`,
  icon: 'eye',
  meta: [`Opened ${longDate(row.opened_at)}.${row.closed_at ? ` Closed ${longDate(row.closed_at)}.` : ' Still open.'}`],
});

export const sampleLine = (row: SampleRow) => ({
  href: `/scrutiny/samples/${row.id}`,
  text: `${Math.min(row.asked, row.population)} of ${row.population} ${row.sampled}, ${longDate(row.drawn_at)}`,
});

export const findingView = (row: FindingRow, { words }: ScrutinyNames) => {
  const code = row.result ?? words(row.found);
  return {
    thing: 'What was looked at',
    href: `/${PLACE[row.about]}/${row.thing}`,
    // Words that were erased, or that cannot be opened, are said as they are.
    found: code in TONE ? say(`finding.${code}` as WordingKey, 'formal') : code,
    tone: TONE[code] ?? 'quiet',
    reason: words(row.reason),
    meta: [
      `Found ${longDate(row.found_at)}.`,
      row.published_at === null
        ? 'Not published. Only the council and scrutiny see it.'
        : `Published ${longDate(row.published_at)}. Decided by: ${words(row.decided_by)}.`,
      ...(row.next_check === null ? [] : [`Next check: ${longDate(row.next_check)}.`]),
    ],
  };
};

export const recommendationView = (row: RecommendationRow & { readonly standing: Standing }, names: ScrutinyNames) => ({
  kind: `To: ${names.words(row.to_body)}. ${exactDate(row.made_at, row.precision)}`,
  what: names.words(row.what),
  tag: say(`standing.${row.standing}`, 'formal'),
  tone: TONE[row.standing],
  meta: [
    `Response wanted by: ${row.due === null ? NOT_RECORDED : longDate(row.due)}.`,
    ...(row.answer === null ? [] : [`Answer: ${say(`response.${row.answer}` as WordingKey, 'formal')}.`]),
    ...(row.action === null ? [] : [`What is done: ${names.words(row.action)}`]),
  ],
});
