import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { ALPHABET, cancelCard, checkLetter, CODE_LENGTH, codeFrom, groupedCode, issueCard, readCode } from './card.js';
import { contribution, type Contribution } from './contribution.js';

const codes = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: CODE_LENGTH - 1, maxLength: CODE_LENGTH - 1 })
  .map((letters) => {
    const payload = letters.join('');
    return payload + checkLetter(payload);
  });

describe('a take-home code', () => {
  it('has letters that are hard to mix up', () => {
    expect([new Set(ALPHABET).size, ALPHABET.length]).toEqual([30, 30]);
    expect(ALPHABET).not.toMatch(/[01OILU]/);
  });

  it('is found wrong for every single wrong letter', () =>
    fc.assert(
      fc.property(codes, fc.integer({ min: 0, max: CODE_LENGTH - 1 }), (code, at) => {
        for (const letter of ALPHABET)
          if (letter !== code[at]) expect(readCode(code.slice(0, at) + letter + code.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 300 },
    ));

  it('is found wrong for all but a few pairs of neighbours that changed places, by count', () => {
    let [swaps, missed] = [0, 0];
    for (const a of ALPHABET)
      for (const b of ALPHABET) {
        if (a === b) continue;
        swaps++;
        if (checkLetter(`${a}${b}222222222`) === checkLetter(`${b}${a}222222222`)) missed++;
      }
    // Luhn's known blind spot: first and last letter of the alphabet, in both orders.
    expect([swaps, missed]).toEqual([870, 2]);
  });

  it('is read in any case, with any spaces and hyphens', () =>
    fc.assert(
      fc.property(
        codes,
        fc.array(fc.constantFrom(' ', '-', '', '–', '\t'), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (code, gaps, lower) => {
          const typed = [...code].map((letter, index) => letter + (gaps[index] ?? '')).join('');
          expect(readCode(lower ? typed.toLowerCase() : typed)).toBe(code);
          expect(readCode(groupedCode(code))).toBe(code);
        },
      ),
    ));

  it.each(['', 'ABCD', '0000-0000-0000', 'x'.repeat(10_000), '<script>alert(1)</script>', '２２２２２２２２２２２２'])(
    'is nothing for %p',
    (typed) => expect(readCode(typed)).toBeUndefined(),
  );

  it('takes its letters evenly from random bytes, and asks for enough of them', () => {
    const counts = new Map<string, number>();
    for (let run = 0; run < 4_000; run++)
      for (const letter of codeFrom(randomBytes(64)).slice(0, -1)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const expected = (4_000 * 11) / 30;
    const chiSquare = [...ALPHABET].reduce(
      (sum, letter) => sum + ((counts.get(letter) ?? 0) - expected) ** 2 / expected,
      0,
    );
    // 29 degrees of freedom: 1 in a million above 75.
    expect(chiSquare).toBeLessThan(75);
    expect(() => codeFrom(new Uint8Array(64).fill(255))).toThrow('not enough');
  });
});

describe('a card of a view', () => {
  const given = (...events: Parameters<typeof contribution.evolve>[1][]): Contribution =>
    events.reduce<Contribution>(
      (state, event) => contribution.evolve(state, event, { occurredAt: '2026-11-01T00:00:00.000Z', recordedAt: '' }),
      {
        ...contribution.initial,
        exists: true,
      },
    );
  const issued = { type: 'CardIssued', data: { card: 'c1', holder: 'person' } } as const;
  const cancelled = { type: 'CardCancelled', data: { card: 'c1', reason: 'lost' } } as const;

  it('when issued, then it counts', () =>
    expect(issueCard(given(), { card: 'c1', holder: 'person' })).toEqual([issued]));
  it('given it was issued, when issued again, then nothing', () =>
    expect(issueCard(given(issued), { card: 'c1', holder: 'person' })).toEqual([]));
  it('for a supporter only with the agreement of the person', () => {
    expect(issueCard(given(), { card: 'c2', holder: 'supporter' })).toMatchObject({
      code: 'agreement-missing',
      pointer: '/agreed',
    });
    expect(issueCard(given(), { card: 'c2', holder: 'supporter', agreed: true })).toHaveLength(1);
  });
  it('given one was lost, when another replaces it, then the lost one is cancelled first', () =>
    expect(issueCard(given(issued), { card: 'c2', holder: 'person', replaces: 'c1' })).toMatchObject([
      { type: 'CardCancelled', data: { card: 'c1', reason: 'replaced' } },
      { type: 'CardIssued', data: { card: 'c2' } },
    ]));
  it('given it is cancelled already, when replaced, then it is not cancelled twice', () =>
    expect(issueCard(given(issued, cancelled), { card: 'c2', holder: 'person', replaces: 'c1' })).toHaveLength(1));
  it('is cancelled once', () => {
    expect(cancelCard(given(issued), 'c1', 'lost')).toEqual([cancelled]);
    expect(cancelCard(given(issued, cancelled), 'c1', 'lost')).toEqual([]);
    expect(cancelCard(given(), 'c1', 'lost')).toMatchObject({ kind: 'missing' });
  });
  it('belongs to a view that exists', () =>
    expect(issueCard(contribution.initial, { card: 'c1', holder: 'person' })).toMatchObject({ kind: 'missing' }));
});
