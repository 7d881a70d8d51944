import { BANK_HOLIDAYS } from './bank-holidays.js';
import { readBankHolidays } from './bank-holidays-file.js';
import { endOfLondonDay, londonDay, londonInstant } from './time.js';
import { addWorkingDays, calendarNumber, holidaysKnownTo, holidaysRunOut, isWorkingDay, useBankHolidays, workingDaysBetween } from './working-days.js'; // prettier-ignore

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Same numbers every time, so that a failure can be looked at again (mulberry32). */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const sundayFrom = (year: number, month: number, day: number): number => {
  const at = Date.UTC(year, month, day);
  return at + ((7 - new Date(at).getUTCDay()) % 7) * DAY;
};

/**
 * When London was ahead of Greenwich, from the statutes and not from the library under test: Standard Time all year until
 * 31 October 1971 (British Standard Time Act 1968), then the Summer Time Act 1972, its orders, and from 1981 the
 * European directives with 01:00 UTC.
 */
const summerTime = (year: number): readonly [number, number] => {
  if (year <= 1971) return [Date.UTC(year, 0, 1) - DAY, year === 1971 ? Date.UTC(1971, 9, 31, 2) : Date.UTC(year + 1, 0, 1)]; // prettier-ignore
  if (year <= 1980) return [sundayFrom(year, 2, 16) + 2 * HOUR, sundayFrom(year, 9, 23) + 2 * HOUR];
  const autumn = year <= 1989 ? 23 : year <= 1995 ? 22 : 25;
  return [sundayFrom(year, 2, 25) + HOUR, sundayFrom(year, 9, autumn) + HOUR];
};
const aheadAt = (at: number): number => {
  const [from, to] = summerTime(new Date(at).getUTCFullYear());
  return at >= from && at < to ? HOUR : 0;
};
const dayOf = (at: number): string => new Date(at + aheadAt(at)).toISOString().slice(0, 10);

/** Deadlines by counting day numbers since 1 January 1970, a Thursday: no date library at all. */
const plus = (day: string, count: number): string => {
  let n = Math.round(Date.parse(day) / DAY);
  for (let left = count; left > 0;) {
    n++;
    const weekday = (n + 4) % 7;
    if (weekday !== 0 && weekday !== 6 && !BANK_HOLIDAYS.has(new Date(n * DAY).toISOString().slice(0, 10))) left--;
  }
  return new Date(n * DAY).toISOString().slice(0, 10);
};

describe('deadlines in Europe/London', () => {
  it('are not moved by time zones or by the nights on which clocks change: 100,000 moments of 1970 to 2100', () => {
    const random = chance(23);
    const [first, last] = [Date.UTC(1970, 0, 1), Date.UTC(2100, 11, 31)];
    const TRIES = 100_000;
    let errors = 0;
    let changeNights = 0;
    for (let at = 0; at < TRIES; at++) {
      let moment = Math.floor(first + random() * (last - first));
      // Half of them within two hours of a change of the clocks, down to the millisecond.
      if (at % 2 === 0) {
        const year = 1971 + Math.floor(random() * 129);
        moment = (summerTime(year)[random() < 0.5 ? 0 : 1]) + Math.floor((random() * 2 - 1) * 2 * HOUR); // prettier-ignore
        changeNights++;
      }
      const instant = new Date(moment).toISOString();
      const day = londonDay(instant);
      const end = Date.parse(endOfLondonDay(day));
      const count = Math.floor(random() * 31);
      const due = addWorkingDays(day, count);
      const isRight =
        day === dayOf(moment) &&
        dayOf(end) === day && dayOf(end + 1) > day && end >= moment &&
        londonDay(londonInstant(day, '12:00')) === day &&
        due === plus(dayOf(moment), count) &&
        workingDaysBetween(day, due) === count &&
        (count === 0 || isWorkingDay(due)); // prettier-ignore
      if (!isRight) errors++;
    }
    console.log(`deadlines 1970-2100, Europe/London: ${errors} errors of ${TRIES.toLocaleString('en-GB')}, ${changeNights.toLocaleString('en-GB')} of them around a change of the clocks`); // prettier-ignore
    expect(errors).toBe(0);
  }, 120_000);

  it('count a working day on which the clocks change within, and skip weekends and bank holidays', () => {
    // Good Friday and Easter Monday 2027, and the clocks go forward on Easter Sunday.
    expect(addWorkingDays('2027-03-25', 1)).toBe('2027-03-30');
    expect(workingDaysBetween('2027-03-25', '2027-03-30')).toBe(1);
    expect(addWorkingDays('2026-12-24', 1)).toBe('2026-12-29');
    expect(workingDaysBetween('2026-12-24', '2026-12-24')).toBe(0);
    expect(workingDaysBetween('2026-12-24', '2026-12-01')).toBe(0);
  });
});

const file = (...dates: readonly unknown[]) => JSON.stringify({ 'england-and-wales': { division: 'england-and-wales', events: dates.map((date) => ({ title: 'A day', date, notes: '', bunting: true })) }, scotland: { events: [{ date: '2033-01-04' }] } }); // prettier-ignore
const YEAR_2033 = ['2033-01-03', '2033-04-15', '2033-04-18', '2033-05-02', '2033-05-30', '2033-08-29', '2033-12-26', '2033-12-27']; // prettier-ignore

describe('bank holidays of a file', () => {
  afterEach(() => useBankHolidays([...BANK_HOLIDAYS]));

  it('are read in the shape of gov.uk, England and Wales only', () =>
    expect(readBankHolidays(file(...YEAR_2033))).toEqual({ days: YEAR_2033 }));

  it.each<[string, string, string]>([
    ['is not JSON', 'Bank holidays', 'it is not JSON'],
    ['is of another shape', '{"events":[]}', 'no list "events" under "england-and-wales"'],
    ['has no day', file(), 'names no bank holiday'],
    ['has a day that does not exist', file(...YEAR_2033, '2033-02-30'), 'event 9: "2033-02-30" is not a day'],
    ['has an event without a date', file(...YEAR_2033, undefined), 'event 9: no date is not a day'],
    ['has half a year', file(...YEAR_2033.slice(0, 4)), '2033 has 4 bank holidays. England has at least 8'],
    ['leaves a year out', file(...YEAR_2033, ...YEAR_2033.map((day) => day.replace('2033', '2035'))), '2034 has 0'],
  ])('are refused when the file %s', (_, text, problem) => {
    const read = readBankHolidays(text);
    expect('problems' in read && read.problems.join(' ')).toContain(problem);
  });

  it('take the place of shipped years, leave the others, and change the number of the calendar', () => {
    const before = calendarNumber();
    expect(isWorkingDay('2033-01-03')).toBe(true);
    useBankHolidays([...YEAR_2033, '2032-06-04']);
    expect(isWorkingDay('2033-01-03')).toBe(false);
    expect(isWorkingDay('2032-06-04')).toBe(false);
    // The file speaks for 2032 now, and does not have this one; 2031 stays as shipped.
    expect(isWorkingDay('2032-12-28')).toBe(true);
    expect(isWorkingDay('2031-12-25')).toBe(false);
    expect(holidaysKnownTo()).toBe(2033);
    expect(calendarNumber()).not.toBe(before);
  });

  it('run out when the next year is not known', () => {
    expect(holidaysRunOut('2031-12-31')).toBe(false);
    expect(holidaysRunOut('2032-01-01')).toBe(true);
  });
});
