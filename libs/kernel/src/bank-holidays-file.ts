import { isDay } from './time.js';

/** A country of England and Wales has eight bank holidays or more in every year since 1978; fewer is half a file. */
const FEWEST_A_YEAR = 8;
const DIVISION = 'england-and-wales';

/** The days of a file, or everything that is wrong with it, each in words that say what to do. */
export type HolidaysRead = { readonly days: readonly string[] } | { readonly problems: readonly string[] };

/**
 * Reads bank holidays as https://www.gov.uk/bank-holidays.json gives them:
 * `{ "england-and-wales": { "events": [{ "title": …, "date": "2027-01-01" }] } }`. Other parts of the kingdom are left aside.
 */
export const readBankHolidays = (text: string): HolidaysRead => {
  const wrong = (...problems: readonly string[]): HolidaysRead => ({ problems });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return wrong('it is not JSON. Save https://www.gov.uk/bank-holidays.json as it is.');
  }
  const events = member(member(read, DIVISION), 'events');
  if (!Array.isArray(events))
    return wrong(`it has no list "events" under "${DIVISION}". Save https://www.gov.uk/bank-holidays.json as it is.`);
  const dates = events.map((event) => member(event, 'date'));
  const notDays = dates.flatMap((date, at) =>
    typeof date === 'string' && isDay(date) ? [] : [`event ${at + 1}: ${JSON.stringify(date) ?? 'no date'} is not a day like 2027-01-01.`],
  ); // prettier-ignore
  if (notDays.length > 0) return wrong(...notDays);
  const days = [...new Set(dates as string[])].sort();
  if (days.length === 0) return wrong('it names no bank holiday.');
  const thin = yearsBetween(days).flatMap((year) => {
    const count = days.filter((day) => day.startsWith(year)).length;
    return count < FEWEST_A_YEAR ? [`${year} has ${count} bank holidays. England has at least ${FEWEST_A_YEAR} a year.`] : [];
  }); // prettier-ignore
  return thin.length > 0 ? wrong(...thin) : { days };
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** Every year from the first to the last, so that a year left out in the middle is missed too. */
const yearsBetween = (days: readonly string[]): string[] => {
  const [first, last] = [Number(days[0]?.slice(0, 4)), Number(days.at(-1)?.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at));
};
