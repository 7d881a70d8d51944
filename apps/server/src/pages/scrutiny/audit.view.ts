import { belongsTo, onlyReads, SCRUTINEERS, type Who } from '#identity/who';
import type { Subject } from '#scrutiny/audit.events';
import type { AuditRow, FindingRow, SampleRow } from '#scrutiny/audits.queries';
import type { RecommendationRow, Standing } from '#scrutiny/recommendations.queries';
import type { FoundAbout } from '../../scrutiny/found-about.js';
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
  closing: row.closing === null ? null : words(row.closing),
});

export const sampleLine = (row: SampleRow) => ({
  href: `/scrutiny/samples/${row.id}`,
  text: `${Math.min(row.asked, row.population)} of ${row.population} ${row.sampled}, ${longDate(row.drawn_at)}`,
});

export const placeOf = (about: Subject, thing: string): string => `/${PLACE[about]}/${thing}`;

/** What was found, with a way to publish it for whoever may. `thing`: what it is called where several stand in one list. */
export const findingView = (row: FindingRow, { words }: ScrutinyNames, who: Who, thing = 'What was looked at') => {
  const code = row.result ?? words(row.found);
  const mayPublish = row.published_at === null && isOfficerOf(who, row.authority);
  return {
    thing,
    href: placeOf(row.about, row.thing),
    audit: `/scrutiny/audits/${row.audit}`,
    publish: mayPublish ? `/scrutiny/findings/${row.id}/publication` : null,
    // Words that were erased, or that cannot be opened, are said as they are.
    found: code in TONE ? say(`finding.${code}` as WordingKey, 'formal') : code,
    tone: TONE[code] ?? 'quiet',
    reason: words(row.reason),
    meta: [
      `Found ${longDate(row.found_at)}.`,
      row.published_at === null
        ? 'Not published. Only the council and scrutiny see it. The council may answer; it cannot withhold it.'
        : `Published ${longDate(row.published_at)}. Decided by: ${words(row.decided_by)}.`,
      ...(row.next_check === null ? [] : [`Next check: ${longDate(row.next_check)}.`]),
    ],
  };
};

/** An officer who may write here: of this council (null: of any), not one who only reads across all of them. */
export const isOfficerOf = (who: Who, authority: string | null): boolean =>
  who.kind === 'staff' &&
  SCRUTINEERS.includes(who.role) &&
  !onlyReads(who) &&
  (authority === null || belongsTo(who, authority));

export const recommendationView = (row: RecommendationRow & { readonly standing: Standing }, names: ScrutinyNames) => ({
  kind: `To: ${names.words(row.to_body)}. ${exactDate(row.made_at, row.precision)}`,
  what: names.words(row.what),
  href: `/scrutiny/recommendations/${row.id}`,
  tag: say(`standing.${row.standing}`, 'formal'),
  tone: TONE[row.standing],
  meta: [
    `Response wanted by: ${row.due === null ? NOT_RECORDED : longDate(row.due)}.`,
    ...(row.published === 1 ? [] : ['Not published. Only the council and scrutiny see it.']),
    ...(row.answer === null ? [] : [`Answer: ${say(`response.${row.answer}` as WordingKey, 'formal')}.`]),
    ...(row.action === null ? [] : [`What is done: ${names.words(row.action)}`]),
  ],
});

/** What scrutiny found of one thing, for the page of that thing: the last finding in one line, then all of them. */
export const scrutinyOf = ({ findings, recommendations }: FoundAbout, names: ScrutinyNames, who: Who) => {
  const views = findings.map((each) => findingView(each, names, who, 'The audit'));
  const last = views.at(-1);
  return {
    line: last ? `Scrutiny found: ${last.found}. ${last.meta[0] ?? ''}` : null,
    findings: views.map((each) => ({ ...each, href: each.audit })),
    recommendations: recommendations.map((each) => recommendationView(each, names)),
  };
};
