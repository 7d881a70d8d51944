import fc from 'fast-check';
import { readJsonArray } from './json-array.js';
import { collect, readContent as read, readingFailure as failureOf } from '../testing/reading.js';

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
