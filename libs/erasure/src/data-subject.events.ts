import { events, type EventsOf } from '#kernel/event';
import { code, count, date, fields, id, list, oneOf, text } from '#kernel/shape';

/** Article 17(1), and for those who ask through a law or a court. */
export const ERASURE_BASES = ['no-longer-needed', 'consent-withdrawn', 'objection', 'unlawful', 'legal-duty', 'child'] as const; // prettier-ignore
/** Article 18(1)(a) to (d); and words that could put somebody in danger, moved out of everybody's reach. */
export const RESTRICTION_GROUNDS = [
  'accuracy-contested',
  'unlawful',
  'legal-claim',
  'objection',
  'safeguarding',
] as const;
export const HOLD_GROUNDS = ['court', 'inquiry', 'safeguarding', 'audit'] as const;

const kind = oneOf('participant', 'contribution');

/** One stream per data subject, `dataSubject-<their id>`: that, when, by which role and on what ground; never what. */
export const dataSubjectEvents = events({
  LegalHoldPlaced: { hold: id, subject: kind, authority: code, ground: oneOf(...HOLD_GROUNDS) },
  LegalHoldLifted: { hold: id },
  /** Their words are kept and shown to nobody but themselves, until it is lifted. */
  UseRestricted: { restriction: id, subject: kind, authority: code, ground: oneOf(...RESTRICTION_GROUNDS) },
  RestrictionLifted: { restriction: id },
  /** From here on nothing of theirs is shown, and there is no way back. */
  SubjectErasureRequested: {
    erasure: id,
    subject: kind,
    authority: code,
    basis: oneOf(...ERASURE_BASES),
    authorisedBy: code,
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
export type ErasureBasis = (typeof ERASURE_BASES)[number];
export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];
export type HoldGround = (typeof HOLD_GROUNDS)[number];
