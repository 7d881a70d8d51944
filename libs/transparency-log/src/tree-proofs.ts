import type { LeafRange, NodeSource } from './tree-nodes.js';
import { toSafeNumber } from './count.js';
import { rangeRoot, splitPoint } from './tree-nodes.js';
import type { TreeHasher } from './tree-hasher.js';
import { VerificationError } from './verification-error.js';

/**
 * Which subtrees a proof names, leaf first: PATH and SUBPROOF of RFC 6962 §2.1, walked from the root down and turned
 * round. Ranges may start anywhere a subtree may (IETF draft on Merkle tree certificates); with 0 they are the RFC's.
 */
export const inclusionRanges = (index: number, within: LeafRange): LeafRange[] => {
  let { start, end } = within;
  if (!(start <= index && index < end))
    throw new VerificationError('bad-index', `there is no leaf ${index} in a tree of ${end} leaves`);
  const ranges: LeafRange[] = [];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
};

/** What leads from the root over `part` to the root of all `size` leaves. */
export const consistencyRanges = (part: LeafRange, size: number): LeafRange[] => {
  if (!(part.start < part.end && part.end <= size))
    throw new VerificationError('bad-index', `no proof leads from ${part.end} leaves to ${size}`);
  let [start, end] = [0, size];
  const ranges: LeafRange[] = [];
  // Once what the old tree holds is only a part of `part`, its root is not known to the reader and must be in the proof.
  let known = true;
  while (!(start >= part.start && end === part.end)) {
    const middle = start + splitPoint(end - start);
    if (part.end <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      known &&= middle <= part.start;
      start = middle;
    }
  }
  if (!known) ranges.push({ start, end });
  return ranges.reverse();
};

/** Leaf to root, with about two reads per level of the tree. @throws VerificationError for a leaf that is not there. */
export const inclusionProof = (hasher: TreeHasher, source: NodeSource, index: number, size: number): Uint8Array[] =>
  inclusionRanges(toSafeNumber(index, 'the index'), { start: 0, end: toSafeNumber(size, 'the size') }).map((range) =>
    rangeRoot(hasher, source, range),
  );

/** From `old` leaves to `size`. @throws VerificationError for 0, from which every tree follows without a proof. */
export const consistencyProof = (hasher: TreeHasher, source: NodeSource, old: number, size: number): Uint8Array[] =>
  consistencyRanges({ start: 0, end: toSafeNumber(old, 'the old size') }, toSafeNumber(size, 'the size')).map((range) =>
    rangeRoot(hasher, source, range),
  );
