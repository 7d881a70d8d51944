import { failure } from './bytes.js';
import { MAX_ROW, type Rows, type SourceRow } from './rows.js';
import { EncodingError } from './text.js';

/**
 * One JSON object a line. A line that cannot be read is a row of its own that is refused; the reading goes on.
 * @throws ImportFailure when the file is not JSON Lines at all, or its bytes are wrong.
 */
export async function* readJsonLines(texts: AsyncIterable<string>, name: string): Rows {
  let rest = '';
  let line = 0;
  let first = true;
  try {
    for await (const text of texts) {
      const pieces = (rest + text).split('\n');
      rest = pieces.pop() ?? '';
      const rows = pieces.flatMap((piece) => rowOf(piece, ++line, name));
      if (first && rows[0]) refuseArray(rows[0], name);
      first &&= rows.length === 0;
      if (rest.length > MAX_ROW) throw tooLong(name, line + 1);
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    if (error instanceof EncodingError) throw failure(name, error.code, error.message, line + 1);
    throw error;
  }
  const last = rowOf(rest, ++line, name);
  if (first && last[0]) refuseArray(last[0], name);
  if (last.length > 0) yield last;
}

const tooLong = (name: string, line: number): Error =>
  failure(
    name,
    'row-too-long',
    `This line is longer than ${MAX_ROW} characters. Is this really one object a line?`,
    line,
  );

const rowOf = (text: string, line: number, name: string): readonly SourceRow[] => {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (text.length > MAX_ROW) throw tooLong(name, line);
  try {
    const record: unknown = JSON.parse(trimmed);
    if (typeof record === 'object' && record !== null && !Array.isArray(record))
      return [{ row: line, record: record as Record<string, unknown> }];
    const problem = { code: 'not-an-object', message: 'This line is not an object ({…}).' };
    return [{ row: line, record: null, raw: trimmed, problem }];
  } catch {
    // The engine's own message quotes the line, which may be someone's words.
    const message = 'This line is not JSON; perhaps it was cut off. Correct it in the source.';
    return [{ row: line, record: null, raw: trimmed, problem: { code: 'json-line-bad', message } }];
  }
};

const refuseArray = (row: SourceRow, name: string): void => {
  if (row.record === null && /^[[{]\s*$|^\[/.test(String(row.raw)))
    throw failure(
      name,
      'json-not-lines',
      'This is one JSON document, not one object a line. Put "format": "json" into the mapping.',
      row.row,
    );
};
