import { refusalOf } from './testing/refusal.js';
import { byteLeaves, grown, hasher } from './testing/grown-tree.js';
import { consistencyProof, inclusionProof } from './tree-proofs.js';
import { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from './verify-tree.js';

const leaves = byteLeaves(130);
const { nodes, roots } = grown(leaves);
const inclusion = (index: number, size: number): Inclusion => ({
  index,
  size,
  leafHash: hasher.leaf(leaves[index]!),
  path: inclusionProof(hasher, nodes, index, size),
  root: roots[size]!,
});
const consistency = (oldSize: number, size: number): Consistency => ({
  oldSize,
  oldRoot: roots[oldSize]!,
  size,
  root: roots[size]!,
  path: consistencyProof(hasher, nodes, oldSize, size),
});
const flip = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const flipOne = (hashes: readonly Uint8Array[], at: number, bit: number) =>
  hashes.map((hash, i) => (i === at ? flip(hash, bit) : hash));
/** Ways to bend a proof's list of hashes, none of which may be believed. */
const bent = (path: readonly Uint8Array[]): Uint8Array[][] => [
  [...path, new Uint8Array(32)],
  [new Uint8Array(32), ...path],
  ...(path.length > 0 ? [path.slice(1), path.slice(0, -1), [...path, path[0]!]] : []),
  ...(path.length > 1 ? [path.toReversed()] : []),
];
/** Counts what is believed that must not be: a million matchers would take minutes. */
const believed = (checks: readonly (() => void)[]): number =>
  checks.filter((check) => refusalOf(check) === 'accepted').length;
const bentInclusion = (proof: Inclusion, size: number, index: number): Inclusion[] => [
  ...bent(proof.path).map((path) => ({ ...proof, path })),
  { ...proof, index: (index + 1) % size || size },
  { ...proof, root: roots[size - 1]! },
];
const bentConsistency = (proof: Consistency, old: number, size: number): Consistency[] => [
  ...bent(proof.path).map((path) => ({ ...proof, path })),
  { ...proof, oldRoot: roots[old - 1]! },
  { ...proof, root: roots[size - 1]! },
  { ...proof, oldSize: size + 1 },
];

describe('every proof of a tree of up to 130 leaves', () => {
  it('of a leaf is believed, and no other way of putting it', () => {
    const wrong: (() => void)[] = [];
    for (let size = 1; size <= 130; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusion(index, size);
        verifyInclusion(hasher, proof);
        verifyInclusion(hasher, { ...proof, index: BigInt(index), size: BigInt(size) });
        for (const other of bentInclusion(proof, size, index)) wrong.push(() => verifyInclusion(hasher, other));
      }
    expect(wrong.length).toBeGreaterThan(50_000);
    expect(believed(wrong)).toBe(0);
  });

  it('of growth is believed, and no other way of putting it', () => {
    const wrong: (() => void)[] = [];
    for (let size = 1; size <= 130; size += 1)
      for (let old = 1; old <= size; old += 1) {
        const proof = consistency(old, size);
        verifyConsistency(hasher, proof);
        for (const other of bentConsistency(proof, old, size)) wrong.push(() => verifyConsistency(hasher, other));
      }
    expect(wrong.length).toBeGreaterThan(50_000);
    expect(believed(wrong)).toBe(0);
  });
});

const everyBit = Array.from({ length: 256 }, (_, bit) => bit);

describe('one flipped bit', () => {
  it('anywhere in a proof is noticed, in trees of 1 to 9 leaves', () => {
    for (let size = 1; size <= 9; size += 1)
      for (let index = 0; index < size; index += 1) {
        const leaf = inclusion(index, size);
        const growth = consistency(index + 1, size);
        const wrong = everyBit.flatMap((bit) => [
          () => verifyInclusion(hasher, { ...leaf, leafHash: flip(leaf.leafHash, bit) }),
          () => verifyInclusion(hasher, { ...leaf, root: flip(leaf.root, bit) }),
          ...leaf.path.map((_, at) => () => verifyInclusion(hasher, { ...leaf, path: flipOne(leaf.path, at, bit) })),
          () => verifyConsistency(hasher, { ...growth, oldRoot: flip(growth.oldRoot, bit) }),
          () => verifyConsistency(hasher, { ...growth, root: flip(growth.root, bit) }),
          ...growth.path.map(
            (_, at) => () => verifyConsistency(hasher, { ...growth, path: flipOne(growth.path, at, bit) }),
          ),
        ]);
        expect(believed(wrong)).toBe(0);
      }
  });

  it('is noticed in every hash of every proof, up to 130 leaves', () => {
    for (let size = 1; size <= 130; size += 1)
      for (let index = 0; index < size; index += 1) {
        const leaf = inclusion(index, size);
        const growth = consistency(index + 1, size);
        const bit = (size * 131 + index * 17) % 256;
        const wrong = [
          ...leaf.path.map((_, at) => () => verifyInclusion(hasher, { ...leaf, path: flipOne(leaf.path, at, bit) })),
          ...growth.path.map(
            (_, at) => () => verifyConsistency(hasher, { ...growth, path: flipOne(growth.path, at, bit) }),
          ),
        ];
        expect(believed(wrong)).toBe(0);
      }
  });
});

describe('what is not a proof at all', () => {
  const some = inclusion(2, 5);
  const growth = consistency(3, 5);
  it.each<[string, Inclusion, string]>([
    ['a leaf beyond the end', { ...some, index: 5 }, 'bad-index'],
    ['a leaf of an empty tree', { ...some, index: 0, size: 0 }, 'bad-index'],
    ['a negative leaf', { ...some, index: -1 }, 'bad-number'],
    ['a size that numbers cannot hold', { ...some, size: 2 ** 60 }, 'bad-number'],
    ['a size over 64 bits', { ...some, size: 2n ** 64n }, 'bad-number'],
    ['the largest size', { ...some, size: 2n ** 64n - 1n }, 'bad-proof'],
    ['a short hash', { ...some, path: [new Uint8Array(31)] }, 'bad-hash'],
    ['a long root', { ...some, root: new Uint8Array(33) }, 'bad-hash'],
  ])('is refused: %s', (_, proof, code) => expect(refusalOf(() => verifyInclusion(hasher, proof))).toBe(code));

  it.each<[string, Consistency, string]>([
    ['growth from nothing', { ...growth, oldSize: 0 }, 'bad-index'],
    ['growth from nothing to nothing', { ...growth, oldSize: 0, size: 0, path: [] }, 'bad-index'],
    ['shrinking', { ...growth, oldSize: 6 }, 'bad-index'],
    ['no hashes', { ...growth, path: [] }, 'bad-proof'],
    ['hashes for one size', { ...growth, oldSize: 5 }, 'bad-proof'],
    ['two roots at one size', { ...growth, oldSize: 5, path: [] }, 'wrong-root'],
    ['a short hash', { ...growth, path: [new Uint8Array(0)] }, 'bad-hash'],
    ['the largest size', { ...growth, size: 2n ** 64n - 1n }, 'bad-proof'],
  ])('is refused: %s', (_, proof, code) => expect(refusalOf(() => verifyConsistency(hasher, proof))).toBe(code));

  it('takes two roots at one size for equal only when they are, whatever their length', () => {
    const root = Uint8Array.of(1, 2, 3);
    const same = { oldSize: 1, size: 1, path: [], oldRoot: root, root };
    expect(refusalOf(() => verifyConsistency(hasher, same))).toBe('accepted');
    expect(refusalOf(() => verifyConsistency(hasher, { ...same, root: root.slice(1) }))).toBe('wrong-root');
  });

  it('checks a tree of 2^64 - 1 leaves with 64 hashes', () => {
    const path = Array.from({ length: 64 }, (_, i) => hasher.leaf(Uint8Array.of(i)));
    const root = path.reduce((found, hash) => hasher.node(found, hash), some.leafHash);
    verifyInclusion(hasher, { index: 0n, size: 2n ** 64n - 1n, leafHash: some.leafHash, path, root });
  });
});
