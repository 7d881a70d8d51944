import { compileFormat, type DateFormat, FormatError } from '../dates/date-format.js';
import type { DatePlan } from '../dates/read-date.js';
import { isZone } from '../dates/zone.js';
import { didYouMean } from '../suggestion.js';
import type { Part } from './part.js';
import { pathOf } from './path.js';
import type { FilePlan, Place, Template } from './plan.js';
import { parseTemplate } from './template.js';

/** How dates are written unless a value says otherwise. */
export interface DateOptions {
  readonly formats: readonly string[];
  readonly zone: string | null;
  readonly noDate: readonly string[];
  readonly months: string;
  readonly zones: ReadonlyMap<string, number>;
}

/** What may be named in one part of a mapping, and the settings that it inherits. */
export interface Scope {
  /** Names that may stand after "@". */
  readonly names: readonly string[];
  readonly noValue: readonly string[];
  readonly dates: DateOptions;
  /** Takes note of every column that is named. */
  readonly used: FilePlan['used'][number][];
}

export const within = (scope: Scope, ...names: readonly string[]): Scope => ({
  ...scope,
  names: [...scope.names, ...names],
});

export const placeOf = (text: string, part: Part, scope: Scope): Place => {
  if (/[{}]/.test(text))
    part.issue(
      `This names a column, so it has no braces. To build a text write { "template": ${JSON.stringify(text)} }.`,
    );
  if (!text.startsWith('@')) {
    const path = pathOf(text);
    scope.used.push({ path, text, pointer: part.pointer });
    return { text, path, named: null };
  }
  const [name = '', ...path] = pathOf(text.slice(1));
  if (!scope.names.includes(name))
    part.issue(
      `“@${name}” is not known here.${didYouMean(name, scope.names)} ` +
        `Known: ${scope.names.map((known) => `@${known}`).join(', ')}.`,
    );
  return { text, path, named: name };
};

export const readPlace = (part: Part, scope: Scope): Place | null => {
  const text = part.text();
  return text === null ? null : placeOf(text, part, scope);
};

export const readTemplate = (part: Part, scope: Scope): Template | null => {
  const text = part.text();
  if (text === null) return null;
  try {
    return parseTemplate(text).map((piece) =>
      'text' in piece ? piece : { place: placeOf(piece.from, part, scope), optional: piece.optional },
    );
  } catch (error) {
    return part.issue((error as Error).message);
  }
};

/** A template that must differ from row to row. */
export const readIdTemplate = (part: Part, scope: Scope): Template | null => {
  const template = readTemplate(part, scope);
  if (template && !template.some((piece) => 'place' in piece && !piece.optional))
    return part.issue(
      `This would be the same for every row. Name a column in braces, for example "{${String(part.value)}}".`,
    );
  return template;
};

export const DATE_KEYS = ['formats', 'zone', 'noDate'] as const;

/** Reads `formats`, `zone` and `noDate` where they stand, over what is inherited. */
export const readDateOptions = (part: Part, inherited: DateOptions): DateOptions => {
  return {
    ...inherited,
    zone: part.has('zone') ? readZone(part.member('zone')) : inherited.zone,
    formats: part.has('formats') ? part.member('formats').texts() : inherited.formats,
    noDate: part.has('noDate') ? [...inherited.noDate, ...part.member('noDate').texts()] : inherited.noDate,
  };
};

const readZone = (part: Part): string | null => {
  const zone = part.text();
  if (zone === null || isZone(zone)) return zone;
  return part.issue('This is not a time zone. Write one like “Europe/London” or “UTC”.');
};

export const compileDates = (options: DateOptions, noValue: readonly string[], part: Part): DatePlan => ({
  formats: options.formats.flatMap((name): DateFormat[] => {
    try {
      return [compileFormat(name, { language: options.months, zones: options.zones })];
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      // What is inherited is reported once, where it stands.
      if (part.has('formats')) part.member('formats').issue(error.message);
      return [];
    }
  }),
  zone: options.zone,
  noDate: new Set([...options.noDate, ...noValue].map((value) => value.trim())),
});
