import { eventId, uuid5 } from '#event-store/ids';
import { readUuid } from './byte-words.js';
import { eventIdInto, idWords, wordsInto } from './event-id.js';
import { WordTable } from './word-table.js';

const words = (id: string): Int32Array => {
  const read = new Int32Array(4);
  expect(wordsInto(id, read, 0)).toBe(true);
  return read;
};

describe('ids that are worked out again', () => {
  const command = uuid5('6f1d1c0e-7a35-5d0b-9d7e-0c5a4b1f7e21', 'a command');
  it.each([0, 1, 9, 10, 255, 123_456_789])('event %i of a command has the id that the recorder gave it', (index) => {
    const out = new Int32Array(4);
    eventIdInto(words(command), 0, index, out);
    expect(out).toEqual(words(eventId(command, index)));
  });
  it('is not a UUID', () => {
    for (const id of ['', command.toUpperCase(), `${command} `, command.replaceAll('-', ''), 'g'.repeat(36)]) {
      expect(idWords(id)).toBeUndefined();
      expect(id.length === 36 && readUuid(Buffer.from(id), 0, new Int32Array(4), 0)).toBe(false);
    }
  });
  it('is read from bytes as it is from text', () => {
    const read = new Int32Array(6);
    for (let at = 0; at < 200; at += 1) {
      const id = eventId(command, at);
      expect(readUuid(Buffer.from(`"${id}"`), 1, read, 2)).toBe(true);
      expect(read.subarray(2)).toEqual(words(id));
    }
    expect(readUuid(Buffer.from(command.slice(0, 35)), 0, read, 0)).toBe(false);
  });
  it('finds 5,000 ids again, each at its own entry', () => {
    const table = new WordTable(5_000);
    const ids = Array.from({ length: 5_000 }, (_, at) => words(eventId(command, at)));
    ids.forEach((id, at) => expect(table.put(id, 0, at)).toBe(-1));
    ids.forEach((id, at) => expect([table.find(id, 0), table.put(id, 0, 9)]).toEqual([at, at]));
    expect(table.find(words(eventId(command, 5_000)), 0)).toBe(-1);
    expect(table.size).toBe(5_000);
  });
  it('keeps the same words of two kinds apart', () => {
    const table = new WordTable(10, { hasKinds: true });
    expect([table.put(words(command), 0, 0, 1), table.put(words(command), 0, 1, 2)]).toEqual([-1, -1]);
    expect([1, 2, 3].map((kind) => table.find(words(command), 0, kind))).toEqual([0, 1, -1]);
    expect(table.key(1)).toEqual({ words: [...words(command)], kind: 2 });
  });
});
