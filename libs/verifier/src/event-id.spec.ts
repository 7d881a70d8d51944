import { eventId, uuid5 } from '#event-store/ids';
import { Book } from './book.js';
import { wordsInto } from './event-id.js';
import { Machine } from './machine.js';

describe('ids that are worked out again', () => {
  const command = uuid5('6f1d1c0e-7a35-5d0b-9d7e-0c5a4b1f7e21', 'a command');
  const at = (given: number | undefined): number => given ?? Number.NaN;

  it.each([0, 1, 9, 10, 255, 123_456_789])('event %i of a command has the id that the recorder gave it', (index) => {
    const book = new Book(new Machine(), 0, false);
    const isId = (id: string): number => book.code.isIdOf(at(book.id(id)), book.command(command).at, index);
    expect([isId(eventId(command, index)), isId(eventId(command, index + 1))]).toEqual([1, 0]);
  });
  it('are not kept for more entries than there is memory for, and nothing breaks', () => {
    expect(() => new Book(new Machine(), 20_000_001, false)).toThrow('this checker can hold 20000000 entries');
    const book = new Book(new Machine(), 20_000_000, false);
    expect(book.code.putId(at(book.id(command)), 19_999_999)).toBe(-1);
    expect(book.code.findId(at(book.id(command)))).toBe(19_999_999);
  });
  it('is not a UUID', () => {
    for (const id of [
      '',
      command.toUpperCase(),
      `${command} `,
      command.replaceAll('-', ''),
      'g'.repeat(36),
      'é'.repeat(36),
    ])
      expect(wordsInto(id, new Int32Array(4), 0)).toBe(false);
  });
  it('finds 5,000 ids again, each at its own entry', () => {
    const book = new Book(new Machine(), 5_000, false);
    const ids = Array.from({ length: 5_000 }, (_, place) => eventId(command, place));
    const put = (id: string, number: number): number => book.code.putId(at(book.id(id)), number);
    const find = (id: string): number => book.code.findId(at(book.id(id)));
    expect(ids.filter((id, number) => put(id, number) !== -1)).toEqual([]);
    expect(ids.filter((id, number) => find(id) !== number || put(id, 9) !== number)).toEqual([]);
    expect(find(eventId(command, 5_000))).toBe(-1);
  });
  it('keeps the same words of two kinds apart', () => {
    const book = new Book(new Machine(), 10, false);
    at(book.id(command));
    expect([1, 2, 1, 2].map((kind) => book.code.streamOf(kind))).toEqual([0, 1, 0, 1]);
    expect([1, 2, 3].map((kind) => book.code.findStream(kind))).toEqual([0, 1, -1]);
  });
  it('knows ids of keys in their one form only', () => {
    const book = new Book(new Machine(), 10, false);
    const kids = ['AAAAAAAAAAAAAAAAAAAAAA', 'zZ9-_aaaaaaaaaaaaaaaaA', 'AAAAAAAAAAAAAAAAAAAAAB', 'AAAAAAAAAAAAAAAAAAAA+A', 'short', 'é'.repeat(22)]; // prettier-ignore
    expect(kids.map((kid) => book.kid(kid) !== undefined)).toEqual([true, true, false, false, false, false]);
    const words = (kid: string): Uint8Array =>
      new Uint8Array(new Uint32Array([...book.words(at(book.kid(kid)))]).buffer);
    for (const kid of kids.slice(0, 2)) expect(Buffer.from(words(kid)).swap32().toString('base64url')).toBe(kid);
  });
});
