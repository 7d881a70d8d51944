import { BANK_HOLIDAYS } from './bank-holidays.js';

/** Working days of England: Monday to Friday, less bank holidays (shipped as data up to the last year listed there). */
export const isWorkingDay = (day: string): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !BANK_HOLIDAYS.has(day);
};

const nextDay = (day: string, by: 1 | -1 = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** The day that is `count` working days after `day`; `day` itself is not counted. */
export const addWorkingDays = (day: string, count: number): string => {
  let at = day;
  for (let left = count; left > 0;) {
    at = nextDay(at);
    if (isWorkingDay(at)) left--;
  }
  return at;
};

/** Working days after `from` up to and including `to`; 0 when `to` is not later. Bounded: at most 20 years are counted. */
export const workingDaysBetween = (from: string, to: string): number => {
  let count = 0;
  for (let at = from, walked = 0; at < to && walked < 7_305; walked++) {
    at = nextDay(at);
    if (isWorkingDay(at)) count++;
  }
  return count;
};
