import fc from 'fast-check';
import { sniffDelimiter } from './sniff.js';
import { readContent as read, readingFailure as failureOf } from '../testing/reading.js';

describe('CSV', () => {
  it('gives rows by column, numbered as a spreadsheet numbers them', async () => {
    const { rows, notes } = await read('a.csv', '\ufeffid,text\r\n1,"a ""b""\r\nc"\r\n\r\n,\r\n2,=1+1\r\n');
    expect(rows).toEqual([
      { row: 2, line: 2, record: { id: '1', text: 'a "b"\r\nc' } },
      { row: 5, line: 6, record: { id: '2', text: '=1+1' } },
    ]);
    expect(notes).toMatchObject({ delimiter: ',', gzip: false, format: 'csv' });
  });

  it.each([
    ['id;text\n1;"a;b"\n2;c,d\n', ';'],
    ['id\ttext\n1\ta, b; c\n', '\t'],
    ['id|text\n1|a\n', '|'],
    ['id,text\n1,"x;y;z"\n2,"a\n;b"\n', ','],
    ['id\n1\n', ','],
  ])('finds the delimiter of %j', async (text, delimiter) => {
    const { rows, notes } = await read('a.csv', text);
    expect(notes.delimiter).toBe(delimiter);
    expect(rows.every(({ record }) => record !== null)).toBe(true);
  });

  it('takes a stated delimiter, a header further down, or none', async () => {
    expect((await read('a.csv', 'a|b,c\n1|2,3\n', { delimiter: '|' })).records).toEqual([{ a: '1', 'b,c': '2,3' }]);
    expect((await read('a.csv', 'Report 2024\n\na,b\n1,2\n', { headerRow: 3 })).rows).toMatchObject([
      { row: 4, record: { a: '1', b: '2' } },
    ]);
    expect((await read('a.csv', '1,2\n', { columns: ['a', 'b'] })).rows).toMatchObject([
      { row: 1, record: { a: '1', b: '2' } },
    ]);
    expect((await read('a.csv', 'a,b\r1,2\r')).records).toEqual([{ a: '1', b: '2' }]);
  });

  it('refuses a row of another width and goes on', async () => {
    const { rows } = await read('a.csv', 'a,b\n1\n2,x,y\n3,z\n');
    expect(rows.map(({ row, problem }) => [row, problem?.code])).toEqual([
      [2, 'row-width'],
      [3, 'row-width'],
      [4, undefined],
    ]);
  });

  it('names the row of a quote that is not closed, and of one in the wrong place', async () => {
    expect(await failureOf('a.csv', 'a,b\n1,2\n3,"x\n4,y\n')).toMatchObject({
      code: 'quote-not-closed',
      row: 3,
      line: 3,
    });
    expect(await failureOf('a.csv', 'a,b\n1,2\n3,"x" y\n')).toMatchObject({ code: 'quote-misplaced', row: 3 });
    expect(await failureOf('a.csv', 'a,b\n1,12" pipe\n')).toMatchObject({ code: 'quote-misplaced', row: 2 });
    expect((await read('a.csv', 'a,b\n1,12" pipe\n', { quotes: 'relaxed' })).records).toEqual([
      { a: '1', b: '12" pipe' },
    ]);
    expect((await read('a.csv', 'a,b\n1,"x\n', { quotes: 'none' })).records).toEqual([{ a: '1', b: '"x' }]);
  });

  it('stops before the first row when a column is missing, and suggests one', async () => {
    const file = { yields: [{ concept: 'discussion', id: '{Nr}', occurredAt: 'Datum', fields: { title: 'Titel' } }] };
    expect(await failureOf('a.csv', 'Nr;Dattum;Title\n1;x;y\n', file)).toMatchObject({
      code: 'column-missing',
      row: 1,
      message: expect.stringMatching(/“Datum”\. Did you mean “Dattum”\? “Titel”\. Did you mean “Title”\?/),
    });
    expect(await failureOf('a.csv', 'Nr,Datum,Titel,Titel\n', file)).toMatchObject({ code: 'column-twice' });
    expect(await failureOf('a.csv', '', file)).toMatchObject({ code: 'file-empty' });
  });

  it('reads back whatever was written, however it is cut into pieces', async () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '漢', '😀', '='), { maxLength: 6 })
      .map((c) => c.join(''));
    const table = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), cell, cell), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '|', 'tab'), async (rows, delimiter) => {
        const write = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const by = delimiter === 'tab' ? '\t' : delimiter;
        const text = [['n', 'a', 'b'], ...rows.map((row) => row.map(String))]
          .map((row) => row.map(write).join(by))
          .join('\n');
        const { records } = await read('p.csv', text, { delimiter });
        expect(records).toEqual(rows.map(([n, a, b]) => ({ n: String(n), a, b })));
      }),
      { numRuns: 60 },
    );
  });

  it('reads a file of several pieces like one of a single piece', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${n},"Zeile ${n}, größer\nals eine 😀"`);
    const { records } = await read('big.csv', ['n,text', ...rows].join('\n'));
    expect(records).toHaveLength(30_000);
    expect(records.at(-1)).toEqual({ n: '29999', text: 'Zeile 29999, größer\nals eine 😀' });
  });
});

describe('finding a delimiter', () => {
  it('is not misled by text in quotes', () => {
    expect(sniffDelimiter('a;b\n"1,2,3,4";"x,y"\n"5,""6,7""";z\n')).toBe(';');
  });
});
