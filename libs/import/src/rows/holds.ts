import type { Condition } from '../mapping/plan.js';
import { asText, lookUp, type RowContext } from './context.js';

/** Whether a condition holds for a row. Values are compared as trimmed text. */
export const holds = (condition: Condition, context: RowContext): boolean => {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, context));
    case 'any':
      return condition.of.some((part) => holds(part, context));
    case 'not':
      return !holds(condition.of, context);
    case 'is':
      return condition.values.has(textAt(condition.place, context)) === condition.wanted;
    case 'present':
      return isPresent(lookUp(condition.place, context), condition.noValue) === condition.wanted;
    case 'matches':
      return condition.pattern.test(textAt(condition.place, context)) === condition.wanted;
    case 'same':
      return (textAt(condition.place, context) === textAt(condition.as, context)) === condition.wanted;
  }
};

const textAt = (place: Parameters<typeof lookUp>[0], context: RowContext): string =>
  asText(lookUp(place, context))?.trim() ?? '';

const isPresent = (value: unknown, noValue: ReadonlySet<string>): boolean => {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  const text = asText(value)?.trim();
  return text === undefined || (text !== '' && !noValue.has(text));
};
