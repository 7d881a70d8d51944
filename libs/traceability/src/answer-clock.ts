import { isStopped, noClock, replyDue, runClock } from '#contributions/reply-clock';
import { londonDay } from '#kernel/time';
import { workingDaysBetween } from '#kernel/working-days';
import { ofType, type Step } from './fold-chain.js';

/** A stretch of working days that does not count, because somebody else had to act. */
export interface ClockStop {
  /** Code of the reason, one of `STOP_REASONS`. Words that were added are never here. */
  readonly reason: string;
  readonly from: string;
  /** Null: it stands still now. */
  readonly to: string | null;
  /** Working days, up to today. */
  readonly days: number;
}

/** The clock for the answer to a view, as every page reads it: the one by which reminders go out. */
export interface AnswerClock {
  /** Working days that the council allowed itself when the view was written down. */
  readonly days: number;
  /** The last day for the answer, moved by every working day on which the clock stood still. */
  readonly due: string;
  /** Working days that count, up to today. */
  readonly waited: number;
  readonly stops: readonly ClockStop[];
  readonly stopped: boolean;
  /** A reply told of a decision or named the day of the answer: no clock runs any more. */
  readonly answered: boolean;
  readonly late: boolean;
}

/** @returns null for imported history and for what was taken back: nobody waits for those answers here; and for whoever has died. */
export const answerClockOf = (steps: readonly Step[], days: number, today: string): AnswerClock | null => {
  if (ofType(steps, 'ContributionWithdrawn').length > 0) return null;
  const clock = steps.reduce(
    (state, { type, data, occurred_at, recorded_at, event_id, imported }) =>
      runClock(state, { type, data } as never, {
        occurredAt: occurred_at,
        recordedAt: recorded_at,
        id: event_id,
        about: imported === 1 ? { import: 'history' } : {},
      }),
    noClock,
  );
  if (clock.imported || clock.ended) return null;
  const reasons = ofType(steps, 'ClockStopped').map(({ data }) => data.reason);
  const stops = clock.stops.map(({ from, to = null }, at) => ({
    reason: reasons[at] ?? 'other',
    from,
    to,
    days: workingDaysBetween(from, to ?? today),
  }));
  const still = stops.reduce((sum, stop) => sum + stop.days, 0);
  const due = replyDue(clock, days, today);
  const stopped = isStopped(clock);
  const answered = clock.answers.length > 0;
  const waited = Math.max(0, workingDaysBetween(londonDay(clock.startedAt), today) - still);
  return { days, due, waited, stops, stopped, answered, late: !answered && !stopped && due < today };
};
