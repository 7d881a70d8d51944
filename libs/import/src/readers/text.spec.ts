import { readContent as read, readingFailure as failureOf } from '../testing/reading.js';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

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
