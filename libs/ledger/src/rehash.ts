import { createHash } from 'node:crypto';
import type { Leaves } from '#event-store/leaves';
import { RecordFault } from '#event-store/leaves';
import type { TreeEdge } from '#transparency-log/tree-edge';

/**
 * Hashes stored bytes again before anything is signed, and builds the root again, with other code than what grew the
 * tree: its own leaf and node hashes, its own merging. One flipped bit in one leaf hash has ended a public log before.
 */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const running = createHash('sha256');
  for (const part of parts) running.update(part);
  return running.digest();
};
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const PAGE = 1_000;

interface Subtree {
  readonly leaves: number;
  readonly root: Uint8Array;
}

/** Where a former tree ended: its complete subtrees, largest first. */
export interface FormerTree {
  readonly size: number;
  readonly edge: Uint8Array;
}

export const NO_TREE: FormerTree = { size: 0, edge: new Uint8Array() };

const subtreesOf = ({ size, edge }: FormerTree): Subtree[] => {
  const found: Subtree[] = [];
  for (let level = 52, at = 0; level >= 0; level -= 1) {
    if (Math.floor(size / 2 ** level) % 2 === 0) continue;
    found.push({ leaves: 2 ** level, root: edge.subarray(at, at + 32) });
    at += 32;
  }
  return found;
};

const rootOver = (subtrees: readonly Subtree[]): Uint8Array => {
  const [last, ...before] = [...subtrees].reverse();
  if (!last) return sha256();
  return before.reduce<Uint8Array>((right, { root }) => sha256(NODE, root, right), last.root);
};

/**
 * From a tree that was signed to the one that shall be. @throws RecordFault naming the first entry whose stored hash is
 * not that of its bytes, or saying that the nodes do not add up though every leaf does.
 */
export const rehash = async (leaves: Leaves, from: FormerTree, to: TreeEdge): Promise<void> => {
  const subtrees = subtreesOf(from);
  let at = from.size;
  while (at < to.size) {
    const page = leaves.entries(at, Math.min(PAGE, to.size - at));
    if (page.length === 0) throw new RecordFault('event', at, `Entry ${at} is missing.`);
    for (const { index, leaf, hash } of page) {
      const found = sha256(LEAF, leaf);
      if (found.compare(hash) !== 0)
        throw new RecordFault('event', index, `Entry ${index} does not have the hash that was stored with it.`);
      let last: Subtree = { leaves: 1, root: found };
      while (subtrees.at(-1)?.leaves === last.leaves) {
        const { root } = subtrees.pop() as Subtree;
        last = { leaves: last.leaves * 2, root: sha256(NODE, root, last.root) };
      }
      subtrees.push(last);
    }
    at += page.length;
    await new Promise(setImmediate);
  }
  if (Buffer.compare(rootOver(subtrees), to.root()) !== 0)
    throw new RecordFault('ledger_edge', from.size, 'The nodes do not add up. Run: throughline fsck --rebuild');
};
