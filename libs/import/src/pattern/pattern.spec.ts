import fc from 'fast-check';
import { Pattern, PatternError } from './pattern.js';

const natively = (source: string, text: string): (string | null)[][] =>
  [...text.matchAll(new RegExp(source, 'gu'))].map((match) => [...match].map((group) => group ?? null));
const ours = (source: string, text: string): (string | null)[][] =>
  [...new Pattern(source).all(text)].map(({ groups }) => [...groups]);

describe('a pattern', () => {
  it.each([
    ['petitions/(\\d+)', 'see https://x.test/petitions/12 and /petitions/345.'],
    ['(\\d{1,2})-([A-Za-z]{3})-(\\d{4})', '30-Aug-2002 <a>`__ `22-Feb-2026'],
    ['^\\s*(yes|ja|oui)\\b', ' ja, gern'],
    ['a+?b|(a)(c)?', 'aab ac a'],
    ['[^,;]+', 'a, b;ç'],
    ['\\p{Lu}\\p{Ll}+', 'Über Éa x'],
    ['.', '😀a'],
    ['(a|ab)(c|bcd)(d*)', 'abcd'],
    ['x*', 'axxb'],
    ['$', 'abc'],
    ['\\Bb', 'b ab'],
    ['(?<year>\\d{4})?-', '-2020-'],
  ])('%s finds what the language itself finds', (source, text) => {
    expect(ours(source, text)).toEqual(natively(source, text));
  });

  it('agrees with the language on random patterns and texts', () => {
    const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '1');
    const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        atom,
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
        // Only things of some length are repeated: engines differ in what a loop around nothing captures.
        fc.tuple(atom, fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}')).map(([a, q]) => a + q),
        tie('node').map((a) => `(${a})`),
      ),
      tree: tie('node'),
    }));
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '1', '\n', 'é', '😀'), { maxLength: 14 })
      .map((l) => l.join(''));
    fc.assert(
      fc.property(tree, text, (source, t) => expect(ours(source, t)).toEqual(natively(source, t))),
      { numRuns: 600 },
    );
  });

  it('ignores case when it starts with (?i)', () => {
    expect(new Pattern('(?i)straße').test('STRAßE')).toBe(true);
  });

  it('is not slowed down by a pattern that makes trial and error explode', () => {
    const started = performance.now();
    expect(new Pattern('^(a+)+$').test(`${'a'.repeat(5_000)}!`)).toBe(false);
    expect(new Pattern('^(a|a)*(a|a)*b').test('a'.repeat(5_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    'a{2000}',
    '((a{100}){100}){100}',
    '(',
    '[a',
    'a**',
  ])('refuses %s with a reason', (source) => {
    expect(() => new Pattern(source)).toThrow(PatternError);
  });
});
