import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { Leaves } from '#event-store/leaves';
import { naiveTree } from '#transparency-log/testing/naive-tree';
import { verifyConsistency, verifyInclusion } from '#transparency-log/verify-tree';
import { hasher } from './grown-tree.js';
import { NO_TREE, rehash } from './rehash.js';
import { type GrownOn, grownOn } from './testing/grown-on.js';
import { manySteps, type Step, writeHistory } from './testing/histories.js';

const naive = naiveTree(hasher);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (leaves: Leaves) => leaves.entries(0, 10_000).map(({ leaf }) => leaf);

let open: GrownOn[] = [];
const grown = async (kind: 'sqlite' | 'eventstoredb'): Promise<GrownOn> => {
  const one = await grownOn(kind);
  open.push(one);
  return one;
};
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

describe('one history on both stores', () => {
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.record({ stream: fc.nat(3), words: fc.array(fc.string(), { minLength: 1, maxLength: 3 }) }),
    { minLength: 1, maxLength: 12 },
  );

  it('has one root at every prefix, and it is the one of RFC 6962', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const [one, other] = [await grownOn('sqlite'), await grownOn('eventstoredb')];
        try {
          const roots: string[][] = [[], []];
          const written: Step[] = [];
          // Appends one by one, with a look at both after each; a second look must change nothing.
          for (const step of history) {
            written.push(step);
            for (const [at, { store, tree }] of [one, other].entries()) {
              await writeHistory(store, written);
              const edge = await tree.integrate();
              expect(hex((await tree.integrate()).root())).toBe(hex(edge.root()));
              roots[at]?.push(hex(edge.root()));
            }
          }
          expect(roots[0]).toEqual(roots[1]);
          expect(bytesOf(one.leaves)).toEqual(bytesOf(other.leaves));
          expect(roots[0]?.at(-1)).toBe(hex(naive.mth(bytesOf(one.leaves))));
        } finally {
          await one.close();
          await other.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe.each(['sqlite', 'eventstoredb'] as const)('the tree over the log on %s', (kind) => {
  it('goes on after a restart as if there had been none', async () => {
    const first = await grown(kind);
    await writeHistory(first.store, manySteps(77));
    await first.tree.integrate();
    const second = await first.again();
    open = [second];
    await writeHistory(second.store, manySteps(150));
    const edge = await second.tree.integrate();
    expect(edge.size).toBe(150);
    expect(hex(edge.root())).toBe(hex(naive.mth(bytesOf(second.leaves))));
  });

  it('proves every entry at every size, and every size from every earlier one', async () => {
    const { store, tree, leaves } = await grown(kind);
    await writeHistory(store, manySteps(40));
    await tree.integrate();
    const bytes = bytesOf(leaves);
    for (let size = 1; size <= 40; size += 1) {
      const root = naive.mth(bytes.slice(0, size));
      for (let index = 0; index < size; index += 1)
        verifyInclusion(hasher, { index, size, leafHash: leaves.hash(index), path: tree.inclusion(index, size), root });
      for (let old = 1; old <= size; old += 1)
        verifyConsistency(hasher, {
          oldSize: old, oldRoot: naive.mth(bytes.slice(0, old)), size, root, path: tree.consistency(old, size),
        }); // prettier-ignore
    }
  });

  it('hashes the bytes again by other code, from any earlier tree on', async () => {
    const { store, tree, leaves } = await grown(kind);
    const trees = [];
    for (let count = 5; count <= 60; count += 11) {
      await writeHistory(store, manySteps(count));
      const edge = await tree.integrate();
      trees.push({ size: edge.size, edge: edge.bytes() });
    }
    const edge = tree.edge();
    for (const from of [NO_TREE, ...trees]) await expect(rehash(leaves, from, edge)).resolves.toBeUndefined();
  });

  it('knows where each event lies, and nothing of others', async () => {
    const { store, tree, leaves } = await grown(kind);
    const ids = await writeHistory(store, manySteps(12));
    await tree.integrate();
    expect(ids.map((id) => leaves.indexOf(id))).toEqual(ids.map((_, at) => at));
    expect(leaves.indexOf('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it('reads one row to start, and about two nodes a level for a proof', async () => {
    const { store, tree } = await grown(kind);
    const words = Array.from({ length: 100 }, (_, n) => `entry ${n}`);
    await writeHistory(
      store,
      Array.from({ length: 30 }, (_, stream) => ({ stream, words })),
    );
    await tree.integrate();
    const read = jest.spyOn(tree, 'node');
    const readsOf = (work: () => unknown): number => {
      read.mockClear();
      work();
      return read.mock.calls.length;
    };
    expect(readsOf(() => tree.edge().root())).toBe(0);
    // 3,000 entries are twelve levels.
    for (const at of [0, 1, 1_499, 2_047, 2_048, 2_999]) {
      expect(readsOf(() => tree.inclusion(at, 3_000))).toBeLessThanOrEqual(24);
      if (at > 0) expect(readsOf(() => tree.consistency(at, 3_000))).toBeLessThanOrEqual(24);
    }
  });
});
