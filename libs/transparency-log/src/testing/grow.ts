import { TreeEdge } from '../tree-edge.js';
import type { TreeHasher } from '../tree-hasher.js';
import { MemoryNodes } from './naive-tree.js';

/** A tree grown leaf by leaf, with its root after each; for a browser as well as for Node. */
export const grow = (hasher: TreeHasher, leaves: readonly Uint8Array[]) => {
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
