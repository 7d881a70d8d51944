import type { FieldType } from '../concepts.js';
import { readDate } from '../dates/read-date.js';
import { DateProblem, type When } from '../dates/when.js';
import type { MapResult, ValuePlan } from '../mapping/plan.js';
import { CellError, quote } from '../problem.js';
import { didYouMean } from '../suggestion.js';
import { clean } from '../text/clean.js';
import { asText, fill, lookUp, type RowContext } from './context.js';
import { holds } from './holds.js';

export type FieldValue = string | number | boolean | When | readonly string[];

/** Longest text of one field, in characters: a guard against a broken file, far above what people write. */
export const MAX_TEXT = 1_000_000;

/**
 * The value that a plan finds in a row, null when the source does not say.
 * @throws CellError when there is something that cannot be read as the field asks.
 */
export const evaluate = (plan: ValuePlan, context: RowContext): FieldValue | null => {
  if (plan.when && !holds(plan.when, context)) return null;
  const { origin, type } = plan;
  if (origin.kind === 'constant') return type.type === 'date' ? dateOf(String(origin.value), plan) : origin.value;
  if (type.type === 'texts' || type.type === 'codes') return listOf(plan, context);
  if (origin.kind === 'first' || origin.kind === 'earliest') {
    const values = lazily(origin.of, context);
    if (origin.kind === 'first') return finish(firstOf(values), plan, type);
    return [...values].filter((value) => value !== null).sort(byTime)[0] ?? null;
  }
  return finish(rawText(plan, context), plan, type);
};

/** For values that are read as texts: an id, a code, a part of a longer text. */
export const evaluateText = (plan: ValuePlan, context: RowContext): string | null => {
  const value = evaluate(plan, context);
  return value === null ? null : written(value);
};

const written = (value: FieldValue): string => {
  if (typeof value !== 'object') return String(value);
  return 'precision' in value ? value.at : value.join('; ');
};

function* lazily(plans: readonly ValuePlan[], context: RowContext): Generator<FieldValue | null> {
  for (const plan of plans) yield evaluate(plan, context);
}

const firstOf = (values: Iterable<FieldValue | null>): FieldValue | null => {
  for (const value of values) if (value !== null) return value;
  return null;
};

const byTime = (a: FieldValue, b: FieldValue): number => ((a as When).at < (b as When).at ? -1 : 1);

const rawText = (plan: ValuePlan, context: RowContext): string | null => {
  const { origin } = plan;
  if (origin.kind === 'template') return fill(origin.template, context, (text) => isNothing(text, plan));
  if (origin.kind === 'all') {
    const parts = origin.of.map((part) => evaluate(part, context)).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.map(written).join(origin.separator);
  }
  if (origin.kind !== 'place') return null;
  return single(lookUp(origin.place, context), columnOf(plan));
};

const single = (value: unknown, column: string): string | null => {
  if (value === null || value === undefined) return null;
  const text = asText(value);
  if (text === null)
    throw new CellError(
      'not-a-text',
      'There is a list or an object here, not a single value. Name a place inside it.',
      column,
    );
  if (text.length > MAX_TEXT)
    throw new CellError('too-long', `This text has ${text.length} characters; the limit is ${MAX_TEXT}.`, column);
  if (!text.isWellFormed())
    throw new CellError('half-character', 'This text holds half a character. Save the source again as UTF-8.', column);
  return text;
};

/** Cleaning, "no value", pattern, map and type, in this order, on what `first` or a column gave. */
const finish = (value: FieldValue | null, plan: ValuePlan, type: FieldType): FieldValue | null => {
  if (value === null) return null;
  if (typeof value !== 'string') return value;
  const text = textSteps(value, plan);
  if (text === null) return null;
  if (plan.map) {
    const ours = mapped(text, plan);
    return type.type === 'date' && ours !== null ? dateOf(String(ours), plan) : ours;
  }
  switch (type.type) {
    case 'date':
      return dateOf(text, plan);
    case 'number':
      return numberOf(text, plan);
    case 'flag':
      if (text.trim() === 'true' || text.trim() === 'false') return text.trim() === 'true';
      return unfit(plan, 'flag-unreadable', `${quote(text)} is neither true nor false. Use "map" to say which it is.`);
    case 'code':
    case 'codes':
      return code(text.trim(), plan, type.values);
    default:
      return text;
  }
};

