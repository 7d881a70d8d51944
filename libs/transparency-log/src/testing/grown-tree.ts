import { nodeSha256 } from '../node-sha256.js';
import { TreeEdge } from '../tree-edge.js';
import { treeHasher } from '../tree-hasher.js';
import { MemoryNodes } from './naive-tree.js';

export const hasher = treeHasher(nodeSha256);

/** A tree grown leaf by leaf, with its root after each. */
export const grown = (leaves: readonly Uint8Array[]) => {
  const nodes = new MemoryNodes();
  const edge = TreeEdge.empty(hasher);
  const roots = [edge.root()];
  for (const leaf of leaves) {
    const hash = hasher.leaf(leaf);
    nodes.set(0, edge.size, hash);
    edge.append(hash, (level, index, node) => nodes.set(level, index, node));
    roots.push(edge.root());
  }
  return { nodes, edge, roots };
};

/** Leaf i is the one byte i. */
export const byteLeaves = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => Uint8Array.of(i));
