import type { Now } from './aggregate.js';
import type { About } from './event.js';
import { type Refusal, refuse } from './refusal.js';
import { londonInstant } from './time.js';

/** When something happened, as an event keeps it: an instant, and how exactly it is known where only the day is. */
export interface Occurred {
  readonly occurredAt: string;
  readonly precision?: About['precision'];
}

/**
 * Reads a moment or a day that somebody gave. A day stays a day: it begins at midnight in London and says
 * `precision: day`, so that no page shows a time that nobody said. Nothing can have happened in the future.
 */
export const readOccurred = (given: string, now: Now, pointer = '/occurredAt'): Occurred | Refusal => {
  const isDayOnly = given.length === 10;
  if (isDayOnly ? given > now.today : given > now.instant)
    return refuse('date-future', 'This must be today or before today.', pointer);
  return isDayOnly ? { occurredAt: londonInstant(given, '00:00'), precision: 'day' } : { occurredAt: given };
};
