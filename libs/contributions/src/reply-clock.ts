import { londonDay } from '#kernel/time';
import { addWorkingDays, workingDaysBetween } from '#kernel/working-days';
import type { Recording } from '#kernel/aggregate';
import type { ContributionEvent } from './contribution.events.js';

/** Days on which a clock stood still; without `to` it stands still now. */
export interface Stop {
  readonly from: string;
  readonly to?: string;
}

/** The clock for the answer to a view: from when it was written down to the first answer, or to a day named for one. */
export interface ReplyClock {
  readonly startedAt: string;
  /** No clock runs for imported history: nobody promised those people an answer here. */
  readonly imported: boolean;
  /** Replies that carry an answer or the day on which it comes, and did not fail. */
  readonly answers: readonly string[];
  readonly stops: readonly Stop[];
  /** Nobody waits for an answer any more: the person has died. */
  readonly ended?: boolean;
}

export const noClock: ReplyClock = { startedAt: '', imported: false, answers: [], stops: [] };

export const isStopped = ({ stops }: Pick<ReplyClock, 'stops'>): boolean =>
  stops.length > 0 && stops.at(-1)?.to === undefined;

/** Working days for which it stood still, up to `today`. */
export const daysStopped = (stops: readonly Stop[], today: string): number =>
  stops.reduce((sum, { from, to }) => sum + workingDaysBetween(from, to ?? today), 0);

/** The last day for the answer: moved by every working day on which the clock stood still. @param days working days allowed */
export const replyDue = ({ startedAt, stops }: ReplyClock, days: number, today: string): string =>
  addWorkingDays(londonDay(startedAt), days + daysStopped(stops, today));

/** Folds what moves the clock; replies are known by the id of their event. */
export const runClock = (clock: ReplyClock, event: ContributionEvent, at: Recording): ReplyClock => {
  switch (event.type) {
    case 'ContributionReceived':
      return { ...clock, startedAt: at.recordedAt, imported: at.about?.import !== undefined };
    case 'ReplySent':
      return (event.data.about ?? event.data.answerBy) ? { ...clock, answers: [...clock.answers, at.id ?? ''] } : clock;
    case 'ReplyFailed':
      return { ...clock, answers: clock.answers.filter((each) => each !== event.data.reply) };
    case 'ClockStopped':
      return isStopped(clock) ? clock : { ...clock, stops: [...clock.stops, { from: londonDay(at.recordedAt) }] };
    // Should it have been a mistake, the days meanwhile do not count.
    case 'RepliesEnded': {
      const stops = isStopped(clock) ? clock.stops : [...clock.stops, { from: londonDay(at.recordedAt) }];
      return { ...clock, ended: true, stops };
    }
    case 'RepliesResumed':
    case 'ClockStarted': {
      if (event.type === 'RepliesResumed') clock = { ...clock, ended: false };
      const [last, ...before] = [...clock.stops].reverse();
      if (!last || last.to !== undefined) return clock;
      return { ...clock, stops: [...before.reverse(), { ...last, to: londonDay(at.recordedAt) }] };
    }
    default:
      return clock;
  }
};
