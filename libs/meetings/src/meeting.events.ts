import type { HandoverEvent } from '#authorities/handover.events';
import { ANSWERS, ATTRIBUTIONS, CAPACITIES, EFFECTS, REASONS, VOICES } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import {
  code,
  count,
  date,
  fields,
  flag,
  id,
  instant,
  list,
  oneOf,
  optional,
  sealedWhole,
  text,
  words,
} from '#kernel/shape';

/** Could what is discussed still change things (first Gunning principle: at a formative stage)? */
export const OPENNESS = ['open', 'partly', 'decided'] as const;
export const OUTCOME_KINDS = ['contribution', 'discussion', 'decision', 'serviceChange'] as const;

export type AccessTask = {
  readonly need: string;
  readonly count: number;
  readonly met: boolean;
  readonly reason?: string | undefined;
};
export type Tally = { readonly statement: string; readonly answer: string; readonly count: number };

/** Who decided, in what role, for which body, in what capacity. */
export const decider = fields({ role: text, body: optional(text), capacity: oneOf(...CAPACITIES) });

export const meetingEvents = events({
  MeetingCalled: {
    authority: code,
    team: id,
    title: text,
    startsAt: instant,
    place: optional(text),
    openness: optional(oneOf(...OPENNESS)),
  },
  MeetingOpened: {},
  MeetingClosed: {},
  AttendanceRecorded: {
    capacities: list(fields({ capacity: oneOf(...CAPACITIES), count })),
    /** Ids of those present, sealed as one. */
    people: optional(sealedWhole<string[]>('who was present')),
    decisionMakerPresent: optional(flag),
    openness: optional(oneOf(...OPENNESS)),
    rung: optional(text),
  },
  InterestDeclared: { role: text, interest: words },
  /** What was needed to take part, and whether it was there: private, because a need and a small count point at a person. */
  AccessNeedsMet: { tasks: sealedWhole<AccessTask[]>('access needs, how many people, met or why not') },
  /** "How was the meeting?", counted by a helper. Sealed whole, so that the log does not defeat suppression. */
  StatementsTallied: { tallies: sealedWhole<Tally[]>('statement, answer, how many') },
  // What was recorded at the meeting, item by item, in the one append that ends in OutcomesRecorded. The fan-out turns
  // each into an event of its own concept; `ref` is the writer's own label, `item` the id that it will have.
  ContributionNoted: {
    ref: text,
    item: id,
    participant: optional(id),
    words,
    capacity: oneOf(...CAPACITIES),
    voice: oneOf(...VOICES),
    attribution: oneOf(...ATTRIBUTIONS),
    helper: optional(words),
    agreed: optional(flag),
    groupSize: optional(count),
    language: optional(code),
    readBack: optional(flag),
  },
  DiscussionNoted: {
    ref: text,
    item: id,
    title: text,
    contributions: list(id),
    points: optional(list(words)),
    dissent: optional(list(words)),
    /** No decision was made: when it will be. */
    decideBy: optional(date),
  },
  DecisionNoted: {
    ref: text,
    item: id,
    discussion: optional(id),
    answer: oneOf(...ANSWERS),
    statement: words,
    reason: optional(fields({ codes: list(oneOf(...REASONS)), words: optional(words) })),
    whichPart: optional(words),
    lookAgain: optional(date),
    noLookAgain: optional(flag),
    passedTo: optional(text),
    alternatives: list(fields({ what: words, why: optional(words) })),
    interests: list(fields({ role: text, interest: words })),
    dispensations: optional(list(text)),
    money: optional(text),
    importance: optional(count),
    decidedBy: list(decider),
    easyText: optional(words),
    /** Why a vague phrase was let stand. */
    vagueOverride: optional(text),
    answers: list(fields({ contribution: id, effect: oneOf(...EFFECTS), why: optional(words) })),
  },
  ServiceChangeNoted: {
    ref: text,
    item: id,
    decision: id,
    what: words,
    owner: fields({ person: id, name: words, role: text }),
    due: date,
    proofWanted: text,
    checker: fields({ name: optional(words), role: text }),
    vagueOverride: optional(text),
  },
  /** The last event of the one append: from here on the outcomes are recorded, and only once. */
  OutcomesRecorded: {
    items: count,
    /** Pseudonymous reference of who recorded them: somebody else confirms. */
    by: text,
    /** Words that looked like the name of someone who asked not to be named, and were confirmed not to be: how many. */
    namesConfirmed: optional(count),
  },
  /** The fan-out could not record this item; it is shown as a gap. */
  OutcomeNotApplied: { ref: text, kind: oneOf(...OUTCOME_KINDS), item: id, code, message: text },
  /** Every item stands in its own stream: what was hidden is shown from here on. */
  OutcomesApplied: { items: count },
  OutcomesConfirmed: { role: text },
});

export const discussionEvents = events({
  DiscussionHeld: {
    authority: code,
    team: optional(id),
    meeting: optional(id),
    title: text,
    contributions: list(id),
    points: optional(list(words)),
    dissent: optional(list(words)),
    decideBy: optional(date),
    reference: optional(text),
    url: optional(text),
  },
});

export type MeetingEvent = EventsOf<typeof meetingEvents> | HandoverEvent;
export type DiscussionEvent = EventsOf<typeof discussionEvents>;
