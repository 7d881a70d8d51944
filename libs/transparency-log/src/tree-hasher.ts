import type { Sha256 } from './sha256.js';
import { HASH_BYTES, requireHash } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** The three hashes of RFC 6962 §2.1. A leaf and a node never hash alike, because each says first what it is. */
export interface TreeHasher {
  /** The root of a tree without leaves. */
  readonly empty: Uint8Array;
  leaf(data: Uint8Array): Uint8Array;
  node(left: Uint8Array, right: Uint8Array): Uint8Array;
  /**
   * Writes the hash of the leaf that lies between two places, without copying it: the byte before it, which must not be
   * part of another leaf that is hashed at the same time, is changed and put back.
   */
  leafInto(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number): void;
  /** The root over the hashes of a complete subtree, one after another: 1, 2, 4, … of them. */
  rootOver(hashes: Uint8Array): Uint8Array;
}

const LEAF = 0;
const NODE = 1;
const PAIR = 1 + 2 * HASH_BYTES;

/** Builds what is hashed in buffers that are used again and again: a million leaves make no garbage but their hashes. */
export const treeHasher = (sha256: Sha256): TreeHasher => {
  const pair = new Uint8Array(PAIR);
  pair[0] = NODE;
  let prefixed = new Uint8Array(1024);
  const into = sha256.into ?? ((bytes, out, at) => out.set(sha256(bytes), at));
  const rows = new Map<number, Uint8Array[]>();
  return {
    empty: sha256(new Uint8Array()),
    leaf(data) {
      if (data.length >= prefixed.length) prefixed = new Uint8Array(2 * data.length + 1);
      prefixed[0] = LEAF;
      prefixed.set(data, 1);
      return sha256(prefixed.subarray(0, data.length + 1));
    },
    node(left, right) {
      pair.set(requireHash(left, 'a left node'), 1);
      pair.set(requireHash(right, 'a right node'), 1 + HASH_BYTES);
      return sha256(pair);
    },
    leafInto(bytes, from, to, out, at) {
      const before = bytes[from - 1] as number;
      bytes[from - 1] = LEAF;
      into(bytes.subarray(from - 1, to), out, at);
      bytes[from - 1] = before;
    },
    rootOver(hashes) {
      const count = hashes.length / HASH_BYTES;
      if (!Number.isInteger(Math.log2(count))) throw new VerificationError('bad-hash', `${count} hashes are no complete subtree`); // prettier-ignore
      if (count === 1) return hashes.slice();
      let pairs = rows.get(count);
      if (!pairs) rows.set(count, (pairs = pairsFor(count / 2)));
      pairs.forEach((each, at) => each.set(hashes.subarray(at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES), 1));
      // Each row is written over the one below it: a pair is not needed any more once it is hashed.
      for (let width = count / 2; width > 1; width /= 2)
        for (let at = 0; at < width; at += 1)
          into(pairs[at] as Uint8Array, pairs[at >> 1] as Uint8Array, 1 + (at & 1) * HASH_BYTES);
      return sha256(pairs[0] as Uint8Array);
    },
  };
};

const pairsFor = (count: number): Uint8Array[] =>
  Array.from({ length: count }, () => {
    const pair = new Uint8Array(PAIR);
    pair[0] = NODE;
    return pair;
  });
