import { BANK_HOLIDAYS } from './bank-holidays.js';

/** The bank holidays that count here: those shipped, with the years of an operator's file in the place of the same years. */
let holidays: ReadonlySet<string> = BANK_HOLIDAYS;

/**
 * Takes an operator's bank holidays for every year from their first to their last; other years stay as shipped. Called
 * once, before anything is counted: read models that keep a counted day are built anew when the calendar is another one.
 */
export const useBankHolidays = (days: readonly string[]): void => {
  const years = days.map(yearOf);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const kept = [...BANK_HOLIDAYS].filter((day) => yearOf(day) < first || yearOf(day) > last);
  holidays = new Set([...kept, ...days]);
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

/** Working days of England: Monday to Friday, less bank holidays (known up to `holidaysKnownTo`). */
export const isWorkingDay = (day: string): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
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
