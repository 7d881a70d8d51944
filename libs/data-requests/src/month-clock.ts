import { isWorkingDay } from '#kernel/working-days';

const DAY_MS = 86_400_000;

const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS));

/** The same day so many months later; the last of the month where there is none. */
const plusMonths = (day: string, months: number): string => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10); // prettier-ignore
};

export interface Pause {
  readonly from: string;
  /** Undefined: it still stands still. */
  readonly to?: string;
}

/**
 * By when somebody must be answered (UK GDPR article 12(3); ICO, "How long do we have to comply?"): the corresponding day
 * of the next month, two months more when extended, the days of every pause added, and the next working day when it falls
 * on none. Undefined while the clock waits for the person.
 */
export const answerDue = (receivedOn: string, pauses: readonly Pause[], isExtended: boolean): string | undefined => {
  if (pauses.some(({ to }) => to === undefined)) return undefined;
  const paused = pauses.reduce((sum, { from, to = from }) => sum + daysBetween(from, to), 0);
  let due = plusDays(plusMonths(receivedOn, isExtended ? 3 : 1), paused);
  while (!isWorkingDay(due)) due = plusDays(due, 1);
  return due;
};

/** A complaint is acknowledged within 30 days, the day of receipt counted (Data Protection Act 2018, section 164A). */
export const acknowledgeDue = (receivedOn: string): string => plusDays(receivedOn, 29);
