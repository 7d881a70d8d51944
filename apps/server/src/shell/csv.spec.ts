import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { csvText } from './csv.js';

const RUNS = 1_000;
const ROWS = 20;
/** Written apart from the rule it judges: by what a cell starts with once blanks and unseen signs are gone. */
const STARTS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'];
const isFormula = (cell: string): boolean =>
  ['\t', '\r', '\n'].some((sign) => cell.startsWith(sign)) ||
  STARTS.some((sign) => cell.replace(/[\s\p{C}]/gu, '').startsWith(sign));

const hostile = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', ' ', '\u00a0', '\u200b', '\ufeff', '\t', '\r', '\n', '\u0000', '"', "'", ','),
      fc.constantFrom(...STARTS, ''),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    .map((parts) => parts.join('').toWellFormed()),
  fc.constantFrom(`=cmd|' /C calc'!A0`, '@SUM(1+1)*cmd', '+1-1', '=HYPERLINK("https://evil.example","x")', '\t=1', ' =1', '＝1+1'),
); // prettier-ignore

describe('a table for spreadsheets', () => {
  const read = (text: string): string[][] =>
    parse(text.slice(1), { relax_column_count: true, record_delimiter: '\r\n' });

  it('finds a formula where there is one', () =>
    expect(['=1', ' =1', '\u200b＝1', '\tx', 'a=1', "'=1", '12'].map(isFormula)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]));

  it('never holds a cell that a spreadsheet would run, and loses nothing of what stands in it', () => {
    let cells = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: ROWS, maxLength: ROWS }), (rows) => {
        const back = read(csvText([['two', 'columns'], ...rows])).slice(1);
        cells += back.flat().length;
        expect(back.flat().filter(isFormula)).toEqual([]);
        const plain = back.map((row) => row.map((cell) => (isFormula(cell.replace(/^'+/, '')) ? cell.slice(1) : cell)));
        expect(plain).toEqual(rows);
      }),
      { numRuns: RUNS, seed: 17 },
    );
    console.log(JSON.stringify({ figure: 'security.csv', rows: RUNS * ROWS, cells, formulas: 0 }));
  });

  it('keeps numbers numbers', () => expect(csvText([[-1, 2.5, null]])).toBe('\uFEFF-1,2.5,\r\n'));

  it('is written here and nowhere else', () => {
    const files = ['apps', 'libs'].flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)),
    );
    const writers = files.filter(
      (path) => /(?<!spec)\.ts$/.test(path) && /text\/csv|\.csv['"`]\s*,\s*csv/.test(readFileSync(path, 'utf8')),
    );
    expect(writers.length).toBeGreaterThan(1);
    expect(writers.filter((path) => !/csvText|\.csv\.js'|mapping|import/.test(readFileSync(path, 'utf8')))).toEqual([]);
  });
});
