import { type CsvError, parse, type Parser } from 'csv-parse';
import type { FilePlan } from '../mapping/plan.js';
import { failure } from './bytes.js';
import { MAX_ROW, type Rows, type SourceRow } from './rows.js';
import { sniffDelimiter, sniffLineEnd } from './sniff.js';
import { EncodingError } from './text.js';

const SAMPLE = 64 * 1024;

export interface CsvNotes {
  delimiter: string | null;
}

/**
 * The rows of a CSV file, numbered as a spreadsheet numbers them: the header is row 1, and a cell with line breaks is
 * still one row. Rows without anything in them are passed over.
 * @param checkHeader is told the columns before the first row and throws when the mapping needs others.
 * @throws ImportFailure when the rest of the file cannot be trusted.
 */
export async function* readCsv(
  texts: AsyncIterable<string>,
  plan: FilePlan,
  name: string,
  notes: CsvNotes,
  checkHeader: (columns: readonly string[]) => void,
): Rows {
  const rows = new RowCollector(plan, checkHeader);
  let parser: Parser | null = null;
  let waiting = '';
  const feed = async (text: string, last: boolean, start = last): Promise<readonly SourceRow[]> => {
    waiting += text;
    if (parser === null) {
      if (waiting.length < SAMPLE && !start) return [];
      notes.delimiter = plan.delimiter ?? sniffDelimiter(sampleOf(waiting, start), plan.headerRow);
      parser = parserFor(plan, notes.delimiter, sniffLineEnd(waiting), rows);
    }
    const piece = waiting;
    waiting = '';
    await written(parser, piece, last).catch((error: unknown) => {
      throw csvFailure(error, name, rows);
    });
    rows.rethrow();
    return rows.take();
  };
  try {
    for await (const text of texts) {
      const batch = await feed(text, false);
      if (batch.length > 0) yield batch;
    }
    yield await feed('', true);
  } catch (error) {
    if (error instanceof EncodingError) {
      // What came before the bad bytes is still waiting when the file is short: read it, to name the row.
      if (error.code === 'encoding-wrong') await feed('', false, true).catch(() => []);
      throw failure(name, error.code, error.message, rows.row + (error.code === 'encoding-wrong' ? 1 : 0), error.line);
    }
    throw error;
  }
  rows.end(name);
}

/** A last line that is not complete would look too narrow. */
const sampleOf = (text: string, whole: boolean): string =>
  whole && text.length <= SAMPLE ? `${text}\n` : text.slice(0, Math.max(text.lastIndexOf('\n', SAMPLE), 1));

const parserFor = (plan: FilePlan, delimiter: string, lineEnds: readonly string[], rows: RowCollector): Parser =>
  parse({
    delimiter,
    record_delimiter: [...lineEnds],
    columns: false,
    relax_column_count: true,
    relax_quotes: plan.quotes === 'relaxed',
    ...(plan.quotes === 'none' && { quote: null }),
    max_record_size: MAX_ROW,
    on_record: (record: string[]) => {
      rows.add(record);
      return null;
    },
    // An error reaches us through the write that caused it; without a listener of its own it would end the process.
  }).on('error', () => undefined);

const written = (parser: Parser, text: string, last: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.once('error', reject);
    const done = (error?: Error | null): void => {
      parser.off('error', reject);
      if (error) reject(error);
      else resolve();
    };
    // Nothing is ever pushed to the readable side; reading lets it end.
    if (last) parser.resume();
    if (text !== '') parser.write(text, last ? undefined : done);
    else if (!last) done();
    if (last) parser.end(done);
  });

const csvFailure = (error: unknown, name: string, rows: RowCollector): unknown => {
  const { code } = error as CsvError;
  const message: Readonly<Record<string, readonly [string, string]>> = {
    CSV_QUOTE_NOT_CLOSED: [
      'quote-not-closed',
      'A cell of this row starts with a quote (") that is never closed. Close it, or set "quotes".',
    ],
    CSV_INVALID_CLOSING_QUOTE: [
      'quote-misplaced',
      'A quote (") in this row is followed by more text. Double the quotes inside a cell (""), or set "quotes": "relaxed".',
    ],
    INVALID_OPENING_QUOTE: [
      'quote-misplaced',
      'A quote (") stands in the middle of a cell of this row. Put the whole cell in quotes, or set "quotes": "relaxed".',
    ],
    CSV_MAX_RECORD_SIZE: [
      'row-too-long',
      `This row is longer than ${MAX_ROW} characters: probably a quote is never closed.`,
    ],
  };
  const known = message[code];
  return known ? failure(name, known[0], known[1], rows.row + 1, rows.line + 1) : error;
};

/** Turns records into rows by the header, and keeps count. */
class RowCollector {
  row = 0;
  line = 0;
  private columns: readonly string[] | null;
  private batch: SourceRow[] = [];
  private error: unknown = null;

  constructor(
    private readonly plan: FilePlan,
    private readonly checkHeader: (columns: readonly string[]) => void,
  ) {
    this.columns = plan.columns;
    if (plan.columns) checkHeader(plan.columns);
  }

  add(cells: readonly string[]): void {
    const start = this.line + 1;
    this.line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    this.row++;
    if (this.error !== null) return;
    if (this.columns === null) {
      if (this.row < this.plan.headerRow) return;
      this.columns = cells.map((cell) => cell.trim());
      try {
        this.checkHeader(this.columns);
      } catch (error) {
        this.error = error;
      }
      return;
    }
    if (cells.every((cell) => cell.trim() === '')) return;
    this.batch.push(this.rowOf(cells, this.columns, start));
  }

  private rowOf(cells: readonly string[], columns: readonly string[], line: number): SourceRow {
    if (cells.length === columns.length)
      return {
        row: this.row,
        line,
        record: Object.fromEntries(columns.map((column, index) => [column, cells[index]])),
      };
    const message =
      `This row has ${cells.length} cells, but the header has ${columns.length}. ` +
      'Is a cell with a separator in it without quotes?';
    return { row: this.row, line, record: null, raw: cells, problem: { code: 'row-width', message } };
  }

  rethrow(): void {
    if (this.error !== null) throw this.error as Error;
  }

  take(): readonly SourceRow[] {
    const { batch } = this;
    this.batch = [];
    return batch;
  }

  end(name: string): void {
    if (this.columns === null) throw failure(name, 'file-empty', 'There is no header in this file: it is empty.');
  }
}
