import { ANSWER_CODES, type Group } from '#suppression/answer-table';
import { Attacker } from '#suppression/testing/attacker';
import { randomFrom, worldOf } from '#suppression/testing/worlds';
import { apartOf, type Counted, POPULATIONS } from './answers.js';
import { tellHalf } from './told.js';

/** As in libs/suppression: `npm run attack:suppression` plays 400. */
const WORLDS = Number(process.env['ATTACK_WORLDS'] ?? 40);
const KINDS = ['totals', 'places', 'capacities', 'voices', 'dates', 'log'] as const;

/** One half year of a world, in which some answer as staff and some for somebody else, in one of two versions of the words. */
const answersOf = (groups: readonly Group[], random: () => number): Counted[] =>
  groups.flatMap(({ authority, team, capacity, voice, counts }) => {
    const kind = random();
    const [as, wording] = [kind < 0.25 ? 'staff' : capacity, random() < 0.8 ? 'ours 2' : 'ours 1'];
    return counts.map((count, column) => ({
      authority, ...(team !== undefined && { team }), statement: 'S1', wording, answer: ANSWER_CODES[column] ?? '', voice, capacity: as, count,
    }));
  }); // prettier-ignore

describe('what is told of a half year', () => {
  it('gives no small number away: not of people, not of staff, not of those whom somebody answered for', () => {
    const all = { attacks: 0, recovered: 0, tables: 0 };
    for (let seed = 1; seed <= WORLDS; seed++) {
      const random = randomFrom(seed + 7_000);
      const counted = answersOf(worldOf(seed).groups, random);
      const threshold = 7 + (seed % 4);
      const told = tellHalf(counted, '2026-H2', threshold).get('S1')?.tables ?? [];
      all.tables += told.length;
      for (const { population, wording, groups } of apartOf(counted)) {
        const mine = told.filter((each) => each.population === population && each.wording === wording);
        // Knows also how many of exactly these people answered: more than the log of the product tells.
        const attacker = new Attacker(groups, mine, threshold);
        for (let n = 0; n < 6; n++) {
          const knowledge = Object.fromEntries(KINDS.map((kind) => [kind, n === 0 || random() < 0.5]));
          const { tried, recovered } = attacker.attack(knowledge as never);
          all.attacks += tried;
          all.recovered += recovered;
          expect(attacker.isSound()).toBe(true);
        }
      }
    }
    console.log(`Staff, people and answers for someone, apart: ${all.recovered} of ${all.attacks.toLocaleString('en-GB')} attacks recovered a number; ${all.tables} tables.`); // prettier-ignore
    expect(all.attacks).toBeGreaterThan(WORLDS * 100);
    expect(all.recovered).toBe(0);
  }, 500_000);

  it('never puts two kinds of people, or two versions of the words, into one table', () => {
    const one = (more: Partial<Counted>): Counted => ({ authority: 'essex', statement: 'S1', wording: 'ours 1', answer: 'yes', voice: 'own', capacity: 'other', count: 10, ...more }); // prettier-ignore
    const told = tellHalf([one({}), one({ voice: 'helped' }), one({ voice: 'proxy' }), one({ capacity: 'staff', voice: 'proxy' }), one({ wording: 'ours 2' })], '2026-H1', 7).get('S1')?.tables ?? []; // prettier-ignore
    const whole = told.filter(({ key }) => key.scope === 'region' && key.by === undefined);
    expect(whole.map(({ population, wording, shown }) => [population, wording, shown[0]])).toEqual([
      ['people', 'ours 1', 20],
      [POPULATIONS[1], 'ours 1', 10],
      [POPULATIONS[2], 'ours 1', 10],
      ['people', 'ours 2', 10],
    ]);
  });

  it('takes a moment for eleven councils with ten teams each', () => {
    const random = randomFrom(11);
    const counted = Array.from({ length: 11 * 10 * 12 }, (_, n): Counted => ({
      authority: `council-${n % 11}`, team: `team-${n % 110}`, statement: 'S1', wording: 'ours 1', answer: ANSWER_CODES[n % 6] ?? 'yes', voice: ['own', 'helped', 'proxy'][n % 3] ?? 'own',
      capacity: ['uses-services', 'family-carer', 'staff'][Math.floor(random() * 3)] ?? 'other', count: Math.floor(random() * 20),
    })); // prettier-ignore
    const from = performance.now();
    tellHalf(counted, '2026-H2', 7);
    const ms = performance.now() - from;
    console.log(`One statement, 110 teams: ${Math.round(ms)} ms.`);
    expect(ms).toBeLessThan(20_000);
  }, 60_000);
});
