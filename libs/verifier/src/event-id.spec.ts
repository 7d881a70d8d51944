import { eventId, uuid5 } from '#event-store/ids';
import { eventIdWords, idWords, sameId } from './event-id.js';
import { IdTable } from './id-table.js';

const words = (id: string) => idWords(id)!;

describe('ids that are worked out again', () => {
  const command = uuid5('6f1d1c0e-7a35-5d0b-9d7e-0c5a4b1f7e21', 'a command');
  it.each([0, 1, 9, 10, 255, 123_456_789])('event %i of a command has the id that the recorder gave it', (index) =>
    expect(eventIdWords(words(command), index)).toEqual(words(eventId(command, index))),
  );
  it('is not a UUID', () => {
    for (const id of ['', command.toUpperCase(), `${command} `, command.replaceAll('-', ''), 'g'.repeat(36)])
      expect(idWords(id)).toBeUndefined();
  });
  it('finds 5,000 ids again, each at its own entry', () => {
    const table = new IdTable();
    const ids = Array.from({ length: 5_000 }, (_, at) => words(eventId(command, at)));
    ids.forEach((id, at) => expect(table.put(id, at)).toBeUndefined());
    ids.forEach((id, at) => expect([table.get(id), table.put(id, 9)]).toEqual([at, at]));
    expect(table.get(words(eventId(command, 5_000)))).toBeUndefined();
    expect(sameId(ids[0]!, ids[1]!)).toBe(false);
  });
});
