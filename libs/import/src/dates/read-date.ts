import type { DateFormat } from './date-format.js';
import { type DateParts, DateProblem, type When } from './when.js';
import { instantOf } from './zone.js';

/** How a mapping says that dates are written. */
export interface DatePlan {
  readonly formats: readonly DateFormat[];
  /** IANA zone of times that do not say their own; null when the mapping names none. */
  readonly zone: string | null;
  /** Values that stand for "no date": `0000-00-00`, `k.A.`. */
  readonly noDate: ReadonlySet<string>;
}

const LONGEST = 100;

/**
 * Reads a date as the mapping describes it and never guesses: a date that two listed formats read differently is refused.
 * @returns null for an empty value and for the mapping's "no date" values.
 * @throws DateProblem
 */
export const readDate = (value: string, plan: DatePlan): When | null => {
  const text = value.trim();
  if (text === '' || plan.noDate.has(text)) return null;
  // No date is longer; without this bound a format of many names could be slow on a long text.
  const readings = (text.length > LONGEST ? [] : plan.formats).flatMap((format) => {
    const parts = format.parse(text);
    return parts ? [{ format, parts }] : [];
  });
  if (readings.length === 0)
    throw new DateProblem(
      'date-unreadable',
      `“${shorten(text)}” is not a date written as ${plan.formats.map(({ name }) => name).join(' or ')}. ` +
        'Correct it, add its format to "formats", or list it under "noDate".',
    );
  const possible = readings.filter(({ parts }) => exists(parts));
  if (possible.length === 0)
    throw new DateProblem('date-impossible', `There is no such date as “${shorten(text)}”. Correct it in the source.`);
  const dates = possible.map(({ format, parts }) => ({ format, when: toWhen(parts, plan.zone, text) }));
  const other = dates.find(({ when }) => when.at !== dates[0]?.when.at);
  if (other)
    throw new DateProblem(
      'date-ambiguous',
      `“${shorten(text)}” is ${dates[0]?.when.at} as ${dates[0]?.format.name} but ${other.when.at} as ${other.format.name}. ` +
        'List only the format that this column really uses.',
    );
  return dates[0]?.when ?? null;
};

const exists = ({ year, month = 1, day = 1, hour = 0, minute = 0, second = 0 }: DateParts): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Years below 100 would be read as 19xx by Date.UTC; nobody has records from then.
  return (
    year >= 100 &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second <= 60
  );
};

const toWhen = (parts: DateParts, zone: string | null, text: string): When => {
  const { year, month, day, hour } = parts;
  if (hour !== undefined) {
    if (parts.offset === undefined && zone === null)
      throw new DateProblem(
        'date-without-zone',
        `“${shorten(text)}” has a time but no time zone. Say which in the mapping: "zone": "Europe/London".`,
      );
    return { at: new Date(instantOf(parts, zone)).toISOString(), precision: 'instant' };
  }
  const at = [String(year).padStart(4, '0'), month, day]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return { at, precision: day !== undefined ? 'day' : month !== undefined ? 'month' : 'year' };
};

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
