import type { HandoverEvent } from '#authorities/handover.events';
import { ANSWERS, EFFECTS, REASONS, CAPACITIES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, count, date, fields, flag, id, list, oneOf, optional, text, words } from '#kernel/shape';

export const decisionEvents = events({
  DecisionMade: {
    authority: code,
    team: optional(id),
    meeting: optional(id),
    discussion: optional(id),
    /** Left out only for imported history whose source does not say; shown as a gap. */
    answer: optional(oneOf(...ANSWERS)),
    statement: words,
    /** Left out where the answer needs none, or as *missing* in imported history (a gap, never an invented reason). */
    reason: optional(fields({ codes: list(oneOf(...REASONS)), words: optional(words), source: optional(text) })),
    whichPart: optional(words),
    lookAgain: optional(date),
    /** "We will not look at this again", said on purpose. */
    noLookAgain: optional(flag),
    passedTo: optional(text),
    alternatives: list(fields({ what: words, why: optional(words) })),
    interests: list(fields({ role: text, interest: words })),
    dispensations: optional(list(text)),
    money: optional(text),
    /** Set by participants, 1 to 5. */
    importance: optional(count),
    decidedBy: list(fields({ role: text, body: optional(text), capacity: oneOf(...CAPACITIES) })),
    easyText: optional(words),
    /** What an imported source itself calls its state, to the letter. */
    sourceStatus: optional(words),
    /** Why a vague phrase was let stand. */
    vagueOverride: optional(text),
    reference: optional(text),
    url: optional(text),
  },
  DecisionLinkedToContribution: {
    contribution: id,
    /** What the view did. Left out: an imported source does not say it. */
    effect: optional(oneOf(...EFFECTS)),
    why: optional(words),
    meeting: optional(id),
  },
  DecisionUnlinked: { contribution: id, why: words, meeting: optional(id) },
  DecisionReferred: { to: text, on: date },
  /** `to` answered, or never did. */
  DecisionReferralAnswered: { to: text, words },
  DecisionReviewRequested: { contribution: optional(id), request: id, why: optional(words) },
  DecisionReviewAnswered: { request: id, words, changed: flag },
  DecisionSuperseded: { by: id, why: optional(words) },
  /** A fact of imported history: the source says this decision was taken back to "not decided". */
  DecisionReopened: { status: code, why: optional(words) },
});

export type DecisionEvent = EventsOf<typeof decisionEvents> | HandoverEvent;
