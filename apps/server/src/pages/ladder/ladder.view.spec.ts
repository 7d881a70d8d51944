import { LADDER } from '#facts/ladder';
import { type Felt, feltHalves } from './ladder.view.js';

const RUNGS = LADDER.map(({ value }) => value);
const THRESHOLD = 7;
const felt = (counts: readonly number[]): Felt[] => counts.map((count, n) => ({ rung: RUNGS[n] ?? '', count }));
const shown = (counts: readonly number[]) =>
  feltHalves([{ half: '2026-H1', felt: felt(counts) }], '2026-H2', THRESHOLD)[0];

describe('what people feel on the ladder', () => {
  it('is told when the half year is over, rounded, and only where enough people chose a step', () => {
    expect(shown([0, 0, 3, 12, 0, 21, 1])).toMatchObject({ total: 35, steps: [{ about: 10 }, { about: 20 }] });
    expect(shown([1, 1, 1, 1, 1, 1, 1])).toMatchObject({ total: null, steps: [] });
    const open = feltHalves([{ half: '2026-H2', felt: felt([0, 0, 0, 30]) }], '2026-H2', THRESHOLD);
    expect(open).toMatchObject([{ isOpen: true, total: null, steps: [] }]);
  });

  it('keeps half years apart and adds up what was said in one', () => {
    const said = [
      { half: '2025-H2', felt: felt([9]) },
      { half: '2026-H1', felt: felt([5]) },
      { half: '2026-H1', felt: felt([6]) },
    ];
    expect(feltHalves(said, '2026-H2', THRESHOLD).map(({ half, total }) => [half, total])).toEqual([['2026-H1', 10], ['2025-H2', 10]]); // prettier-ignore
  });

  it('lets nobody work out a number of few people', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    let hidden = 0;
    for (let n = 0; n < 2_000; n++) {
      const counts = RUNGS.map(() => (random(3) === 0 ? random(25) : random(9)));
      const told = JSON.stringify(shown(counts));
      counts.forEach((count, at) => {
        if (count > THRESHOLD) return;
        hidden += 1;
        // Another number in this place, with one person more or less elsewhere, is told in the same words.
        const others = RUNGS.flatMap((_, other) => [-2, -1, 0, 1, 2].map((by) => [other, by] as const));
        const isOpen = Array.from({ length: THRESHOLD + 1 }, (_, other) => other)
          .filter((other) => other !== count)
          .some((other) =>
            others.some(([place, by]) => {
              const changed = counts.map((each, i) => (i === at ? other : i === place ? Math.max(0, each + by) : each));
              return JSON.stringify(shown(changed)) === told;
            }),
          );
        if (!isOpen) throw new Error(`${counts.join()} tells ${at}`);
      });
    }
    expect(hidden).toBeGreaterThan(5_000);
  });
});
