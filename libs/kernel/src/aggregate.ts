import type { About, Actor, DomainEvent } from './event.js';
import type { Refusal, Refusals } from './refusal.js';

/**
 * One consistency boundary: the state that its rules need, folded from its own stream.
 * `evolve` never throws and never validates; it must ignore events it does not know (a stream also holds key events).
 */
export interface Aggregate<S, E extends DomainEvent> {
  /** Stream category in camelCase without a dash: everything before the first dash of a stream name. */
  readonly category: string;
  readonly initial: S;
  evolve(state: S, event: E, at: Recording): S;
  /** Authority, team and pledge parts for the events to come. */
  about(state: S): About;
}

/** When an event was recorded, and by whom; one that is only being decided has no id yet, and nothing around it. */
export interface Recording {
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly id?: string;
  readonly about?: About;
  readonly actor?: Actor;
}

/** What a rule answers: events to record (none: nothing changes) or the reason why not. */
export type Decided<E extends DomainEvent> = readonly E[] | Refusal | Refusals;

/** The present moment, handed in by the edge: an instant, and the calendar day in the authority's own time zone. */
export interface Now {
  /** ISO 8601 UTC with milliseconds. */
  readonly instant: string;
  /** `YYYY-MM-DD` in Europe/London. */
  readonly today: string;
}

export interface Clock {
  now(): Now;
}
