import type {
  DataRequestKind,
  ExtensionReason,
  Outcome,
  PauseReason,
  RefusalGround,
} from '#data-requests/data-request.events';
import { pausesOf, type DataRequestRow } from '#data-requests/data-requests.queries';
import { acknowledgeDue, answerDue } from '#data-requests/month-clock';
import type { DataSubjectStep, StepKind } from '#erasure/data-subjects.queries';
import { ROLES } from '#kernel/codes';
import type { Json } from '#kernel/personal';
import type { PersonalRead } from '#reads/personal-reads';
import type { ReadKind } from '#reads/what-counts';
import { longDate, longMoment } from '../../shell/dates.js';
import { say } from '../../wording/wording.js';

/** What people ask, in their words. */
export const KINDS: Readonly<Record<DataRequestKind, string>> = {
  copy: 'See what you hold about me',
  erase: 'Have it erased',
  restrict: 'Have it kept, and not shown or used',
  correct: 'Have something put right',
  complaint: 'Complain about what was done with it',
};
export const PAUSES: Readonly<Record<PauseReason, string>> = {
  identity: 'we asked them to show who they are',
  clarification: 'we asked them what they mean',
};
const EXTENSIONS: Readonly<Record<ExtensionReason, string>> = {
  complex: 'it is complex',
  several: 'they asked for several things',
};
export const OUTCOMES: Readonly<Record<Outcome, string>> = { done: 'Done', partly: 'Partly done', refused: 'Refused' };
export const REFUSALS: Readonly<Record<RefusalGround, string>> = {
  'not-identified': 'we cannot be sure who they are',
  'nothing-held': 'we hold nothing about them',
  'legal-hold': 'it must be kept for a court, an inquiry, safeguarding or an audit',
  'legal-duty': 'a law says that we must keep it',
  'public-task': 'we need it for our public task',
  'legal-claims': 'it is needed for a legal claim',
  'others-rights': 'it would show something about somebody else',
  'public-health': 'it is needed for public health',
  archive: 'it is needed for an archive or for research in the public interest',
  unfounded: 'the request is manifestly unfounded or excessive',
};
export const GROUNDS: Readonly<Record<StepKind, Readonly<Record<string, string>>>> = {
  erasure: {
    'no-longer-needed': 'it is no longer needed',
    'consent-withdrawn': 'they took back their consent',
    objection: 'they object',
    unlawful: 'it should not have been kept',
    'legal-duty': 'a law says that it must be erased',
    child: 'they were a child when it was collected',
  },
  hold: { court: 'a court', inquiry: 'an inquiry', safeguarding: 'safeguarding', audit: 'an audit' },
  restriction: {
    'accuracy-contested': 'they say that it is wrong',
    unlawful: 'it should not have been kept, and they do not want it erased',
    'legal-claim': 'they need it for a legal claim',
    objection: 'they object, and we have not decided yet',
  },
};
const READS: Readonly<Record<ReadKind, string>> = {
  'name-and-contact': 'Name and contact',
  'private-words': 'Words that are not shown to everyone',
  helper: 'Who helped them',
  'asked-of-us': 'What they asked of the team',
  'card-code': 'The code of their card',
  'data-request': 'What they asked about their information',
  copy: 'A copy of everything',
};

/** A role as people read it; the command line is no role. */
const roleName = (role: string): string => {
  const code = ROLES.find((each) => each === role);
  return code ? say(`role.${code}`, 'formal') : role;
};

/** Where the clock of a request stands, in words. */
export const clockOf = (
  row: DataRequestRow,
  today: string,
): { text: string; tone: 'good' | 'waiting' | 'bad' | 'quiet' } => {
  if (row.answered_on)
    return { text: `${OUTCOMES[row.outcome ?? 'done']} on ${longDate(row.answered_on)}`, tone: row.outcome === 'refused' ? 'quiet' : 'good' }; // prettier-ignore
  if (row.kind === 'complaint') {
    if (row.acknowledged_on) return { text: `Receipt confirmed on ${longDate(row.acknowledged_on)}`, tone: 'waiting' };
    const due = acknowledgeDue(row.received_on);
    return { text: `Confirm receipt by ${longDate(due)}`, tone: today > due ? 'bad' : 'waiting' };
  }
  const due = answerDue(row.received_on, pausesOf(row), row.extended !== null);
  if (due === undefined) return { text: 'The clock stands still. We wait for the person', tone: 'quiet' };
  return { text: `Answer by ${longDate(due)}`, tone: today > due ? 'bad' : 'waiting' };
};

export const requestItem = (row: DataRequestRow, today: string) => ({
  kind: KINDS[row.kind],
  href: `/data-protection/requests/${row.id}`,
  received: longDate(row.received_on),
  ...clockOf(row, today),
});

/** What happened to a request, oldest first. */
export const requestHistory = (row: DataRequestRow): string[] => [
  `It reached us on ${longDate(row.received_on)}.`,
  ...(row.acknowledged_on ? [`We confirmed that we have it on ${longDate(row.acknowledged_on)}.`] : []),
  ...pausesOf(row).map(({ from, to, why }) => `The clock stood still from ${longDate(from)}${to ? ` to ${longDate(to)}` : ''}, because ${PAUSES[why]}.`), // prettier-ignore
  ...(row.extended ? [`Two months more were taken, because ${EXTENSIONS[row.extended]}.`] : []),
  ...(row.answered_on
    ? [`${OUTCOMES[row.outcome ?? 'done']} on ${longDate(row.answered_on)}${row.ground ? `, because ${REFUSALS[row.ground]}` : ''}.`] // prettier-ignore
    : []),
];

const DID: Readonly<Record<StepKind, string>> = {
  erasure: 'Erased',
  hold: 'Under a legal hold',
  restriction: 'Kept, and not shown',
};

/** That, when, by which role and why; never what. */
export const stepItem = (step: DataSubjectStep) => {
  const of = step.subject === 'participant' ? 'a person' : 'a view';
  const ended = step.ended_at === null ? undefined : longDate(step.ended_at);
  const since = longDate(step.at);
  const isErasure = step.kind === 'erasure';
  return {
    what: `${DID[step.kind]}: ${of}`,
    href: `/data-protection/people/${step.person}`,
    when: isErasure
      ? (ended ?? `begun on ${since}, not finished yet`)
      : ended
        ? `${since} to ${ended}`
        : `since ${since}`,
    who: roleName(step.by_role).toLowerCase(),
    why: GROUNDS[step.kind][step.ground] ?? step.ground,
    isOpen: ended === undefined,
    stores: step.stores ? (JSON.parse(step.stores) as { store: string; purged: number }[]) : [],
  };
};

export const readItem = ({ at, role, kind, place }: PersonalRead) => ({
  when: longMoment(at),
  role: roleName(role),
  what: READS[kind],
  // May break after each slash, or it is wider than a phone.
  place: place.replaceAll('/', '/\u200b'),
});

/** Anything that was copied, as lines that people can read: where it stands, and what it says. */
export const readableLines = (value: Json | undefined, at: readonly string[] = []): { at: string; text: string }[] => {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [{ at: at.join(' › '), text: String(value) }];
  if (isList(value))
    return value.flatMap((each, n) => readableLines(each, value.length > 1 ? [...at, String(n + 1)] : at));
  return 'base64' in value
    ? [{ at: at.join(' › '), text: 'A picture or a recording. It is in the machine-readable copy.' }]
    : Object.entries(value).flatMap(([key, each]) => readableLines(each, [...at, key]));
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
