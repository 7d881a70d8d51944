import type { HandoverEvent } from '#authorities/handover.events';
import { ATTRIBUTIONS, CAPACITIES, CHANNELS, REQUEST_KINDS, VOICES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import type { LadderEvent } from '#lifecycle/lifecycle.events';
import { code, count, flag, id, instant, list, fields, oneOf, optional, sealedWhole, text, words } from '#kernel/shape';

export const MEDIA = ['photo', 'drawing', 'audio', 'video', 'symbols'] as const;
export const REPLY_CHANNELS = ['read-aloud', 'letter', 'phone', 'email', 'in-person', 'text'] as const;

/** What a second card lets its holder do. */
export const CARD_SCOPES = ['see', 'act'] as const;

/** Why a clock may stand still: because somebody else has to act first, never because we are busy. */
export const STOP_REASONS = ['asked-the-person', 'person-asked-to-wait', 'another-body', 'other'] as const;

/** Why everyone reads other words than were given, or none. `fix-not-read-yet`: our notes were fixed after a public version was written. */
export const REDACTION_REASONS = ['names-someone', 'private-details', 'could-harm', 'against-the-law', 'fix-not-read-yet'] as const; // prettier-ignore
export type RedactionReason = (typeof REDACTION_REASONS)[number];

export const contributionEvents = events({
  ContributionReceived: {
    authority: code,
    team: optional(id),
    /** The person, if known by a pseudonymous id. */
    participant: optional(id),
    words: optional(words),
    /** A photo, drawing or recording that stands for words: what it shows, and the file's digest in the sealed store. */
    media: optional(list(fields({ kind: oneOf(...MEDIA), description: words, file: optional(words) }))),
    channel: oneOf(...CHANNELS),
    capacity: oneOf(...CAPACITIES),
    voice: oneOf(...VOICES),
    attribution: oneOf(...ATTRIBUTIONS),
    /** Who helped or spoke for them; only with `helped` or `proxy`. */
    helper: optional(words),
    /** The person agreed that this be said for them. */
    agreed: optional(flag),
    groupSize: optional(count),
    language: optional(code),
    /** English words of a translator, beside the original. */
    translation: optional(fields({ words, by: text })),
    meeting: optional(id),
    /** The earlier view that this one adds to. */
    addsTo: optional(id),
    /** False: recorded but not published (imports say so). Left out: public, unless attribution is `hidden`. */
    published: optional(flag),
    /** Reference in the source system, for imported history. */
    reference: optional(text),
  },
  ContributionReadBack: { meeting: optional(id), agreed: flag },
  ContributionCorrected: { words, why: optional(words), request: optional(id) },
  ContributionsGrouped: { group: id, with: list(id) },
  /** Considered at a discussion; `inTime` false: it was decided before they told us. */
  ContributionConsidered: { discussion: id, meeting: optional(id), inTime: flag },
  ContributionWithdrawn: { reason: optional(words) },
  AttributionChanged: { attribution: oneOf(...ATTRIBUTIONS) },
  /** Beside the private words, which stay: that, when, by which role and why is public; what was left out never is. */
  PublicVersionGiven: { words, reason: oneOf(...REDACTION_REASONS) },
  ViewHeldBack: { reason: oneOf(...REDACTION_REASONS), explanation: optional(words) },
  /** `shown` false: the person asked meanwhile not to be shown. */
  ViewReleased: { shown: flag },
  RequestMade: {
    request: id,
    kind: oneOf(...REQUEST_KINDS),
    note: optional(words),
    contact: optional(words),
    subject: optional(id),
  },
  RequestAnswered: { request: id, answer: words, by: text },
  ReplySent: {
    channel: oneOf(...REPLY_CHANNELS),
    format: code,
    givenAt: instant,
    /** Role of who gave it; their name is sealed. */
    byRole: text,
    by: optional(words),
    /** The decision or change it tells of; none: an acknowledgement or a holding reply. */
    about: optional(id),
    /** For a holding reply: when the answer will come. */
    answerBy: optional(code),
    words: optional(words),
  },
  ReplyDelivered: { reply: id },
  ReplyFailed: { reply: id, reason: text },
  /** The clock for the answer stands still: we wait for somebody else. `words` where the code alone does not say it. */
  ClockStopped: { reason: oneOf(...STOP_REASONS), words: optional(words) },
  ClockStarted: {},
  ReplyReadAloud: { meeting: optional(id), about: optional(id) },
  /** Nobody waits for a reply any more. Why is sealed: the record must not tell everyone that somebody died. */
  RepliesEnded: { why: words },
  RepliesResumed: {},
  CardIssued: {
    card: id,
    holder: oneOf('person', 'supporter', 'family'),
    /** What its holder may do; left out: all that the person may. */
    scope: optional(oneOf(...CARD_SCOPES)),
    agreed: optional(flag),
    replaces: optional(id),
  },
  CardCancelled: { card: id, reason: oneOf('lost', 'person-asked', 'agreement-ended', 'replaced') },
});

/** A view waits for its answer as a promise waits to be kept: the ladder of reminders is the same. */
export type ContributionEvent = EventsOf<typeof contributionEvents> | LadderEvent | HandoverEvent;

/** Answers about understanding stand in one stream per authority, sealed whole, so that the log does not defeat suppression. */
export const understandingEvents = events({
  UnderstandingAnswered: {
    answer: sealedWhole<{ contribution: string; decision?: string; understood: string; callBack: boolean }>(
      'contribution, decision, answer',
    ),
  },
});

export type UnderstandingEvent = EventsOf<typeof understandingEvents>;
