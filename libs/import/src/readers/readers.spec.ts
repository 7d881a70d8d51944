import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readMapping } from '../mapping/read-mapping.js';
import { ImportFailure } from '../problem.js';
import { readJsonArray } from './json-array.js';
import { newNotes, readRows } from './read-rows.js';
import type { SourceRow } from './rows.js';
import { sniffDelimiter } from './sniff.js';

const folder = mkdtempSync(join(tmpdir(), 'import-readers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;
const planOf = (file: Json) => readMapping({ source: 's', public: true, files: [file] }).files[0]!;
const collect = async (rows: AsyncIterable<readonly SourceRow[]>): Promise<SourceRow[]> => {
  const all: SourceRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
};
const read = async (name: string, content: string | Uint8Array, file: Json = {}) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const notes = newNotes();
  const rows = await collect(readRows(path, name, planOf(file), notes));
  return { rows, records: rows.map(({ record }) => record), notes };
};
const failureOf = async (name: string, content: string | Uint8Array, file: Json = {}) => {
  try {
    await read(name, content, file);
  } catch (error) {
    if (error instanceof ImportFailure) return error.problem;
    throw error;
  }
  return null;
};
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

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

describe('an encoding', () => {
  it('is UTF-8 unless the mapping says otherwise, and a wrong byte is found with its row', async () => {
    const text = `id;text\n1;gut\n2;"zwei\nZeilen"\n3;für\n4;x\n`;
    expect(await failureOf('a.csv', latin(text))).toMatchObject({
      code: 'encoding-wrong',
      row: 4,
      line: 5,
      message: expect.stringContaining('windows-1252'),
    });
    expect((await read('a.csv', latin(text), { encoding: 'windows-1252' })).records.at(2)).toEqual({
      id: '3',
      text: 'für',
    });
    const long = `id;text\n${'1;ok\n'.repeat(200_000)}2;für\n`;
    expect(await failureOf('b.csv', latin(long))).toMatchObject({ code: 'encoding-wrong', row: 200_002 });
    expect(await failureOf('a.jsonl', latin('{"a":"x"}\n{"a":"ü"}\n'))).toMatchObject({
      code: 'encoding-wrong',
      row: 2,
    });
    expect(await failureOf('a.json', latin('[{"a":"x"},{"a":"ü"}]'))).toMatchObject({ code: 'encoding-wrong', row: 2 });
  });

  it('can be UTF-16, and the mark at the start is believed over the mapping', async () => {
    const utf16 = Buffer.from('\ufeffid,text\n1,€ù\n', 'utf16le');
    expect((await read('a.csv', utf16, { encoding: 'utf-16le' })).records).toEqual([{ id: '1', text: '€ù' }]);
    expect(await failureOf('a.csv', utf16)).toMatchObject({
      code: 'encoding-other',
      message: expect.stringContaining('utf-16le'),
    });
  });

  it('that is older than UTF-8 is not believed of a file that is UTF-8', async () => {
    expect(await failureOf('a.csv', 'id,text\n1,éàü\n', { encoding: 'windows-1252' })).toMatchObject({
      code: 'encoding-other',
    });
    expect(
      (await read('a.csv', Buffer.from('id,text\n1,\x80 5\n', 'latin1'), { encoding: 'windows-1252' })).records,
    ).toEqual([{ id: '1', text: '€ 5' }]);
  });

  it('keeps a character whole that is cut in two by the pieces of the file', async () => {
    const text = `a\n${'x'.repeat(256 * 1024 - 3)}😀\n`;
    expect((await read('a.csv', text)).records[0]?.['a']).toMatch(/x😀$/);
  });
});

describe('gzip', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => JSON.stringify({ n, text: Math.sin(n) })).join('\n');

  it('is seen from the bytes, not from the name, and the digest is that of the file', async () => {
    const packed = gzipSync(rows);
    const { records, notes } = await read('a.jsonl', packed);
    expect(records).toHaveLength(5_000);
    expect(notes).toMatchObject({
      gzip: true,
      bytes: packed.length,
      digest: createHash('sha256').update(packed).digest('hex'),
    });
    expect((await read('b.jsonl.gz', rows)).records).toHaveLength(5_000);
    expect((await read('c.csv.gz', Buffer.concat([gzipSync('a\n1\n'), gzipSync('2\n')]))).records).toEqual([
      { a: '1' },
      { a: '2' },
    ]);
  });

  it('that is cut off or damaged is refused', async () => {
    const packed = gzipSync(rows);
    expect(await failureOf('a.jsonl.gz', packed.subarray(0, packed.length / 2))).toMatchObject({
      level: 'fatal',
      code: 'gzip-truncated',
    });
    expect(await failureOf('a.jsonl.gz', packed.subarray(0, packed.length - 4))).toMatchObject({
      code: 'gzip-truncated',
    });
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 1_000, 1_200);
    expect(await failureOf('a.jsonl.gz', damaged)).toMatchObject({ code: 'gzip-damaged' });
  });
});

