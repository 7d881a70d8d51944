import type { TreeHasher } from './tree-hasher.js';
import { concat } from './bytes.js';
import { toSafeNumber } from './count.js';
import { HASH_BYTES, requireHash } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** Told of each node that can never change again, level 1 and up; leaves are level 0 and the caller's own. */
export type NodeSink = (level: number, index: number, hash: Uint8Array) => void;

/** How many complete subtrees cover `size` leaves: the ones in its binary form. */
const subtreesIn = (size: number): number => {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
};

/**
 * A tree that grows: only the roots of its complete subtrees, largest first, at most one per level. That is all it
 * takes to append and to know the root, so a restart reads one row.
 */
export class TreeEdge {
  private constructor(
    private readonly hasher: TreeHasher,
    private leaves: number,
    private readonly roots: Uint8Array[],
  ) {}

  static empty(hasher: TreeHasher): TreeEdge {
    return new TreeEdge(hasher, 0, []);
  }

  /** @throws VerificationError when the number of hashes does not fit the size. */
  static restore(hasher: TreeHasher, size: number, bytes: Uint8Array): TreeEdge {
    const count = subtreesIn(toSafeNumber(size, 'the size of the tree'));
    if (bytes.length !== count * HASH_BYTES)
      throw new VerificationError('bad-hash', `the edge of a tree of ${size} leaves has ${count} hashes`);
    const roots = Array.from({ length: count }, (_, at) => bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    return new TreeEdge(hasher, size, roots);
  }

  get size(): number {
    return this.leaves;
  }

  append(leafHash: Uint8Array, onNode?: NodeSink): void {
    this.merge(0, requireHash(leafHash, 'a leaf hash'), onNode);
  }

  /** As many leaves at once as a complete subtree of that level has. @throws VerificationError where none can begin. */
  appendSubtree(level: number, root: Uint8Array, onNode?: NodeSink): void {
    if (this.leaves % 2 ** level !== 0)
      throw new VerificationError('bad-hash', `no subtree of level ${level} begins at ${this.leaves}`);
    this.merge(level, requireHash(root, 'the root of a subtree'), onNode);
  }

  private merge(from: number, root: Uint8Array, onNode?: NodeSink): void {
    let hash = root;
    let level = from;
    let index = this.leaves / 2 ** from;
    const next = toSafeNumber(this.leaves + 2 ** from, 'the size of the tree');
    for (; index % 2 === 1; level += 1) {
      hash = this.hasher.node(this.roots.pop() as Uint8Array, hash);
      index = (index - 1) / 2;
      onNode?.(level + 1, index, hash);
    }
    this.roots.push(hash);
    this.leaves = next;
  }

  root(): Uint8Array {
    return this.roots.length === 0
      ? this.hasher.empty
      : this.roots.reduceRight((right, left) => this.hasher.node(left, right));
  }

  /** What `restore` takes. */
  bytes(): Uint8Array {
    return concat(...this.roots);
  }

  /** A copy that can grow without touching this one. */
  fork(): TreeEdge {
    return new TreeEdge(this.hasher, this.leaves, [...this.roots]);
  }
}
