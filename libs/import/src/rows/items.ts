import type { EachPlan } from '../mapping/plan.js';
import { CellError } from '../problem.js';
import { asText, lookUp, type RowContext } from './context.js';

/** More things than this in one row are a mistake in the mapping rather than a long list. */
const MAX_ITEMS = 5_000;

/**
 * The things that one row holds several of.
 * @throws CellError when the value is not the list that the mapping says.
 */
export const itemsOf = (plan: EachPlan, context: RowContext): readonly unknown[] => {
  const value = lookUp(plan.place, context);
  const items = take(plan, value);
  if (items.length > MAX_ITEMS)
    throw new CellError('too-many-items', `One row holds more than ${MAX_ITEMS} of these.`, plan.place.text);
  return items;
};

const take = (plan: EachPlan, value: unknown): readonly unknown[] => {
  const column = plan.place.text;
  if (value === null || value === undefined) return [];
  if (!plan.parse && plan.split === null && plan.pattern === null) {
    if (Array.isArray(value)) return value;
    if (value === '') return [];
    throw new CellError(
      'not-a-list',
      'This is not a list. Use “split”, “pattern” or “parse” to say how it is one.',
      column,
    );
  }
  const text = asText(value);
  if (text === null)
    throw new CellError('not-a-text', 'This is already a list or an object: leave out “parse”.', column);
  if (text.trim() === '') return [];
  if (plan.split !== null)
    return text
      .split(plan.split)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  if (plan.pattern !== null) return matches(plan.pattern, text);
  return parsed(text, column);
};

const matches = (pattern: NonNullable<EachPlan['pattern']>, text: string): readonly string[] => {
  const found: string[] = [];
  for (const { groups } of pattern.all(text)) {
    const item = groups.length > 1 ? groups[1] : groups[0];
    if (item !== null && item !== undefined && item !== '') found.push(item);
    // Each search is linear; a bound on their number keeps the whole so.
    if (found.length > MAX_ITEMS) break;
  }
  return found;
};

const parsed = (text: string, column: string): readonly unknown[] => {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {
    throw new CellError(
      'cell-not-json',
      'The mapping says that this cell holds JSON, but it cannot be read as JSON.',
      column,
    );
  }
  throw new CellError('not-a-list', 'This cell holds JSON, but not a list ([…]).', column);
};
