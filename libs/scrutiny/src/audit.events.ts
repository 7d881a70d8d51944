import type { HandoverEvent } from '#authorities/handover.events';
import { events, type EventsOf } from '#kernel/event';
import { code, count, date, fields, flag, id, list, oneOf, optional, text, words } from '#kernel/shape';

/** What an officer may find. The worst is not "not satisfied" but "cannot tell": then the record itself falls short. */
export const FINDINGS = ['satisfied', 'with-comments', 'not-satisfied', 'cannot-tell'] as const;
export type FindingCode = (typeof FINDINGS)[number];

/** What can be looked at; the words of the addresses. */
export const SUBJECTS = ['commitment', 'service-change', 'decision', 'contribution'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const SAMPLED = ['promises', 'views'] as const;
export type Sampled = (typeof SAMPLED)[number];

export const RESPONSES = ['accepted', 'partly', 'not-accepted'] as const;
export type ResponseCode = (typeof RESPONSES)[number];

/** How a sample was put in order and cut: docs/reference/sampling.md. A new way of drawing is a new code. */
export const METHOD = 'sha256-order.v1';

/** The choice that a population was made by: only what stands in the log in clear, so that it can be made again for ever. */
export const sampleFilter = fields({
  authority: optional(code),
  team: optional(id),
  pledge: optional(code),
  part: optional(code),
  status: optional(code),
  rag: optional(code),
  late: optional(flag),
  /** Days. */
  lateBy: optional(count),
  ownerRole: optional(text),
  from: optional(date),
  to: optional(date),
});

/**
 * The work of a scrutiny body. Whatever officers and councils type is sealed under the audit's own key. What was found
 * is sealed too, its code included, until the body publishes it: `FindingPublished` then says the code in clear.
 */
export const auditEvents = events({
  AuditOpened: {
    /** Left out: of every council. */
    authority: optional(code),
    title: words,
    /** The scrutiny body, like "Health Overview and Scrutiny Committee". */
    body: words,
  },
  SampleDrawn: {
    sample: id,
    method: oneOf(METHOD),
    /** 32 random bytes, hex. */
    seed: text,
    of: oneOf(...SAMPLED),
    filter: sampleFilter,
    asked: count,
    population: count,
    /** The last entry of the log that the population was read from. */
    position: text,
    /** The day by which lateness and colour were reckoned. */
    day: date,
    /** In the order of the draw. */
    ids: list(id),
  },
  AuditFinding: {
    finding: id,
    about: oneOf(...SUBJECTS),
    thing: id,
    authority: code,
    /** A code of `satisfied · with-comments · not-satisfied · cannot-tell`. */
    found: words,
    reason: words,
    nextCheck: optional(date),
  },
  /** The scrutiny body's own act. The council may answer, not withhold. */
  FindingPublished: { finding: id, found: oneOf(...FINDINGS), decidedBy: words },
  RecommendationMade: {
    recommendation: id,
    finding: optional(id),
    authority: code,
    about: optional(oneOf(...SUBJECTS)),
    thing: optional(id),
    /** Left out only in imported history that does not say whom it was made to. */
    to: optional(words),
    what: words,
    /** When a response is wanted; left out only in imported history. */
    due: optional(date),
    /** The columns of a recommendation tracker. */
    reference: optional(text),
    origin: optional(words),
    area: optional(words),
    executiveDate: optional(date),
    lead: optional(words),
    /** What an imported tracker itself calls its status, to the letter. */
    sourceStatus: optional(words),
  },
  ResponseReceived: {
    recommendation: id,
    /** Left out: an imported source does not say it. */
    answer: optional(oneOf(...RESPONSES)),
    words: optional(words),
    byRole: text,
    /** What is done about it. */
    action: optional(words),
    executiveDate: optional(date),
    lead: optional(words),
    afterDue: optional(flag),
  },
  /** Only of an imported tracker: a later copy of it calls the status of this recommendation otherwise. */
  SourceStatusChanged: { recommendation: id, status: words },
  /** Silence is an event: recorded once, on the first day after the day that was set. */
  ResponseOverdue: { recommendation: id, due: date },
  AuditClosed: { words: optional(words) },
});

export type AuditEvent = EventsOf<typeof auditEvents> | HandoverEvent;
