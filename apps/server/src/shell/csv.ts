export type Cell = string | number | null;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. The first row holds the names of the columns. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;

/**
 * What a spreadsheet may take for the beginning of a formula: also in full-width letters, and after blanks and signs that
 * nobody sees (spaces of every kind, control and format characters), which some programs skip. What begins with our own
 * apostrophe is marked too, so that a reader takes one away and has what was written.
 */
const LIKE_A_FORMULA = /^'*(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212])/u;

/** A spreadsheet would run a cell that begins like a formula; an apostrophe before it makes it text. Before any quoting. */
const cellOf = (value: Cell): string => {
  if (value === null) return '';
  const text = typeof value === 'string' && LIKE_A_FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
