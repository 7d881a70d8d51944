import { BANK_HOLIDAYS } from './bank-holidays.js';

/** The bank holidays that count here: those shipped, with the years of an operator's file in the place of the same years. */
let holidays: ReadonlySet<string> = BANK_HOLIDAYS;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
/** The same as moments: a due date is counted for every view, and days need not be written out for that. */
let holidayTimes: ReadonlySet<number> = new Set([...holidays].map(midnight));

/**
 * Takes an operator's bank holidays for every year from their first to their last; other years stay as shipped. Called
 * once, before anything is counted: read models that keep a counted day are built anew when the calendar is another one.
 */
export const useBankHolidays = (days: readonly string[]): void => {
  const years = days.map(yearOf);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const kept = [...BANK_HOLIDAYS].filter((day) => yearOf(day) < first || yearOf(day) > last);
  holidays = new Set([...kept, ...days]);
  holidayTimes = new Set([...holidays].map(midnight));
};

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The last year whose bank holidays are known; later days count as if there were none. */
export const holidaysKnownTo = (): number => Math.max(...[...holidays].map(yearOf));

/** A deadline may lie a year ahead: by then the next year must be known. */
export const holidaysRunOut = (today: string): boolean => holidaysKnownTo() <= yearOf(today);

/** A number that is another one when any bank holiday is: FNV-1a over the days in order, 31 bits. */
export const calendarNumber = (): number => {
  let hash = 0x811c9dc5;
  for (const character of [...holidays].sort().join())
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash >>> 1;
};

const DAY_MS = 86_400_000;

/** Working days of England: Monday to Friday, less bank holidays (known up to `holidaysKnownTo`). */
export const isWorkingDay = (day: string): boolean => isWorkingAt(midnight(day));

const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** 1 January 1970 was a Thursday. */
const isWorkingAt = (time: number): boolean => {
  const weekday = (((time / DAY_MS + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && !holidayTimes.has(time);
};

/** The day that is `count` working days after `day`; `day` itself is not counted. */
export const addWorkingDays = (day: string, count: number): string => {
  let at = midnight(day);
  for (let left = count; left > 0;) {
    at += DAY_MS;
    if (isWorkingAt(at)) left--;
  }
  return dayAt(at);
};

/** Working days after `from` up to and including `to`; 0 when `to` is not later. Bounded: at most 20 years are counted. */
export const workingDaysBetween = (from: string, to: string): number => {
  const last = midnight(to);
  let count = 0;
  for (let at = midnight(from), walked = 0; at < last && walked < 7_305; walked++) {
    at += DAY_MS;
    if (isWorkingAt(at)) count++;
  }
  return count;
};
