import type { Rows } from '#projections/rows';

/** A council and all that came before it. */
export const lineOf = (rows: Rows, authority: string): readonly string[] =>
  rows
    .all<{ code: string }>(
      `WITH RECURSIVE line (code) AS (VALUES (?1) UNION SELECT s.code FROM authority_successor s JOIN line ON s.successor = line.code)
       SELECT code FROM line`,
      authority,
    )
    .map(({ code }) => code);
