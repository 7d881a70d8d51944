import { events, type EventsOf } from '#kernel/event';
import { code, count, date, fields, id, list, oneOf, optional, text, words } from '#kernel/shape';

/** What a person may ask about their data: UK GDPR articles 15, 17 and 18. */
export const DATA_REQUEST_KINDS = ['access', 'erasure', 'restriction'] as const;
/** Why the clock stands still (Data (Use and Access) Act 2025): only until they have answered. */
export const PAUSE_REASONS = ['identity', 'clarification'] as const;
/** Article 17(1), and for those who ask through a law or a court. */
export const ERASURE_BASES = ['no-longer-needed', 'consent-withdrawn', 'objection', 'unlawful', 'legal-duty', 'child'] as const; // prettier-ignore
/** Article 17(3), and 12(5) for requests that are manifestly unfounded. */
export const REFUSAL_GROUNDS = ['expression', 'public-task', 'public-health', 'archiving', 'legal-claims', 'unfounded'] as const; // prettier-ignore
/** Article 18(1). */
export const RESTRICTION_GROUNDS = ['accuracy-contested', 'unlawful-but-kept', 'needed-for-claims', 'objection-pending'] as const; // prettier-ignore
export const HOLD_GROUNDS = ['court', 'inquiry', 'safeguarding', 'audit'] as const;

const kind = oneOf('participant', 'contribution');

/** One stream per data subject, `dataSubject-<their id>`: that, when, by which role and on what ground; never what. */
export const dataSubjectEvents = events({
  DataRequestReceived: {
    request: id,
    kind: oneOf(...DATA_REQUEST_KINDS),
    subject: kind,
    authority: code,
    receivedOn: date,
    due: date,
  },
  DataRequestPaused: { request: id, why: oneOf(...PAUSE_REASONS), on: date },
  DataRequestResumed: { request: id, on: date, due: date },
  DataRequestExtended: { request: id, due: date, why: optional(words) },
  DataRequestRefused: { request: id, ground: oneOf(...REFUSAL_GROUNDS), why: optional(words) },
  DataCopyGiven: { request: id },
  ProcessingRestricted: {
    subject: kind,
    authority: code,
    ground: oneOf(...RESTRICTION_GROUNDS),
    request: optional(id),
  },
  RestrictionLifted: { why: optional(words) },
  LegalHoldPlaced: { hold: id, subject: kind, authority: code, ground: oneOf(...HOLD_GROUNDS), why: optional(words) },
  LegalHoldLifted: { hold: id, why: optional(words) },
  /** From here on nothing of theirs is shown, and there is no way back. */
  SubjectErasureRequested: {
    erasure: id,
    subject: kind,
    authority: code,
    basis: oneOf(...ERASURE_BASES),
    authorisedBy: code,
    request: optional(id),
  },
  /** The keys are destroyed and every store was purged and looked through again. Very many keys take several of these. */
  SubjectErased: {
    erasure: id,
    kids: list(text),
    basis: oneOf(...ERASURE_BASES),
    authorisedBy: code,
    on: date,
    stores: list(fields({ store: code, purged: count })),
  },
});

export type DataSubjectEvent = EventsOf<typeof dataSubjectEvents>;
export type DataRequestKind = (typeof DATA_REQUEST_KINDS)[number];
export type ErasureBasis = (typeof ERASURE_BASES)[number];
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];
export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];
export type HoldGround = (typeof HOLD_GROUNDS)[number];
export type PauseReason = (typeof PAUSE_REASONS)[number];
