import { isDay } from '#kernel/time';
import type { Control, FactField, FactFields, Option } from './fact-kind.js';

export interface FieldProblem {
  /** JSON pointer into the body (RFC 6901). */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export type Read =
  { readonly data: Readonly<Record<string, unknown>> } | { readonly problems: readonly FieldProblem[] };

type Complain = (detail: string, at?: string) => void;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A text of nothing but spaces and marks that nobody sees says nothing. */
const isBlank = (text: string): boolean => !/[^\s\p{Cf}\p{Cc}]/u.test(text);
const isLeftOut = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && isBlank(value)) || (Array.isArray(value) && value.length === 0);

/** Reads what was sent against the fields of a kind: every problem at once, in words for the person who typed it. */
export const readFields = (fields: FactFields, body: Readonly<Record<string, unknown>>): Read => {
  const problems: FieldProblem[] = Object.keys(body)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => ({ pointer: `/${name}`, code: 'unknown', detail: 'There is no field with this name here.' }));
  const data: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (isLeftOut(value)) {
      if (field.missing !== undefined) problems.push({ pointer: `/${name}`, code: 'missing', detail: field.missing });
      continue;
    }
    const before = problems.length;
    const read = readOne(field, value, (detail, at = '') =>
      problems.push({ pointer: `/${name}${at}`, code: 'wrong', detail }),
    );
    if (problems.length === before) data[name] = read;
  }
  return problems.length > 0 ? { problems } : { data };
};

const readOne = ({ control }: FactField, value: unknown, complain: Complain): unknown => {
  switch (control.as) {
    case 'line':
    case 'words':
      return readText(control, value, complain);
    case 'number':
      return readNumber(control, value, complain);
    case 'date':
      return typeof value === 'string' && isDay(value) ? value : complain('Give a date that exists, like 2027-03-01.');
    case 'yes-no':
      return typeof value === 'boolean' ? value : complain('Choose yes or no.');
    case 'one':
      return isOption(control.options, value) ? value : complain('Choose one from the list.');
    case 'many':
      return readMany(control.options, value, complain);
    case 'counts':
      return readCounts(control, value, complain);
    case 'code':
      return typeof value === 'string' && control.pattern.test(value) ? value : complain('Choose one from the list.');
    case 'list':
      return readList(control.max, value, complain);
    case 'person':
    case 'thing':
      return readId(value, complain);
    case 'people':
      return Array.isArray(value) && value.length <= MOST_IN_A_LIST
        ? [...new Set(value.map((each, index) => readId(each, complain, `/${index}`)))]
        : complain('Choose from the list.');
  }
};

const MOST_IN_A_LIST = 200;

const readText = (
  control: Extract<Control, { as: 'line' | 'words' }>,
  value: unknown,
  complain: Complain,
): unknown => {
  if (typeof value !== 'string') return complain('Write this in words.');
  if (value.length > control.max) return complain(`Use ${control.max.toLocaleString('en-GB')} characters or fewer.`);
  const text = control.as === 'line' ? value.trim().replace(/\s+/g, ' ') : value.trim();
  return control.pattern && !control.pattern.test(text) ? complain(control.wrong ?? 'Check this.') : text;
};

const readNumber = ({ min, max }: { min: number; max: number }, value: unknown, complain: Complain, at?: string) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return complain('Use a whole number, like 3.', at);
  if (value < min) return complain(`Use ${min} or more.`, at);
  return value > max ? complain(`Use ${max.toLocaleString('en-GB')} or less.`, at) : value;
};

const isOption = (options: readonly Option[], value: unknown): boolean => options.some((each) => each.value === value);

const readMany = (options: readonly Option[], value: unknown, complain: Complain): unknown => {
  if (!Array.isArray(value) || !value.every((each) => isOption(options, each)))
    return complain('Choose from the list.');
  // In the order of the list and each once: the same choice is the same bytes.
  return options.map((each) => each.value).filter((each) => value.includes(each));
};

const MOST_PEOPLE = 100_000;

const readCounts = (
  { options, of }: { readonly options: readonly Option[]; readonly of: string },
  value: unknown,
  complain: Complain,
): unknown => {
  if (!Array.isArray(value)) return complain('Enter how many.');
  const counts = new Map<unknown, number>();
  value.forEach((each: unknown, index) => {
    const at = `/${index}`;
    const given = (typeof each === 'object' && each !== null ? each : {}) as Record<string, unknown>;
    if (!isOption(options, given[of]) || counts.has(given[of]))
      return complain('Name each of the list once.', `${at}/${of}`);
    const extra = Object.keys(given).find((key) => key !== of && key !== 'count');
    if (extra !== undefined) return complain('There is no field with this name here.', `${at}/${extra}`);
    const count = readNumber({ min: 0, max: MOST_PEOPLE }, given['count'], complain, `${at}/count`);
    if (typeof count === 'number') counts.set(given[of], count);
  });
  return options.flatMap(({ value: code }) => (counts.has(code) ? [{ [of]: code, count: counts.get(code) }] : []));
};

const readList = (max: number, value: unknown, complain: Complain): unknown => {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    return complain('Write one on each line.');
  if (value.length > max) return complain(`Give ${max} or fewer.`);
  if (value.some((each) => each.length > 500)) return complain('Use 500 characters or fewer on each line.');
  return value.map((each) => each.trim()).filter((each) => each !== '');
};

/** Ids are the same in small and big letters (RFC 9562); ours are kept in small ones. */
const readId = (value: unknown, complain: Complain, at?: string): unknown => {
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  return UUID.test(id) ? id : complain('Choose one from the list.', at);
};
