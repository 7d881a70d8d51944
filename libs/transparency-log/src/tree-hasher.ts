import type { Sha256 } from './sha256.js';
import { HASH_BYTES, requireHash } from './sha256.js';

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
  };
};
