import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

/** The public test data of RFC 8785, read where it lies and never copied in here. */
const vectors = join(import.meta.dirname, '../../../../shared/vectors/jcs-rfc8785/testdata');
const names = existsSync(vectors) ? readdirSync(join(vectors, 'input')) : [];
const atVectors = names.length > 0 ? describe : describe.skip;

atVectors('canonical JSON, by the public vectors of RFC 8785 (skipped where they are not at hand)', () => {
  it.each(names.length > 0 ? names : ['none'])('%s', (name) => {
    const hex = readFileSync(join(vectors, 'outhex', name.replace('.json', '.txt')), 'utf8').replace(/\s/g, '');
    const made = canonicalJson(JSON.parse(readFileSync(join(vectors, 'input', name), 'utf8')));
    expect(Buffer.from(made, 'utf8').toString('hex')).toBe(hex);
  });
});

const wellFormed = fc.string({ unit: 'grapheme', maxLength: 20 });
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    wellFormed,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(wellFormed, tie('value'), { maxKeys: 5 }),
  ),
})).value;
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

describe('canonical JSON', () => {
  it('is the same JSON, whatever order the members came in', () =>
    fc.assert(
      fc.property(json, (value) => {
        const made = canonicalJson(value);
        expect(JSON.parse(made)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(made);
        expect(canonicalJson(JSON.parse(made))).toBe(made);
        expect(made.length).toBe(JSON.stringify(value).length);
      }),
      { numRuns: 2_000 },
    ));

  it('sorts by UTF-16 code units and leaves out what is undefined', () =>
    expect(canonicalJson({ '\ufb33': 1, '\ud83d\ude00': 2, b: undefined, a: -0 })).toBe(
      '{"a":0,"\ud83d\ude00":2,"\ufb33":1}',
    ));

  it.each([
    ['NaN', NaN],
    ['an infinity', -Infinity],
    ['half a character', '\ud800'],
    ['half a character in a name', { '\udc00': 1 }],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(2)],
    ['undefined', undefined],
  ])('refuses %s', (_, value) => expect(() => canonicalJson(value)).toThrow(TypeError));
});
