import { createHash } from 'node:crypto';
import { toHex, utf8 } from './bytes.js';
import { describeWithVectors } from './testing/vectors.js';
import { byteLeaves, grown, hasher } from './testing/grown-tree.js';
import { type LeafRange, rangeRoot } from './tree-nodes.js';
import { consistencyRanges, inclusionRanges } from './tree-proofs.js';

interface Rolling {
  readonly sha256: string;
}
interface Vectors {
  readonly leafInputsHex: readonly string[];
  readonly nodeHashesByLevelHex: readonly (readonly string[])[];
  readonly rootHashesBySizeHex: readonly string[];
  readonly hasher: readonly { readonly what: string; readonly hex: string }[];
  readonly rollingVectors: Readonly<Record<'subtreeHash' | 'subtreeInclusion' | 'subtreeConsistency', Rolling>>;
}

/** As the vectors say: empty, or starting at a multiple of the smallest power of two that is no shorter. */
const isSubtree = ({ start, end }: LeafRange): boolean => {
  let width = 1;
  while (width < end - start) width *= 2;
  return start === end || start % width === 0;
};
const subtreesWithin = (limit: number): LeafRange[] => {
  const found: LeafRange[] = [];
  for (let end = 0; end <= limit; end += 1)
    for (let start = 0; start <= end; start += 1) if (isSubtree({ start, end })) found.push({ start, end });
  return found;
};

describeWithVectors<Vectors>('merkle/rfc6962-reference-tree.json', 'the tree, by public vectors', (vectors) => {
  it('hashes as others do', () => {
    const found = [
      hasher.empty,
      hasher.leaf(new Uint8Array()),
      hasher.leaf(utf8('L123456')),
      // The vector's two "nodes" are four bytes each, so it is fed past the check for 32.
      createHash('sha256').update(Uint8Array.of(1)).update('N123').update('N456').digest(),
    ];
    expect(found.map(toHex)).toEqual(vectors.hasher.map(({ hex }) => hex));
  });

  it('has the reference tree at every size, node by node', () => {
    const { nodes, roots } = grown(vectors.leafInputsHex.map((hex) => Buffer.from(hex, 'hex')));
    expect(roots.map(toHex)).toEqual(vectors.rootHashesBySizeHex);
    vectors.nodeHashesByLevelHex.forEach((level, l) =>
      level.forEach((hex, i) => expect(toHex(nodes.node(l, i))).toBe(hex)),
    );
  });

  describe('every subtree and proof of a tree of 130 leaves', () => {
    const { nodes } = grown(byteLeaves(130));
    const rootOf = (range: LeafRange) => toHex(rangeRoot(hasher, nodes, range));
    const line = (head: string, ranges: readonly LeafRange[]) => `${[head, ...ranges.map(rootOf)].join(' ')}\n`;
    const named = ({ start, end }: LeafRange) => `[${start}, ${end})`;
    const digest = (lines: readonly string[]) => createHash('sha256').update(lines.join('')).digest('hex');
    const all = subtreesWithin(130);

    it('has the same root', () =>
      expect(digest(all.map((range) => `${named(range)} ${rootOf(range)}\n`))).toBe(
        vectors.rollingVectors.subtreeHash.sha256,
      ));

    it('has the same inclusion proofs', () => {
      const lines = all.flatMap((range) =>
        Array.from({ length: range.end - range.start }, (_, i) =>
          line(`${range.start + i} ${named(range)}`, inclusionRanges(range.start + i, range)),
        ),
      );
      expect(digest(lines)).toBe(vectors.rollingVectors.subtreeInclusion.sha256);
    });

    it('has the same consistency proofs', () => {
      const lines = Array.from({ length: 131 }, (_, n) => n).flatMap((n) =>
        all
          .filter(({ end }) => end <= n)
          .map((range) => line(`${named(range)} ${n}`, range.start === range.end ? [] : consistencyRanges(range, n))),
      );
      expect(digest(lines)).toBe(vectors.rollingVectors.subtreeConsistency.sha256);
    });
  });
});
