import type { HandedOver } from '#authorities/handover.events';
import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, Refusal, Refusals } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { vagueAdvice, vaguePhrase } from '#kernel/vague-phrases';
import type { Audit } from './audit.js';
import { type AuditEvent, type ResponseCode, RESPONSES, type Subject } from './audit.events.js';
import { open } from './audit-rules.js';

/** Months in which an executive must answer a scrutiny report (Local Government Act 2000, section 9FE). */
export const RESPONSE_MONTHS = 2;

/** The same day of a later month; its last day where it has no such day: 31 December and two months is 28 February. */
export const monthsAfter = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
};

export interface NewRecommendation {
  readonly recommendation: string;
  readonly authority: string;
  readonly to?: string;
  readonly what: string;
  /** Left out: two months on, or as long as the council has set. */
  readonly due?: string;
  readonly finding?: string;
  readonly about?: Subject;
  readonly thing?: string;
  readonly reference?: string;
  readonly origin?: string;
  readonly area?: string;
  readonly executiveDate?: string;
  readonly lead?: string;
  readonly sourceStatus?: string;
}

interface Terms {
  readonly today: string;
  /** How long a body has to respond. */
  readonly months?: number;
  /** What a source does not say stays missing. */
  readonly imported?: boolean;
}

export const recommend = (
  state: Audit,
  id: string,
  given: NewRecommendation,
  { today, months = RESPONSE_MONTHS, imported = false }: Terms,
): Decided<AuditEvent> => {
  const no = open(state);
  if (no) return no;
  if (given.finding !== undefined && !state.findings[given.finding]) return missing('finding');
  const known = state.recommendations[given.recommendation];
  if (known) return [];
  const due = given.due ?? (imported ? undefined : monthsAfter(today, months));
  const problems: Refusal[] = [];
  const vague = imported ? undefined : vaguePhrase(given.what);
  if (!given.what.trim()) problems.push(new Refusal('what-missing', 'Say what you recommend.', '/what'));
  else if (vague) problems.push(new Refusal('vague', vagueAdvice(vague), '/what'));
  if (!imported && !given.to?.trim())
    problems.push(new Refusal('to-missing', 'Say which body should do it, and answer you.', '/to'));
  if (due !== undefined && !(isDay(due) && (imported || due >= today)))
    problems.push(new Refusal('date-past', 'The answer must be wanted by a date: today or after today.', '/due'));
  if (problems.length > 0) return new Refusals(problems);
  const { to, what, origin, area, lead, sourceStatus, due: _due, ...rest } = given;
  const sealed = (name: string, value: string | undefined) => (value?.trim() ? { [name]: personal(id, value) } : {});
  return [
    {
      type: 'RecommendationMade',
      data: {
        ...rest,
        ...(due !== undefined && { due }),
        what: personal(id, what),
        ...sealed('to', to),
        ...sealed('origin', origin),
        ...sealed('area', area),
        ...sealed('lead', lead),
        ...sealed('sourceStatus', sourceStatus),
      },
    },
  ];
};

export interface NewResponse {
  readonly recommendation: string;
  readonly answer?: string;
  readonly words?: string;
  readonly byRole: string;
  readonly action?: string;
  readonly executiveDate?: string;
  readonly lead?: string;
}

export const isResponse = (code: string | undefined): code is ResponseCode => RESPONSES.some((each) => each === code);

/** What the body answers. It may answer again, with what it has done since; every answer stays. */
export const respond = (
  state: Audit,
  id: string,
  given: NewResponse,
  { today, imported = false }: Terms,
): Decided<AuditEvent> => {
  const known = state.exists ? state.recommendations[given.recommendation] : undefined;
  if (!known) return missing('recommendation');
  const { answer, words = '', action, lead, executiveDate } = given;
  const problems: Refusal[] = [];
  if (!imported && !isResponse(answer)) problems.push(new Refusal('answer-missing', 'Choose your answer.', '/answer'));
  if (!imported && !words.trim())
    problems.push(new Refusal('words-missing', 'Say in plain words what you will do, or why not.', '/words'));
  if (!imported && answer !== 'not-accepted' && isResponse(answer) && !action?.trim())
    problems.push(new Refusal('action-missing', 'Say what is done about it, and by when.', '/action'));
  if (executiveDate !== undefined && !(isDay(executiveDate) && executiveDate <= today))
    problems.push(new Refusal('date-future', 'The executive’s decision must have a date: today or before.', '/executiveDate')); // prettier-ignore
  if (problems.length > 0) return new Refusals(problems);
  const isLate = known.due !== undefined && today > known.due;
  return [
    {
      type: 'ResponseReceived',
      data: {
        recommendation: given.recommendation,
        byRole: given.byRole,
        ...(isResponse(answer) && { answer }),
        ...(words.trim() && { words: personal(id, words) }),
        ...(action?.trim() && { action: personal(id, action) }),
        ...(lead?.trim() && { lead: personal(id, lead) }),
        ...(executiveDate !== undefined && { executiveDate }),
        ...(isLate && !imported && { afterDue: true }),
      },
    },
  ];
};

/** A later copy of an imported tracker calls the status otherwise. What was called before stays in the record. */
export const noteStatus = (state: Audit, id: string, recommendation: string, status: string): Decided<AuditEvent> =>
  state.exists && state.recommendations[recommendation]
    ? [{ type: 'SourceStatusChanged', data: { recommendation, status: personal(id, status) } }]
    : missing('recommendation');

/** Asked every day, recorded once: the day that was set has gone by and nobody answered. */
export const noteSilence = (state: Audit, recommendation: string, today: string): Decided<AuditEvent> => {
  const known = state.exists ? state.recommendations[recommendation] : undefined;
  if (!known) return missing('recommendation');
  if (known.due === undefined || known.isAnswered || known.isOverdue || today <= known.due) return [];
  return [{ type: 'ResponseOverdue', data: { recommendation, due: known.due } }];
};

/** The new council answers it, within the time that ran for the old one. */
export const passRecommendation = (
  { recommendations }: Audit,
  recommendation: string,
  given: HandedOver,
): Decided<AuditEvent> =>
  recommendations[recommendation]?.authority === given.from
    ? [{ type: 'PassedToSuccessor', data: { ...given, recommendation } }]
    : [];
