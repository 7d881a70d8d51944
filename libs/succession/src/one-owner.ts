import type { Rows } from '#projections/rows';

interface Owned {
  readonly id: string;
  readonly authority: string;
}

/** Open promises, and those of them whose council is not one of today: each has one row, so it never has two. */
export const withoutOneOwner = (
  rows: Rows,
  today: string,
): { readonly open: number; readonly without: readonly Owned[] } => {
  const open = rows.all<Owned>(
    `SELECT id, authority FROM commitment WHERE state NOT IN ('confirmed', 'dropped')
     UNION ALL SELECT id, authority FROM service_change WHERE state NOT IN ('confirmed', 'dropped')`,
  );
  const there = new Set(
    rows
      .all<{ code: string }>(`SELECT code FROM authority WHERE coalesce(valid_to, '9999') >= ?`, today)
      .map(({ code }) => code),
  );
  return { open: open.length, without: open.filter(({ authority }) => !there.has(authority)) };
};
