import { monthNumber } from './month-names.js';
import type { DateParts } from './when.js';

/** One way of writing a date: null when the text is not written that way. */
export type DateFormat = { readonly name: string; readonly parse: (text: string) => DateParts | null };

export interface FormatOptions {
  /** Language of month names. */
  readonly language: string;
  /** Short zone names of the source (`WIB`) and their offset in minutes. */
  readonly zones: ReadonlyMap<string, number>;
}

/** The format cannot be read; the message says which letters there are. */
export class FormatError extends Error {}

type Token = { readonly pattern: string; readonly read?: (text: string, options: FormatOptions) => object | null };

const number =
  (key: keyof DateParts) =>
  (text: string): object => ({ [key]: Number(text) });

const offsetMinutes = (text: string): number => {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
};

const OFFSET = '[Zz]|[+-]\\d{2}(?::?\\d{2})?';
const WORD = "[\\p{L}.']+";

/** Longest first: `MMMM` must not be read as `MM` twice. */
const TOKENS: readonly (readonly [string, Token])[] = [
  ['YYYY', { pattern: '\\d{4}', read: number('year') }],
  ['YY', { pattern: '\\d{2}', read: (text) => ({ year: Number(text) + (Number(text) < 50 ? 2000 : 1900) }) }],
  ['MMMM', { pattern: WORD, read: (text, { language }) => monthOf(text, language) }],
  ['MMM', { pattern: WORD, read: (text, { language }) => monthOf(text, language) }],
  ['MM', { pattern: '\\d{2}', read: number('month') }],
  ['M', { pattern: '\\d{1,2}', read: number('month') }],
  ['DDD', { pattern: WORD }],
  ['DD', { pattern: '\\d{2}', read: number('day') }],
  ['D', { pattern: '\\d{1,2}', read: number('day') }],
  ['HH', { pattern: '\\d{2}', read: number('hour') }],
  ['H', { pattern: '\\d{1,2}', read: number('hour') }],
  ['hh', { pattern: '\\d{2}', read: number('hour') }],
  ['h', { pattern: '\\d{1,2}', read: number('hour') }],
  ['mm', { pattern: '\\d{2}', read: number('minute') }],
  ['ss', { pattern: '\\d{2}', read: number('second') }],
  ['fff', { pattern: '\\d{1,9}', read: (text) => ({ millisecond: Number(text.padEnd(3, '0').slice(0, 3)) }) }],
  ['a', { pattern: '[AaPp]\\.?[Mm]\\.?', read: (text) => ({ half: /^p/i.test(text) ? 'pm' : 'am' }) }],
  ['ZZZ', { pattern: '[A-Za-z]{1,6}', read: (text, { zones }) => known(zones.get(text)) }],
  ['Z', { pattern: OFFSET, read: (text) => ({ offset: offsetMinutes(text) }) }],
];

const monthOf = (text: string, language: string): object | null => {
  const month = monthNumber(text, language);
  return month === null ? null : { month };
};
const known = (offset: number | undefined): object | null => (offset === undefined ? null : { offset });

const ISO = new RegExp(
  `^(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(${OFFSET})?)?)?)?$`,
);

const iso = (text: string): DateParts | null => {
  const found = ISO.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  return {
    year: Number(year),
    ...(month && { month: Number(month) }),
    ...(day && { day: Number(day) }),
    ...(hour && { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) }),
    ...(fraction && { millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)) }),
    ...(offset && { offset: offsetMinutes(offset) }),
  };
};

const fromInstant = (milliseconds: number, dayOnly = false): DateParts | null => {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return null;
  const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  if (dayOnly) return day;
  return {
    ...day,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offset: 0,
  };
};

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const NAMED: Readonly<Record<string, (text: string) => DateParts | null>> = {
  ISO: iso,
  'epoch-ms': (text) => (NUMBER.test(text) ? fromInstant(Math.trunc(Number(text))) : null),
  'epoch-s': (text) => (NUMBER.test(text) ? fromInstant(Math.round(Number(text) * 1000)) : null),
  // Day 1 is 1 January 1900 and there is a 29 February 1900 that never was, so day 61 and later count from 30 December 1899.
  'spreadsheet-day': (text) =>
    NUMBER.test(text) && Number(text) >= 61
      ? fromInstant((Math.trunc(Number(text)) - 25_569) * 86_400_000, true)
      : null,
};
export const NAMED_FORMATS: readonly string[] = Object.keys(NAMED);

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** @throws FormatError */
export const compileFormat = (name: string, options: FormatOptions): DateFormat => {
  const named = NAMED[name];
  if (named) return { name, parse: named };

  const readers: NonNullable<Token['read']>[] = [];
  let source = '';
  let hasYear = false;
  for (let at = 0; at < name.length;) {
    const quoted = /^\[([^\]]*)\]/.exec(name.slice(at));
    const token = TOKENS.find(([letters]) => name.startsWith(letters, at));
    if (quoted) source += escape(quoted[1] ?? '');
    else if (token) {
      source += token[1].read ? `(${token[1].pattern})` : `(?:${token[1].pattern})`;
      if (token[1].read) readers.push(token[1].read);
      hasYear ||= token[0].startsWith('Y');
    } else {
      const letter = name.charAt(at);
      if (/[A-Za-z]/.test(letter))
        throw new FormatError(
          `“${letter}” in the date format “${name}” is not known. Known: ${TOKENS.map(([letters]) => letters).join(' ')}, ` +
            `and ${NAMED_FORMATS.join(', ')}. Put other letters in square brackets: [${letter}].`,
        );
      source += /\s/.test(letter) ? '\\s+' : escape(letter);
    }
    at += quoted?.[0].length ?? token?.[0].length ?? 1;
  }
  if (!hasYear) throw new FormatError(`The date format “${name}” has no year (YYYY).`);
  const pattern = new RegExp(`^${source}$`, 'u');
  return {
    name,
    parse: (text) => {
      const found = pattern.exec(text);
      if (!found) return null;
      const parts: Record<string, unknown> = {};
      for (const [index, read] of readers.entries()) {
        const part = read(found[index + 1] ?? '', options);
        if (part === null) return null;
        Object.assign(parts, part);
      }
      return twelveHours(parts);
    },
  };
};

const twelveHours = ({ half, ...parts }: Record<string, unknown>): DateParts => {
  const hour = parts['hour'] as number | undefined;
  return {
    ...(parts as unknown as DateParts),
    ...(half !== undefined && hour !== undefined && { hour: (hour % 12) + (half === 'pm' ? 12 : 0) }),
  };
};