const textSteps = (value: string, plan: ValuePlan): string | null => {
  let text: string | null = clean(value, plan.clean);
  if (isNothing(text, plan)) return null;
  if (plan.pattern) {
    const found = plan.pattern.first(text);
    if (!found) {
      if (plan.otherwise === null) return null;
      const instead = unfit(plan, 'pattern-not-found', `The pattern of the mapping is not in this value.`);
      return instead === null ? null : String(instead);
    }
    text = (found.groups.length > 1 ? found.groups[1] : found.groups[0]) ?? null;
    if (text === null || isNothing(text, plan)) return null;
  }
  return text;
};

const isNothing = (text: string, plan: ValuePlan): boolean => text.trim() === '' || plan.noValue.has(text.trim());

const mapped = (text: string, plan: ValuePlan): MapResult => {
  const key = text.trim();
  const found = plan.map?.get(key);
  if (found !== undefined) return found;
  const known = [...(plan.map?.keys() ?? [])];
  return unfit(
    plan,
    'value-not-mapped',
    `${quote(key)} is not in the "map" of the mapping.${didYouMean(key, known)} Add it, or say with "otherwise" what to do.`,
  );
};

const dateOf = (text: string, plan: ValuePlan): When | null => {
  try {
    return readDate(text, plan.dates);
  } catch (error) {
    if (!(error instanceof DateProblem)) throw error;
    const instead = unfit(plan, error.code, error.message);
    return instead === null ? null : readDate(String(instead), plan.dates);
  }
};

const numberOf = (text: string, plan: ValuePlan): MapResult => {
  const thousands = plan.decimal === ',' ? /[.\s'’\u00a0\u202f]/g : /[,\s'’\u00a0\u202f]/g;
  const digits = text.trim().replace(thousands, '').replace(plan.decimal, '.');
  if (/^[+-]?\d+(\.\d+)?$/.test(digits)) return Number(digits);
  return unfit(plan, 'number-unreadable', `${quote(text)} is not a number.`);
};

const code = (text: string, plan: ValuePlan, values: readonly string[]): MapResult =>
  values.includes(text)
    ? text
    : unfit(
        plan,
        'value-not-mapped',
        `${quote(text)} is not one of ${values.join(', ')}. Use "map" to say which of them it means.`,
      );

/** What the mapping says to do with a value that does not fit; without a word from it the row is refused. */
const unfit = (plan: ValuePlan, problem: string, message: string): MapResult => {
  if (plan.otherwise?.do === 'missing') return null;
  if (plan.otherwise?.do === 'value') return plan.otherwise.value;
  throw new CellError(problem, message, columnOf(plan));
};

const listOf = (plan: ValuePlan, context: RowContext): readonly string[] | null => {
  const { origin, type } = plan;
  const raw: readonly (string | null)[] =
    origin.kind === 'all' || origin.kind === 'first'
      ? lists(origin.kind === 'first' ? [firstOf(lazily(origin.of, context))] : [...lazily(origin.of, context)])
      : items(plan, context);
  const read = raw.flatMap((item) => {
    const value = item === null ? null : finish(item, plan, type);
    return value === null ? [] : Array.isArray(value) ? (value as readonly string[]) : [written(value)];
  });
  // An empty list is a statement ("none of ours"); nothing found is not.
  const said = raw.some((item) => item !== null && !isNothing(item, plan));
  return read.length > 0 || (said && plan.map) ? read : null;
};

const lists = (values: readonly (FieldValue | null)[]): readonly (string | null)[] =>
  values.flatMap((value): readonly (string | null)[] =>
    Array.isArray(value) ? (value as readonly string[]) : [value === null ? null : written(value)],
  );

const items = (plan: ValuePlan, context: RowContext): readonly (string | null)[] => {
  const { origin } = plan;
  const value = origin.kind === 'place' ? lookUp(origin.place, context) : rawText(plan, context);
  if (Array.isArray(value)) return value.map((item) => single(item, columnOf(plan)));
  const text = single(value, columnOf(plan));
  return text !== null && plan.split !== null ? text.split(plan.split).map((item) => item.trim()) : [text];
};

/** The column that a message should name: the first that the plan looks at. */
const columnOf = (plan: ValuePlan): string => {
  const { origin } = plan;
  if (origin.kind === 'place') return origin.place.text;
  if (origin.kind === 'template') {
    const named = origin.template.find((piece) => 'place' in piece);
    return named && 'place' in named ? named.place.text : plan.pointer;
  }
  if (origin.kind === 'constant') return plan.pointer;
  const first = origin.of[0];
  return first ? columnOf(first) : plan.pointer;
};
