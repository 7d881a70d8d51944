import { comparePositions, formatPosition, parsePosition } from './positions.js';

describe('positions', () => {
  const places = [0n, 1n, 9n, 10n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 64n - 1n];
  const all = places.flatMap((commit) => places.map((prepare) => ({ commit, prepare })));

  test('come back as they were, beyond what a number could hold', () => {
    for (const position of all) expect(parsePosition(formatPosition(position))).toEqual(position);
  });

  test('rise by commit, then by prepare, and sort as text in the same order', () => {
    const texts = all.map(formatPosition);
    expect([...texts].reverse().sort(comparePositions)).toEqual(texts);
    expect([...texts].reverse().sort()).toEqual(texts);
    expect(comparePositions(texts[5] ?? '', texts[5] ?? '')).toBe(0);
  });

  test.each(['', '7', '7/', '-1/0', '0000000000000007', '7/8/9'])('"%s" is not one', (text) => {
    expect(() => parsePosition(text)).toThrow(TypeError);
  });
});
