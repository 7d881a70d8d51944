import type { AnswerClock } from '#traceability/answer-clock';
import { longDate } from '../../shell/dates.js';
import { has, say } from '../../wording/wording.js';

export const workingDays = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;

/** Why a clock stands still, in words; what was added in words of our own stays with the person and the team. */
export const stopReason = (code: unknown): string => {
  const key = `stopReason.${String(code)}`;
  return say(has(key) ? key : 'stopReason.other');
};

/** What a reader must know of the clock for an answer: from when it stood still, how long, and why. Nothing where it never did. */
export const clockLines = (clock: AnswerClock | null): string[] => {
  if (!clock || clock.stops.length === 0) return [];
  const lines = clock.stops.map(({ reason, from, to, days }) =>
    to === null
      ? `The clock stands still since ${longDate(from)}: ${stopReason(reason)}.`
      : `The clock stopped for ${workingDays(days)}: ${stopReason(reason)}.`,
  );
  if (clock.stopped) return [...lines, 'The day for the answer moves on for every working day it stands still.'];
  return clock.answered ? lines : [...lines, `The last day for the answer is now ${longDate(clock.due)}.`];
};
