import fc from 'fast-check';
import { toHex } from './bytes.js';
import { byteLeaves, grown, hasher } from './testing/grown-tree.js';
import { refusalOf } from './testing/refusal.js';
import { naiveTree } from './testing/naive-tree.js';
import { TreeEdge } from './tree-edge.js';
import { consistencyProof, inclusionProof } from './tree-proofs.js';

const naive = naiveTree(hasher);
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);
const leaves = byteLeaves(130);
const tree = grown(leaves);

describe('the tree', () => {
  it('grows to the root that RFC 6962 defines, whatever the leaves', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 70 }), (some) => {
        const { roots } = grown(some);
        expect(hexes(roots)).toEqual(hexes(roots.map((_, size) => naive.mth(some.slice(0, size)))));
      }),
    ));

  it('carries on from its edge alone, after any size', () => {
    for (let size = 0; size <= 130; size += 1) {
      const before = grown(leaves.slice(0, size)).edge;
      const after = TreeEdge.restore(hasher, size, before.bytes());
      expect(toHex(after.root())).toBe(toHex(tree.roots[size]!));
      for (const leaf of leaves.slice(size)) after.append(hasher.leaf(leaf));
      expect(toHex(after.root())).toBe(toHex(tree.roots[130]!));
      expect(toHex(before.root())).toBe(toHex(tree.roots[size]!));
    }
  });

  it('forks without touching the original', () => {
    const edge = grown(leaves.slice(0, 7)).edge;
    const fork = edge.fork();
    fork.append(hasher.leaf(Uint8Array.of(9)));
    expect([edge.size, toHex(edge.root())]).toEqual([7, toHex(tree.roots[7]!)]);
    expect(fork.size).toBe(8);
  });

  it('keeps one hash per one in the binary form of its size', () => {
    const edge = TreeEdge.restore(hasher, 2 ** 52 - 1, new Uint8Array(52 * 32));
    expect(edge.bytes().length).toBe(52 * 32);
  });

  it.each([
    [3, 32],
    [3, 96],
    [0, 32],
    [4, 0],
    [4, 31],
  ])('refuses an edge of %i leaves in %i bytes', (size, length) =>
    expect(() => TreeEdge.restore(hasher, size, new Uint8Array(length))).toThrow('the edge of a tree'),
  );

  it('refuses sizes it cannot count, and leaves that are not hashes', () => {
    expect(() => TreeEdge.restore(hasher, 2 ** 53, new Uint8Array(32))).toThrow('counted exactly');
    expect(() => TreeEdge.empty(hasher).append(new Uint8Array(31))).toThrow('31 bytes');
    const full = TreeEdge.restore(hasher, 2 ** 53 - 1, new Uint8Array(53 * 32));
    expect(() => full.append(new Uint8Array(32))).toThrow('counted exactly');
  });
});

describe('proofs', () => {
  it('are those of RFC 6962 for every leaf and every earlier size, up to 130 leaves', () => {
    for (let size = 1; size <= 130; size += 1) {
      const some = leaves.slice(0, size);
      const counts = Array.from({ length: size }, (_, i) => i);
      const found = counts.flatMap((i) => [
        ...inclusionProof(hasher, tree.nodes, i, size),
        ...consistencyProof(hasher, tree.nodes, i + 1, size),
      ]);
      const defined = counts.flatMap((i) => [...naive.path(i, some), ...naive.proof(i + 1, some)]);
      expect(hexes(found).join()).toBe(hexes(defined).join());
    }
  });

  it('read no more than two nodes per level', () => {
    const many = grown(Array.from({ length: 5_000 }, (_, i) => Uint8Array.of(i % 256, i >> 8)));
    let worst = 0;
    const reads = (work: () => void) => {
      many.nodes.reads = 0;
      work();
      worst = Math.max(worst, many.nodes.reads);
    };
    for (let i = 0; i < 4_999; i += 7) {
      reads(() => inclusionProof(hasher, many.nodes, i, 4_999));
      reads(() => consistencyProof(hasher, many.nodes, i + 1, 4_999));
    }
    expect(worst).toBeLessThanOrEqual(26);
  });

  it.each([
    ['a leaf beyond the end', () => inclusionProof(hasher, tree.nodes, 5, 5)],
    ['a leaf of an empty tree', () => inclusionProof(hasher, tree.nodes, 0, 0)],
    ['a leaf before the first', () => inclusionProof(hasher, tree.nodes, -1, 5)],
    ['half a leaf', () => inclusionProof(hasher, tree.nodes, 0.5, 5)],
    ['an empty old tree', () => consistencyProof(hasher, tree.nodes, 0, 5)],
    ['a shrinking tree', () => consistencyProof(hasher, tree.nodes, 6, 5)],
  ])('are refused for %s', (_, work) => expect(refusalOf(work)).toMatch(/^bad-(index|number)$/));
});
