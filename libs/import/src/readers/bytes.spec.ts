import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { newNotes, readRows } from './read-rows.js';
import { collect, planOf, readContent as read, readingFailure as failureOf } from '../testing/reading.js';

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
    await expect(collect(readRows('/nowhere/none.csv', 'none.csv', planOf({}), newNotes()))).rejects.toMatchObject({
      problem: { code: 'file-unreadable', message: expect.stringContaining('no such file') },
    });
  });
});
