import { type Group, tablesOf, TOTAL } from './answer-table.js';
import { release, releaseWithoutMore } from './release.js';
import { primary, shownOf } from './rounding.js';
import { Attacker, type Knowledge } from './testing/attacker.js';
import { publishAll, randomFrom, worldOf } from './testing/worlds.js';

/** 40 in the suite; `npm run attack:suppression` plays 400 (more than 100,000 attacks). */
const WORLDS = Number(process.env['ATTACK_WORLDS'] ?? 40);
const LEAST_ATTACKS = WORLDS * 250;
const KINDS = ['totals', 'places', 'capacities', 'voices', 'dates', 'log'] as const;
const knowing = (is: (kind: string) => boolean): Knowledge =>
  Object.fromEntries(KINDS.map((kind) => [kind, is(kind)])) as unknown as Knowledge;

/** Six attacks on every hidden few of every world: one with all there is to know, five with a random part of it. */
const attackAll = (rule: typeof release) => {
  const all = { attacks: 0, recovered: 0, numbers: 0, shown: 0, isSound: true };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const threshold = seed % 2 === 0 ? 7 : 7 + (seed % 4);
    const { groups, slices } = worldOf(seed);
    const published = publishAll(groups, slices, threshold, rule);
    all.numbers += published.length * 7;
    all.shown += published.flatMap(({ shown }) => shown.filter((number) => number >= 0)).length;
    const attacker = new Attacker(groups, published, threshold);
    const random = randomFrom(seed + 1_000_000);
    for (const knowledge of [knowing(() => true), ...Array.from({ length: 5 }, () => knowing(() => random() < 0.5))]) {
      const { tried, recovered } = attacker.attack(knowledge);
      all.attacks += tried;
      all.recovered += recovered;
      all.isSound &&= attacker.isSound();
    }
  }
  return all;
};

const words = ({ attacks, recovered, shown, numbers }: ReturnType<typeof attackAll>): string =>
  `${recovered} of ${attacks.toLocaleString('en-GB')} attacks recovered a number; ${Math.round((100 * shown) / numbers)} % of the numbers are shown`;

describe('what is published of people’s answers', () => {
  it('tells nobody a small number: subtracting filters, dates, totals, places and answers that came later', () => {
    const kept = attackAll(release);
    console.log(`Small numbers: ${words(kept)}.`);
    expect(kept.isSound).toBe(true);
    expect(kept.attacks).toBeGreaterThan(LEAST_ATTACKS);
    expect(kept.recovered).toBe(0);
    expect(kept.shown / kept.numbers).toBeGreaterThan(0.4);
  }, 500_000);

  it('would tell some without the second half of the rule, by the same attacks', () => {
    const bare = attackAll(releaseWithoutMore);
    console.log(`Only hiding and rounding: ${words(bare)}.`);
    expect(bare.recovered).toBeGreaterThan(0);
  }, 500_000);

  it('hides the total too where it would tell: 17 people, about 10 and about 10, leave one', () => {
    const groups: Group[] = [{ slice: 0, authority: 'essex', capacity: 'advocate', voice: 'own', counts: [8, 8, 1, 0, 0, 0] }]; // prettier-ignore
    const asked = { groups, tables: tablesOf(groups, '2026-Q4', [0]), before: [], threshold: 7 };
    expect(releaseWithoutMore(asked)[0]?.shown).toEqual([10, 10, -1, 0, 0, 0, 15]);
    for (const { shown } of release(asked)) expect(shown.filter((number) => number > 0).length).toBeLessThan(3);
  });

  it('changes nothing that was published before', () => {
    const { groups } = worldOf(12);
    const first = publishAll(groups, 1, 7, release);
    expect(publishAll(groups, 4, 7, release).slice(0, first.length)).toEqual(first);
  });

  it('does not take who said "This is not about me" for someone who answered', () => {
    const counts = [20, 0, 0, 0, 0, 30];
    const groups: Group[] = [{ slice: 0, authority: 'essex', capacity: 'other', voice: 'own', counts }];
    const [whole] = release({ groups, tables: tablesOf(groups, 'q', [0]), before: [], threshold: 7 });
    expect([whole?.shown[TOTAL], whole?.shown[0], whole?.shown[5]]).toEqual([20, 20, 30]);
  });
});

describe('one number', () => {
  it.each([
    [0, 7, 0],
    [1, 7, -1],
    [7, 7, -1],
    [8, 7, 10],
    [12, 7, 10],
    [13, 7, 15],
    [8, 10, -1],
    [11, 10, 10],
  ])('%i with up to %i hidden is shown as %i', (count, threshold, shown) =>
    expect(shownOf(count, threshold)).toBe(shown),
  );

  it('is not even zero where too few people answered at all', () =>
    expect(primary([3, 0, 0, 0, 0, 0, 3], 7)).toEqual([-1, -1, -1, -1, -1, -1, -1]));
});
