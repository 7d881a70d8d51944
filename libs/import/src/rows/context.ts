import { type Place, type Template } from '../mapping/plan.js';
import { valueAt } from '../mapping/path.js';

/** One row while it is being read: its own columns, and what stands after "@". */
export interface RowContext {
  readonly record: Readonly<Record<string, unknown>>;
  readonly named: Readonly<Record<string, unknown>>;
}

/** A column by its whole name first: `a.b` may be a column of a spreadsheet or a place in nested JSON. */
export const lookUp = (place: Place, { record, named }: RowContext): unknown => {
  if (place.named !== null) return valueAt(named[place.named], place.path);
  if (place.path.length > 1 && Object.hasOwn(record, place.text)) return record[place.text];
  return valueAt(record, place.path);
};

/** The text of a single value, null when there is none or it is not a single value. */
export const asText = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
};

/** Null as soon as a place that is not optional has no value: half an id is worse than none. */
export const fill = (
  template: Template,
  context: RowContext,
  isMissing: (text: string) => boolean = (text) => text.trim() === '',
): string | null => {
  let filled = '';
  for (const piece of template) {
    if ('text' in piece) {
      filled += piece.text;
      continue;
    }
    const value = asText(lookUp(piece.place, context))?.trim() ?? '';
    if (isMissing(value)) {
      if (!piece.optional) return null;
    } else filled += value;
  }
  return filled;
};
