export type Cell = string | number | null;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. The first row holds the names of the columns. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`;

/** A spreadsheet would run a cell that begins like a formula; an apostrophe before it makes it text. */
const cellOf = (value: Cell): string => {
  if (value === null) return '';
  const text = typeof value === 'string' && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
