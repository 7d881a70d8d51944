import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { drawn, shortfall } from './sampling.js';

const SEED = '00'.repeat(32);
const population = (size: number): string[] => Array.from({ length: size }, () => randomUUID());
const draw = (seed: string, from: readonly string[], asked: number) => drawn(seed, from, asked, nodeSha256);

describe('a sample', () => {
  it('comes out the same when it is drawn again, in whatever order the population comes', () => {
    let same = 0;
    for (let run = 0; run < 1000; run++) {
      const seed = randomBytes(32).toString('hex');
      const all = population(randomInt(1, 300));
      const asked = randomInt(1, 60);
      const first = draw(seed, all, asked);
      expect(first).toHaveLength(Math.min(asked, all.length));
      if (JSON.stringify(first) === JSON.stringify(draw(seed, [...all].reverse(), asked))) same++;
    }
    process.stdout.write(`samples: ${same} of 1000 drawn again the same\n`);
    expect(same).toBe(1000);
  });

  it('comes out different when one entry of what was drawn is another', () => {
    let different = 0;
    for (let run = 0; run < 1000; run++) {
      const seed = randomBytes(32).toString('hex');
      const all = population(randomInt(1, 300));
      const first = draw(seed, all, 20);
      const other = all.map((id) => (id === first[0] ? randomUUID() : id));
      if (JSON.stringify(first) !== JSON.stringify(draw(seed, other, 20))) different++;
    }
    process.stdout.write(`samples: ${different} of 1000 different when one drawn entry is another\n`);
    expect(different).toBe(1000);
  });

  it('is in the order that the reference describes, worked out here by other code', () => {
    const all = population(200);
    const rank = (id: string) =>
      createHash('sha256').update(Buffer.concat([Buffer.from(SEED, 'hex'), Buffer.from(id)])).digest('hex'); // prettier-ignore
    const expected = [...all].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, 20);
    expect(draw(SEED, all, 20)).toEqual(expected);
  });

  it('gives every one the same chance', () => {
    const all = population(10);
    const times = new Map(all.map((id) => [id, 0]));
    for (let run = 0; run < 5000; run++)
      for (const id of draw(randomBytes(32).toString('hex'), all, 2)) times.set(id, (times.get(id) ?? 0) + 1);
    // Each is expected 1,000 times; the chance that one lies 200 (7 standard deviations) off is below one in 10^10.
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });

  it('holds nothing twice, and refuses what is no seed', () => {
    expect(draw(SEED, ['a', 'a', 'b'], 5).toSorted()).toEqual(['a', 'b']);
    expect(() => draw('12', ['a'], 1)).toThrow('32 bytes');
  });

  it.each([
    [20, 12, 'You asked for 20. There are 12. We have shown all 12.'],
    [2, 1, 'You asked for 2. There is 1. We have shown it.'],
    [12, 12, undefined],
    [3, 500, undefined],
  ])('of %i from %i says %s', (asked, there, said) => expect(shortfall(asked, there)).toBe(said));
});
