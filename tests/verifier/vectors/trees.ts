import { concat, toHex, utf8 } from '#transparency-log/bytes';
import type { Sha256 } from '#transparency-log/sha256';
import { grow } from '#transparency-log/testing/grow';
import { refusalOf } from '#transparency-log/testing/refusal';
import { treeHasher, type TreeHasher } from '#transparency-log/tree-hasher';
import { type LeafRange, rangeRoot } from '#transparency-log/tree-nodes';
import { consistencyProof, consistencyRanges, inclusionProof, inclusionRanges } from '#transparency-log/tree-proofs';
import { verifyConsistency, verifyInclusion } from '#transparency-log/verify-tree';
import { is, refused, type Row } from './row.js';

interface Rolling {
  readonly sha256: string;
}
export interface TreeVectors {
  readonly leafInputsHex: readonly string[];
  readonly nodeHashesByLevelHex: readonly (readonly string[])[];
  readonly rootHashesBySizeHex: readonly string[];
  readonly hasher: readonly { readonly what: string; readonly hex: string }[];
  readonly rollingVectors: Readonly<Record<'subtreeHash' | 'subtreeInclusion' | 'subtreeConsistency', Rolling>>;
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)); // prettier-ignore

/** Empty, or starting at a multiple of the smallest power of two that is no shorter. */
const isSubtree = ({ start, end }: LeafRange): boolean =>
  start === end || start % 2 ** Math.ceil(Math.log2(end - start)) === 0;

const subtreesWithin = (limit: number): LeafRange[] =>
  Array.from({ length: limit + 1 }, (_, end) => Array.from({ length: end + 1 }, (__, start) => ({ start, end })))
    .flat()
    .filter(isSubtree);

const LEAVES = 130;

/** Every subtree and every proof of a tree of 130 leaves, in one fingerprint each. */
const rolling = (sha256: Sha256, hasher: TreeHasher, wanted: TreeVectors['rollingVectors']): Row[] => {
  const { nodes } = grow(hasher, Array.from({ length: LEAVES }, (_, at) => Uint8Array.of(at))); // prettier-ignore
  const known = new Map<string, string>();
  const rootOf = (range: LeafRange): string => {
    const name = `[${range.start}, ${range.end})`;
    const root = known.get(name) ?? toHex(rangeRoot(hasher, nodes, range));
    known.set(name, root);
    return root;
  };
  const named = ({ start, end }: LeafRange): string => `[${start}, ${end})`;
  const line = (head: string, ranges: readonly LeafRange[]): string => `${[head, ...ranges.map(rootOf)].join(' ')}\n`;
  const all = subtreesWithin(LEAVES);
  const found = {
    subtreeHash: all.map((range) => line(named(range), [range])),
    subtreeInclusion: all.flatMap((range) =>
      Array.from({ length: range.end - range.start }, (_, at) =>
        line(`${range.start + at} ${named(range)}`, inclusionRanges(range.start + at, range)),
      ),
    ),
    subtreeConsistency: Array.from(
      { length: LEAVES + 1 },
      (_, size) =>
      all
        .filter(({ end }) => end <= size)
        .map((range) => line(`${named(range)} ${size}`, range.start === range.end ? [] : consistencyRanges(range, size))), // prettier-ignore
    ).flat(),
  };
  return (['subtreeHash', 'subtreeInclusion', 'subtreeConsistency'] as const).map((kind) =>
    is(kind, toHex(sha256(utf8(found[kind].join('')))), wanted[kind].sha256),
  );
};

/** Each proof of the reference tree is believed, and is not with one bit of the root turned. */
const proofs = (hasher: TreeHasher, leaves: readonly Uint8Array[], rootsHex: readonly string[]): Row[] => {
  const { nodes } = grow(hasher, leaves);
  const rows: Row[] = [];
  const hold = (name: string, size: number, verify: (root: Uint8Array) => void): void => {
    const root = fromHex(rootsHex[size] ?? '');
    rows.push(
      is(
        name,
        refusalOf(() => verify(root)),
        'accepted',
      ),
    );
    const other = Uint8Array.from(root, (byte, at) => (at === 0 ? byte ^ 1 : byte));
    rows.push(
      refused(
        `${name}, another root`,
        refusalOf(() => verify(other)),
      ),
    );
  };
  for (let size = 1; size <= leaves.length; size += 1)
    for (let at = 0; at < size; at += 1) {
      const path = inclusionProof(hasher, nodes, at, size);
      const leafHash = hasher.leaf(leaves[at] as Uint8Array);
      hold(`leaf ${at} of ${size}`, size, (root) => verifyInclusion(hasher, { index: at, size, leafHash, path, root }));
      const between = consistencyProof(hasher, nodes, at + 1, size);
      const oldRoot = fromHex(rootsHex[at + 1] ?? '');
      hold(`${at + 1} leaves to ${size}`, size, (root) =>
        verifyConsistency(hasher, { oldSize: at + 1, oldRoot, size, root, path: between }),
      );
    }
  return rows;
};

export const judgeTrees = async (vectors: TreeVectors, sha256: Sha256): Promise<Row[]> => {
  const hasher = treeHasher(sha256);
  const leaves = vectors.leafInputsHex.map(fromHex);
  const { nodes, roots } = grow(hasher, leaves);
  const hashed = [
    hasher.empty,
    hasher.leaf(new Uint8Array()),
    hasher.leaf(utf8('L123456')),
    // The vector's two "nodes" are four bytes each, so it is fed past the check for 32.
    sha256(concat(Uint8Array.of(1), utf8('N123'), utf8('N456'))),
  ];
  return [
    ...vectors.hasher.map(({ what, hex }, at) => is(what, toHex(hashed[at] ?? new Uint8Array()), hex)),
    ...vectors.rootHashesBySizeHex.map((hex, size) => is(`root of ${size}`, toHex(roots[size] as Uint8Array), hex)),
    ...vectors.nodeHashesByLevelHex.flatMap((level, l) =>
      level.map((hex, at) => is(`node ${at} of level ${l}`, toHex(nodes.node(l, at)), hex)),
    ),
    ...proofs(hasher, leaves, vectors.rootHashesBySizeHex),
    ...rolling(sha256, hasher, vectors.rollingVectors),
  ];
};
