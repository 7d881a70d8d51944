import type { DateParts } from './when.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError when the name is not an IANA time zone. */
const formatterFor = (zone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
};

export const isZone = (zone: string): boolean => {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
};

/** Minutes east of UTC in `zone` at the instant `utc` (milliseconds). */
const offsetAt = (zone: string, utc: number): number => {
  const parts = Object.fromEntries(
    formatterFor(zone)
      .formatToParts(utc)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>;
  const local = Date.UTC(
    parts['year'] ?? 0,
    (parts['month'] ?? 1) - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  );
  return Math.round((local - Math.floor(utc / 1000) * 1000) / 60_000);
};

/**
 * The instant of a wall-clock time. In the hour that a zone lives through twice the first is meant; in the hour it skips,
 * the clock is read as if it had not been put forward yet.
 */
export const instantOf = (parts: DateParts, zone: string | null): number => {
  const wall = Date.UTC(
    parts.year,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
    parts.millisecond ?? 0,
  );
  if (parts.offset !== undefined) return wall - parts.offset * 60_000;
  if (zone === null) return wall;
  const candidates = [offsetAt(zone, wall - 86_400_000), offsetAt(zone, wall + 86_400_000)]
    .map((offset) => wall - offset * 60_000)
    .filter((instant) => wall - instant === offsetAt(zone, instant) * 60_000);
  return candidates.length > 0 ? Math.min(...candidates) : wall - offsetAt(zone, wall - 86_400_000) * 60_000;
};
