import { handoverShapes } from '#authorities/handover.events';
import { VERDICTS } from '#kernel/codes';
import { events, type EventsOf } from '#kernel/event';
import { code, count, date, fields, flag, id, oneOf, optional, text, words } from '#kernel/shape';

/** A named owner and a role: the name is sealed with that person's key, the role stays readable. */
export const owner = fields({ person: id, name: words, role: text });
export const EVIDENCE_KINDS = ['document', 'photo', 'link', 'statement', 'data'] as const;
export const DUE_PRECISIONS = ['month', 'year'] as const;
export const EFFECT_SOURCES = ['person', 'staff', 'data', 'inspection', 'other'] as const;

/**
 * Everything that can happen to a promise: the same for a service change and for a commitment of the pledge. A reason or a
 * date that the rules ask for is left out only in imported history, where the source does not say it.
 */
export const lifecycleEvents = events({
  OwnerAccepted: {},
  /** `old`: left out where nobody was named before. */
  OwnerChanged: { old: optional(owner), new: owner, reason: words },
  /** The source of imported history tells the promise in other words now; the words of before stay in their own entry. */
  PromiseReworded: { what: words },
  ProgressReported: { words: optional(words) },
  EvidenceAttached: {
    evidence: id,
    kind: oneOf(...EVIDENCE_KINDS),
    /** SHA-256 of the file or of the words, hex. */
    hash: text,
    title: words,
    url: optional(text),
    /** Sealed-store digest of an uploaded file. */
    file: optional(words),
    suppliedByRole: text,
    supplier: optional(words),
    supplierPerson: optional(id),
  },
  DueDateChangeAsked: { request: id, to: date, reason: words },
  DueDateChanged: {
    old: optional(date),
    new: date,
    /** Of the new date, where a source says no more. */
    precision: optional(oneOf(...DUE_PRECISIONS)),
    reason: optional(words),
    /** Sealed: people type names here, whatever they were asked. */
    agreedBy: optional(words),
    afterDue: optional(flag),
  },
  Paused: { reason: optional(words), lookAgain: optional(date) },
  Resumed: { due: optional(date) },
  Dropped: { reason: optional(words) },
  ReportedDone: { words: optional(words), byRole: text },
  /** What a contributor says; the council's claim stands beside it for ever. */
  VerdictGiven: {
    verdict: oneOf(...VERDICTS),
    contribution: optional(id),
    comment: optional(words),
    voice: optional(code),
  },
  DoneConfirmed: { person: id, byRole: text, name: optional(words), words: optional(words) },
  DoneDisputed: { person: optional(id), byRole: text, words: optional(words) },
  Reopened: { reason: optional(words), due: optional(date) },
  /** Reminder 1, 2 or 3 after `due` went by; the third is published. `toRole`: who should answer, by role. */
  ReminderSent: { step: count, due: optional(date), toRole: optional(text) },
  /** After three reminders: published. */
  ReasonsAskedFor: { due: date, toRole: optional(text) },
  ReasonsGiven: { words, due: date },
  EffectObserved: {
    what: words,
    forWhom: text,
    source: oneOf(...EFFECT_SOURCES),
    before: optional(text),
    after: optional(text),
    harm: optional(flag),
  },
});

/** What every promise says when it is made. */
const promiseTerms = {
  what: words,
  owner: optional(owner),
  /** Where the source names a role but no person: still nobody is named who does this. */
  ownerRole: optional(text),
  due: optional(date),
  /** Where a source says no more than a month or a year: then `due` is its last day. */
  duePrecision: optional(oneOf(...DUE_PRECISIONS)),
  proofWanted: optional(text),
  checker: optional(fields({ name: optional(words), role: text })),
  vagueOverride: optional(text),
  reference: optional(text),
  /** What an imported source itself calls its state, to the letter. */
  sourceStatus: optional(words),
  url: optional(text),
};

export const serviceChangeEvents = events({
  ServiceChangePromised: {
    authority: code,
    team: optional(id),
    meeting: optional(id),
    decision: optional(id),
    ...promiseTerms,
  },
  /** A new council has this promise: its date, its proof and its past stay, and the new council says who does it. */
  ServiceChangeTransferred: handoverShapes,
});

export const commitmentEvents = events({
  /** A council's own promise under a part of its pledge (P1a) or a step to carry it out (I3). */
  CommitmentMade: { authority: code, team: optional(id), pledge: code, part: code, ...promiseTerms },
  /** A new council has this promise: its date, its proof and its past stay, and the new council says who does it. */
  CommitmentTransferred: handoverShapes,
  /** A view that stands behind it. Dated, with an author and a reason; taken back by an event of its own. */
  CommitmentLinkedToContribution: { contribution: id, why: words },
  /** The decision that it carries out: who decided, their interests and what else was considered are answered there. */
  CommitmentLinkedToDecision: { decision: id, why: words },
  CommitmentUnlinked: { contribution: optional(id), decision: optional(id), why: words },
  /** What else was considered, where no decision on record says so. */
  AlternativeConsidered: { what: words, why: optional(words) },
});

/** What the reminder ladder records, of a promise and of a view that waits for its answer. */
export type LadderEvent = Extract<
  EventsOf<typeof lifecycleEvents>,
  { type: 'ReminderSent' | 'ReasonsAskedFor' | 'ReasonsGiven' }
>;
/** Both kinds of promises pass to a new council in the same way. */
export type TransferEvent =
  | Extract<EventsOf<typeof commitmentEvents>, { type: 'CommitmentTransferred' }>
  | Extract<EventsOf<typeof serviceChangeEvents>, { type: 'ServiceChangeTransferred' }>;
export type LifecycleEvent = EventsOf<typeof lifecycleEvents> | TransferEvent;
export type CommitmentEvent = EventsOf<typeof commitmentEvents> | LifecycleEvent;
export type ServiceChangeEvent = EventsOf<typeof serviceChangeEvents> | LifecycleEvent;
