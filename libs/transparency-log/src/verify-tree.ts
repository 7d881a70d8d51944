import { sameBytes } from './bytes.js';
import { type Count, toCount } from './count.js';
import { requireHash } from './sha256.js';
import type { TreeHasher } from './tree-hasher.js';
import { VerificationError } from './verification-error.js';

/** The algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2, on bigints: a size may have all 64 bits. */

export interface Inclusion {
  readonly index: Count;
  readonly size: Count;
  readonly leafHash: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

export interface Consistency {
  readonly oldSize: Count;
  readonly oldRoot: Uint8Array;
  readonly size: Count;
  readonly root: Uint8Array;
  readonly path: readonly Uint8Array[];
}

const requireHashes = (hashes: readonly Uint8Array[]): void =>
  hashes.forEach((hash) => requireHash(hash, 'a hash of the proof'));
const requireSame = (found: Uint8Array, root: Uint8Array, what: string): void => {
  if (!sameBytes(found, root)) throw new VerificationError('wrong-root', `the proof does not lead to ${what}`);
};
const isOdd = (n: bigint): boolean => (n & 1n) === 1n;

/** Steps up from a left child over the levels where it has no sibling. */
const climb = (at: { fn: bigint; sn: bigint }): void => {
  while (!isOdd(at.fn) && at.fn !== 0n) {
    at.fn >>= 1n;
    at.sn >>= 1n;
  }
};

/** @throws VerificationError unless the leaf is at that index of the tree with that root. */
export const verifyInclusion = (hasher: TreeHasher, proof: Inclusion): void => {
  const index = toCount(proof.index, 'the index');
  const size = toCount(proof.size, 'the size');
  if (index >= size) throw new VerificationError('bad-index', `there is no leaf ${index} in a tree of ${size} leaves`);
  requireHashes([proof.leafHash, proof.root, ...proof.path]);
  const at = { fn: index, sn: size - 1n };
  let found = proof.leafHash;
  for (const sibling of proof.path) {
    if (at.sn === 0n) throw new VerificationError('bad-proof', 'the proof has too many hashes');
    if (isOdd(at.fn) || at.fn === at.sn) {
      found = hasher.node(sibling, found);
      climb(at);
    } else {
      found = hasher.node(found, sibling);
    }
    at.fn >>= 1n;
    at.sn >>= 1n;
  }
  if (at.sn !== 0n) throw new VerificationError('bad-proof', 'the proof has too few hashes');
  requireSame(found, proof.root, 'the root');
};

/** @throws VerificationError unless the tree with `root` begins with the whole tree with `oldRoot`. */
export const verifyConsistency = (hasher: TreeHasher, proof: Consistency): void => {
  const oldSize = toCount(proof.oldSize, 'the old size');
  const size = toCount(proof.size, 'the size');
  if (oldSize === 0n) throw new VerificationError('bad-index', 'a proof from an empty tree means nothing');
  if (oldSize > size) throw new VerificationError('bad-index', `${oldSize} leaves cannot grow to ${size}`);
  if (oldSize === size) {
    if (proof.path.length > 0) throw new VerificationError('bad-proof', 'trees of one size need no proof');
    return requireSame(proof.oldRoot, proof.root, 'the same root at the same size');
  }
  if (proof.path.length === 0) throw new VerificationError('bad-proof', 'the proof has no hashes');
  requireHashes([proof.oldRoot, proof.root, ...proof.path]);
  const isComplete = (oldSize & (oldSize - 1n)) === 0n;
  const [first, ...rest] = (isComplete ? [proof.oldRoot, ...proof.path] : proof.path) as [Uint8Array, ...Uint8Array[]];
  const at = { fn: oldSize - 1n, sn: size - 1n };
  while (isOdd(at.fn)) {
    at.fn >>= 1n;
    at.sn >>= 1n;
  }
  let [oldFound, found] = [first, first];
  for (const sibling of rest) {
    if (at.sn === 0n) throw new VerificationError('bad-proof', 'the proof has too many hashes');
    if (isOdd(at.fn) || at.fn === at.sn) {
      oldFound = hasher.node(sibling, oldFound);
      found = hasher.node(sibling, found);
      climb(at);
    } else {
      found = hasher.node(found, sibling);
    }
    at.fn >>= 1n;
    at.sn >>= 1n;
  }
  if (at.sn !== 0n) throw new VerificationError('bad-proof', 'the proof has too few hashes');
  requireSame(oldFound, proof.oldRoot, 'the old root');
  requireSame(found, proof.root, 'the new root');
};
