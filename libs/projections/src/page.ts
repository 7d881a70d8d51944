/** One page of a list and where the next one starts: a cursor, never an offset, so that page 1,000 costs what page 1 costs. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Ask for one row more than the page holds; whether it came says whether there is a next page. */
export const pageOf = <T>(rows: readonly T[], limit: number, cursor: (row: T) => string): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursor(last) : null };
};
