/** Where a value stands in a row: the name of a column, or keys from the outside in. */
export type Path = readonly string[];

/**
 * The value at a path, undefined when there is none. A key that contains dots is found before the path is taken apart,
 * so that the columns of a spreadsheet may have any name.
 */
export const valueAt = (record: unknown, path: Path): unknown => {
  let value = record;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
};

/** `a.b.0` means key `a`, then `b`, then the first element. */
export const pathOf = (text: string): Path => text.split('.');
