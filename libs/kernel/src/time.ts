import type { Now } from './aggregate.js';

const LONDON_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const LONDON_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Clocks there change on the hour of UTC since 1847, so all of an hour is on one day: asked for many times in a row. */
const IN_ONE_HOUR = /^(?:19|20)\d\d-\d\d-\d\dT\d\d(?=:\d\d:\d\d\.\d{3}Z$)/;
let [lastHour, lastDay] = ['', ''];

/** The calendar day in Europe/London of an instant (a date-only source stays the day it says). */
export const londonDay = (instant: string): string => {
  if (instant.length === 10) return instant;
  const hour = IN_ONE_HOUR.exec(instant)?.[0];
  if (hour !== undefined && hour === lastHour) return lastDay;
  const day = LONDON_DAY.format(new Date(instant));
  if (hour !== undefined) [lastHour, lastDay] = [hour, day];
  return day;
};

export const nowAt = (time: Date): Now => ({ instant: time.toISOString(), today: LONDON_DAY.format(time) });

/**
 * The last millisecond of a day in Europe/London, as an instant: "as it was on" a day means at its end. The clock may
 * be an hour ahead of UTC, so the UTC midnight is only a first guess.
 */
export const endOfLondonDay = (day: string): string => {
  const guess = Date.parse(`${day}T23:59:59.999Z`);
  return new Date(guess - offsetAt(guess)).toISOString();
};

/** The instant at which a wall clock in Europe/London shows this day and time (`HH:MM`). */
export const londonInstant = (day: string, time: string): string => {
  const guess = Date.parse(`${day}T${time}:00.000Z`);
  return new Date(guess - offsetAt(guess - offsetAt(guess))).toISOString();
};

/** Milliseconds that London is ahead of UTC. */
const offsetAt = (instant: number): number => {
  const part = Object.fromEntries(LONDON_TIME.formatToParts(instant).map(({ type, value }) => [type, value]));
  const shown = Date.parse(
    `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}.000Z`,
  );
  return shown - Math.floor(instant / 1000) * 1000;
};

/** Whether `value` is a day that exists (2026-02-30 does not); years before 1000 are slips or stand-ins for "unknown". */
export const isDay = (value: string): boolean =>
  /^[1-9]\d{3}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().slice(0, 10) === value;
