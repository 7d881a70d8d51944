import { events, type EventsOf } from '#kernel/event';
import { code, date, oneOf, optional } from '#kernel/shape';

export const DATA_REQUEST_KINDS = ['copy', 'erase', 'restrict', 'correct', 'complaint'] as const;
export const DATA_REQUEST_CHANNELS = ['online', 'letter', 'phone', 'in-person', 'email'] as const;
/** UK GDPR article 12(1A), inserted by the Data (Use and Access) Act 2025: the clock waits for the person. */
export const PAUSE_REASONS = ['identity', 'clarification'] as const;
/** Article 12(3): two further months. */
export const EXTENSION_REASONS = ['complex', 'several'] as const;
export const OUTCOMES = ['done', 'partly', 'refused'] as const;
/** Why not, or not all of it: articles 12(5), 17(3), and nothing to act on. */
export const REFUSAL_GROUNDS = [
  'not-identified', 'nothing-held', 'legal-hold', 'legal-duty', 'public-task', 'legal-claims', 'others-rights',
  'public-health', 'archive', 'unfounded',
] as const; // prettier-ignore

/**
 * What somebody asked about their information, one stream each. Who asked, how to reach them and what they wrote stand in
 * the vault and go with the person; here stands that, when, and what came of it.
 */
export const dataRequestEvents = events({
  DataRequestReceived: {
    authority: code,
    kind: oneOf(...DATA_REQUEST_KINDS),
    channel: oneOf(...DATA_REQUEST_CHANNELS),
    /** The day it reached the council, which may be before the day it was written down here. */
    receivedOn: date,
  },
  /** A complaint within 30 days; anything else as a courtesy. */
  DataRequestAcknowledged: { on: date },
  DataRequestPaused: { why: oneOf(...PAUSE_REASONS), on: date },
  DataRequestResumed: { on: date },
  DataRequestExtended: { why: oneOf(...EXTENSION_REASONS) },
  /** It is sure whose information it is about. Who that is stands in the vault: the log must not say which view's giver complained. */
  DataRequestMatched: {},
  DataRequestAnswered: { outcome: oneOf(...OUTCOMES), ground: optional(oneOf(...REFUSAL_GROUNDS)), on: date },
});

export type DataRequestEvent = EventsOf<typeof dataRequestEvents>;
export type DataRequestKind = (typeof DATA_REQUEST_KINDS)[number];
export type DataRequestChannel = (typeof DATA_REQUEST_CHANNELS)[number];
export type PauseReason = (typeof PAUSE_REASONS)[number];
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];