describe('JSON Lines', () => {
  it('refuses a bad line and goes on', async () => {
    const { rows } = await read('a.jsonl', '{"a":1}\r\n\n{"a":\n[1]\n"x"\n{"a":2}');
    expect(rows.map(({ row, record, problem }) => [row, record ?? problem?.code])).toEqual([
      [1, { a: 1 }],
      [3, 'json-line-bad'],
      [4, 'not-an-object'],
      [5, 'not-an-object'],
      [6, { a: 2 }],
    ]);
  });

  it('says so when the file is one JSON document', async () => {
    expect(await failureOf('a.jsonl', '[\n{"a":1}\n]\n')).toMatchObject({
      code: 'json-not-lines',
      message: expect.stringContaining('"json"'),
    });
    expect(await failureOf('a.jsonl', '[{"a":1}]')).toMatchObject({ code: 'json-not-lines' });
  });
});

describe('JSON', () => {
  it('gives the elements of the array at the top or at a path', async () => {
    expect((await read('a.json', ' [{"a":"]}\\""} , {"a":[1,{"b":2}]}]\n')).records).toEqual([
      { a: ']}"' },
      { a: [1, { b: 2 }] },
    ]);
    const nested =
      '{"x":{"items":[9]},"links":["items"],"items":"no","data":{"n":{},"items":[{"a":1},{"a":2}],"z":[3]}}';
    expect((await read('a.json', nested, { at: 'data.items' })).rows).toEqual([
      { row: 1, record: { a: 1 } },
      { row: 2, record: { a: 2 } },
    ]);
    expect((await read('a.json', '[]')).rows).toEqual([]);
    expect((await read('a.json', '[1,{"a":1}]')).rows.map(({ problem }) => problem?.code)).toEqual([
      'not-an-object',
      undefined,
    ]);
  });

  it.each([
    ['[{"a":1},{"a":', 'json-cut-off'],
    ['[{"a":1}', 'json-cut-off'],
    ['[{"a":1},]', 'json-broken'],
    ['[{"a":1} {"a":2}]', 'json-broken'],
    ['[{"a":1}}', 'json-broken'],
    ['[{"a":1}] x', 'json-broken'],
    ['[{"a":01}]', 'json-broken'],
    ['{"a":1}', 'json-no-array'],
    ['', 'json-no-array'],
  ])('%j is %s', async (text, code) => {
    expect(await failureOf('a.json', text)).toMatchObject({ code, level: 'fatal' });
  });

  it('gives the same elements however the text is cut, and whatever they are', async () => {
    const elements = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(
        elements,
        fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue()),
        fc.integer({ min: 1, max: 9 }),
        async (list, beside, size) => {
          const text = JSON.stringify({ ...beside, rows: list, z: 1 }, null, size % 2);
          const pieces = async function* () {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
          };
          const rows = await collect(readJsonArray(pieces(), ['rows'], 'x'));
          expect(rows.map(({ record }) => record)).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a file', () => {
  it.each([
    ['a.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0]), 'spreadsheet-file'],
    ['a.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'spreadsheet-file'],
    ['a.csv', Buffer.from('%PDF-1.7'), 'pdf-file'],
    ['a.dat', 'a\n1\n', 'format-unknown'],
  ])('%s with %j is refused as %s', async (name, content, code) => {
    const file = name === 'a.dat' ? {} : { format: 'csv' };
    expect(await failureOf(name, content, file)).toMatchObject({ code });
  });

  it('that is not there says so', async () => {
    await expect(collect(readRows(join(folder, 'none.csv'), 'none.csv', planOf({}), newNotes()))).rejects.toMatchObject(
      {
        problem: { code: 'file-unreadable', message: expect.stringContaining('no such file') },
      },
    );
  });
});

describe('finding a delimiter', () => {
  it('is not misled by text in quotes', () => {
    expect(sniffDelimiter('a;b\n"1,2,3,4";"x,y"\n"5,""6,7""";z\n')).toBe(';');
  });
});
