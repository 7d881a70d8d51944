import { type Recorded, streamId } from '#kernel/event';
import { londonDay } from '#kernel/time';
import { REASONS_ASKED, REMINDED_STATES } from '#lifecycle/ladder';
import type { LifecycleState } from '#kernel/codes';
import { isStopped, replyDue, type ReplyClock, runClock } from '#contributions/reply-clock';
import type { Rows } from '#projections/rows';

/** Three things may be late: the answer to a view, a service change, a commitment. */
export const CLOCK_KINDS = ['view', 'service-change', 'commitment'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** Where a promise stands, as far as a clock asks. */
export interface PromiseClock {
  readonly state: LifecycleState;
  readonly before: LifecycleState;
}

interface Kept {
  readonly fold: string;
  readonly days: number | null;
  readonly due: string | null;
}

const find = (rows: Rows, id: string): Kept | undefined =>
  rows.get<Kept>('SELECT fold, days, due FROM clock WHERE id = ?', id);

/**
 * A date starts a ladder of its own, unless it had passed when an import wrote it down: nobody is reminded of history.
 * What was climbed for this very date stays climbed.
 */
export const setDue = (rows: Rows, event: Recorded, due: string | undefined, precision?: string): void => {
  if (due === undefined) return;
  const id = streamId(event.stream);
  const isHistory = event.about.import !== undefined && due < londonDay(event.recordedAt);
  const climbed = rows.get<{ step: number; on_day: string }>(
    'SELECT step, on_day FROM clock_step WHERE id = ? AND due = ? ORDER BY step DESC LIMIT 1',
    id,
    due,
  );
  rows.run(
    'UPDATE clock SET due = ?, due_precision = ?, ladder = ?, rung = ?, rung_on = ? WHERE id = ?',
    due, precision, !isHistory, climbed?.step ?? 0, climbed?.on_day, id,
  ); // prettier-ignore
};

/** Whether a promise may be late now: under way, and with a date. */
export const movePromise = (
  rows: Rows,
  { stream }: Recorded,
  to: (now: PromiseClock) => Partial<PromiseClock>,
): void => {
  const id = streamId(stream);
  const kept = find(rows, id);
  if (!kept) return;
  const now = JSON.parse(kept.fold) as PromiseClock;
  const fold = { ...now, ...to(now) };
  rows.run('UPDATE clock SET fold = ?, open = ? WHERE id = ?', JSON.stringify(fold), REMINDED_STATES.includes(fold.state), id); // prettier-ignore
};

/** Runs the clock of a view on; while it stands still it has no day to be late on. */
export const moveReply = (rows: Rows, event: Recorded): void => {
  const id = streamId(event.stream);
  const kept = find(rows, id);
  if (!kept) return;
  const clock = runClock(JSON.parse(kept.fold) as ReplyClock, event as never, event);
  const runs = clock.answers.length === 0 && !clock.imported && !isStopped(clock);
  const due = runs ? replyDue(clock, kept.days ?? 0, londonDay(event.recordedAt)) : null;
  rows.run('UPDATE clock SET fold = ?, open = ?, due = ? WHERE id = ?', JSON.stringify(clock), runs, due, id);
};

/** A step of the ladder, for the date it says; of the date that counts now, the row knows how far it went. */
export const climbed = (rows: Rows, event: Recorded, step: number, due: string | undefined): void => {
  const id = streamId(event.stream);
  if (due === undefined) return;
  const on = londonDay(event.recordedAt);
  rows.run('INSERT INTO clock_step VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', id, due, step, on);
  rows.run(`UPDATE clock SET rung = max(rung, ?), rung_on = ? WHERE id = ? AND (due = ? OR kind = 'view')`, step, on, id, due); // prettier-ignore
};

/** Of `clock`: what the reactor still has to look at. */
export const REMINDABLE = `open = 1 AND ladder = 1 AND applied = 1 AND due IS NOT NULL AND rung < ${REASONS_ASKED}`;
