import fc from 'fast-check';
import { events } from './event.js';
import { isOpen, isSealed, personal, sealedRef } from './personal.js';
import {
  code,
  count,
  date,
  fields,
  flag,
  id,
  instant,
  list,
  oneOf,
  optional,
  sealedWhole,
  ShapeError,
  text,
  words,
} from './shape.js';

const view = fields({
  words,
  by: optional(text),
  kind: oneOf('photo', 'audio'),
  items: list(fields({ note: words, size: optional(count) })),
});
const good = { words: personal('p1', 'Hello'), kind: 'photo', items: [{ note: personal('p1', 'n') }] };
const pointerOf = (value: unknown): string => {
  try {
    view.check(value, '');
  } catch (error) {
    if (error instanceof ShapeError) return error.pointer;
    throw error;
  }
  return 'accepted';
};

describe('the shape of an event', () => {
  it('takes what fits and hands it back unchanged', () => expect(view.check(good, '')).toBe(good));

  it.each([
    ['not an object', [], ''],
    ['null', null, ''],
    ['a field missing', { ...good, kind: undefined }, '/kind'],
    ['a code that is none', { ...good, kind: 'Photo' }, '/kind'],
    ['a field nobody declared', { ...good, extra: 1 }, '/extra'],
    ['a field named like a member of every object', { ...good, constructor: 'x' }, '/constructor'],
    ['a field named toString', { ...good, toString: 'x' }, '/toString'],
    ['an optional field that is null', { ...good, by: null }, '/by'],
    ['a list that is none', { ...good, items: {} }, '/items'],
    ['a wrong item, deep down', { ...good, items: [good.items[0], { note: 'open words' }] }, '/items/1/note'],
    ['a fraction', { ...good, items: [{ note: personal('p', 'n'), size: 1.5 }] }, '/items/0/size'],
    ['personal words in the open', { ...good, words: 'Hello' }, '/words'],
    ['personal words that are not text', { ...good, words: personal('p1', 7) }, '/words'],
    ['personal words of nobody', { ...good, words: personal('', 'Hello') }, '/words'],
  ])('refuses %s and names the place', (_, value, pointer) => expect(pointerOf(value)).toBe(pointer));

  it('leaves out of account what is undefined', () =>
    expect(pointerOf({ ...good, extra: undefined })).toBe('accepted'));

  it.each([
    [id, '00000000-0000-5000-8000-000000000000', '00000000-0000-5000-8000-00000000000'],
    [id, 'a0000000-0000-5000-8000-000000000000', 'A0000000-0000-5000-8000-000000000000'],
    [code, 'central-bedfordshire', 'two words'],
    [code, 'v1.2', '-x'],
    [code, 'x', 'x\n'],
    [count, -3, 2 ** 53],
    [flag, false, 'false'],
    [date, '2024-02-29', '2023-02-29'],
    [date, '2026-11-23', '2026-13-01'],
    [instant, '2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00Z'],
    [instant, '2026-11-23T23:59:59.999Z', '2026-11-23T24:00:00.000Z'],
    [instant, '2024-02-29T00:00:00.000Z', '2026-02-30T00:00:00.000Z'],
    [instant, '2026-11-23T12:00:00.000Z', '2026-11-23T12:61:00.000Z'],
    [sealedWhole<string[]>('names'), personal('p', ['a']), ['a']],
  ])('%# knows %s', (shape, right, wrong) => {
    expect(shape.check(right, '')).toBe(right);
    expect(() => shape.check(wrong, '/x')).toThrow(ShapeError);
  });

  it('never says what was in the field', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (secret) => {
        try {
          view.check({ ...good, kind: secret }, '');
        } catch (error) {
          expect((error as Error).message).not.toContain(secret);
        }
      }),
    ));

  it('has an example that fits', () => expect(pointerOf(view.example)).toBe('accepted'));

  it('is written once for every event of a slice', () => {
    const map = events({ ThingSaid: { words } });
    expect(() => map.ThingSaid.check({}, '')).toThrow('/words');
  });
});

describe('personal words', () => {
  it('are open before they are recorded and a reference after', () => {
    const open = personal('p1', 'Hello');
    expect([isOpen(open), isSealed(open), isOpen({ sealed: 'r' }), isSealed({ sealed: 'r' })]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(sealedRef({ sealed: 'r' })).toBe('r');
    expect(() => sealedRef(open)).toThrow('not been recorded');
  });
});
