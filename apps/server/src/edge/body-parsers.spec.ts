import fc from 'fast-check';
import { readForm, readJson, UnreadableBody } from './body-parsers.js';

const encode = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

describe('JSON bodies', () => {
  it.each([
    ['nothing', ''],
    ['half of it', '{"a":'],
    ['a list', '[1]'],
    ['a text', '"a"'],
    ['null', 'null'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}'],
    ['__proto__, deep down', '{"a":[{"__proto__":1}]}'],
    ['a constructor, which copying would call', '{"a":{"constructor":{"prototype":{"b":1}}}}'],
    ['half a character', '{"a":"\\ud800"}'],
    ['half a character as a name', '{"\\ud800":1}'],
    ['half a character, deep down', '{"a":[["\\udfff"]]}'],
    ['too many levels', `{"a":${'['.repeat(30)}${']'.repeat(30)}}`],
  ])('that are %s are refused', (_, text) => expect(() => readJson(text)).toThrow(UnreadableBody));

  it('of a megabyte of brackets are refused in no time', () => {
    const start = performance.now();
    expect(() => readJson(`{"a":${'['.repeat(500_000)}`)).toThrow(UnreadableBody);
    expect(() => readJson(`{"a":${'['.repeat(4_000)}${']'.repeat(4_000)}}`)).toThrow(UnreadableBody);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('never repeat what was sent in the message', () =>
    expect(() => readJson('{"a": SECRET}')).toThrow(expect.not.stringContaining('SECRET') as never));

  it('that are good come whole', () =>
    expect(readJson('{"a":[1,{"b":"🚌"}],"toString":"x"}')).toEqual({ a: [1, { b: '🚌' }], toString: 'x' }));
});

describe('forms', () => {
  it('keep every character of every field', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme' })), {
          selector: ([name]) => name,
        }),
        (pairs) => expect(readForm(encode(pairs))).toEqual(Object.fromEntries(pairs)),
      ),
    ));

  it('make objects and lists of dotted names, in the order of their numbers', () =>
    expect(
      readForm('answers.10.effect=heard&answers.2.effect=changed&reason.words=no+money&tick=a&tick=b&empty='),
    ).toEqual({
      answers: [{ effect: 'changed' }, { effect: 'heard' }],
      reason: { words: 'no money' },
      tick: ['a', 'b'],
      empty: '',
    }));

  it.each([
    ['bytes that are not UTF-8', 'a=%ff%fe'],
    ['half a character', 'a=%ed%a0%80'],
    ['a name that is not UTF-8', '%c3=1'],
    ['__proto__', '__proto__.isAdmin=1'],
    ['__proto__, encoded', '%5F_proto__=1'],
    ['__proto__, deep down', 'a.__proto__.b=1'],
    ['a constructor, which copying would call', 'a.constructor.prototype.b=1'],
    ['names without end', `${'a.'.repeat(50)}b=1`],
    ['too many fields', 'a=1&'.repeat(5_001)],
  ])('with %s are refused', (_, text) => expect(() => readForm(text)).toThrow(UnreadableBody));

  it('cannot reach the members of every object', () => {
    readForm('toString.isAdmin=1&valueOf=x&a.hasOwnProperty.b=2');
    expect(({} as { isAdmin?: string }).isAdmin).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('answer anything with fields or a refusal', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(typeof readForm(text)).toBe('object');
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableBody);
        }
      }),
    ));
});
