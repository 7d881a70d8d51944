import { isWorkingDay } from '#kernel/working-days';

const DAY_MS = 86_400_000;

/**
 * The last day to answer: the same day `months` later, or the last of that month where it has no such day; the next
 * working day where that is a weekend or a bank holiday (UK GDPR 12(3); ICO, "How long do we have to comply?").
 */
export const monthsLater = (day: string, months = 1): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  let at = new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
  while (!isWorkingDay(at)) at = addDays(at, 1);
  return at;
};

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one day to a later one. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
