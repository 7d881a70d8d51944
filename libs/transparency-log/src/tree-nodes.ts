import type { TreeHasher } from './tree-hasher.js';
import { requireHash } from './sha256.js';

/** Where the hashes of complete subtrees are kept. Node (level, i) covers the leaves i * 2^level up to (i + 1) * 2^level. */
export interface NodeSource {
  /** Level 0 answers leaf hashes. Only asked for nodes that are complete in the tree at hand. */
  node(level: number, index: number): Uint8Array;
}

/** The leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two that is smaller than `count`, which is 2 or more: where RFC 6962 splits a tree. */
export const splitPoint = (count: number): number => {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
};

/** The largest power of two that is at most `count`, with its exponent. */
const largestWithin = (count: number): { width: number; level: number } => {
  let width = 1;
  let level = 0;
  for (; width * 2 <= count; level += 1) width *= 2;
  return { width, level };
};

/**
 * The root over a range: a range as RFC 6962 cuts them, so it starts at a multiple of the next power of two.
 * Reads one node per one in the binary form of its length.
 */
export const rangeRoot = (hasher: TreeHasher, source: NodeSource, { start, end }: LeafRange): Uint8Array => {
  const roots: Uint8Array[] = [];
  for (let at = start; at < end;) {
    const { width, level } = largestWithin(end - at);
    roots.push(requireHash(source.node(level, at / width), `node ${at / width} of level ${level}`));
    at += width;
  }
  return roots.length === 0 ? hasher.empty : roots.reduceRight((right, left) => hasher.node(left, right));
};
