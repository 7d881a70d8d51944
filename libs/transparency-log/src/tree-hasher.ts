import type { Sha256 } from './sha256.js';
import { HASH_BYTES, requireHash } from './sha256.js';

/** The three hashes of RFC 6962 §2.1. A leaf and a node never hash alike, because each says first what it is. */
export interface TreeHasher {
  /** The root of a tree without leaves. */
  readonly empty: Uint8Array;
  leaf(data: Uint8Array): Uint8Array;
  node(left: Uint8Array, right: Uint8Array): Uint8Array;
}

const LEAF = 0;
const NODE = 1;

/** Builds what is hashed in buffers that are used again and again: a million leaves make no garbage but their hashes. */
export const treeHasher = (sha256: Sha256): TreeHasher => {
  const pair = new Uint8Array(1 + 2 * HASH_BYTES);
  pair[0] = NODE;
  let prefixed = new Uint8Array(1024);
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
  };
};
