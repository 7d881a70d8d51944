import { nodeSha256 } from '../node-sha256.js';
import { treeHasher } from '../tree-hasher.js';
import { grow } from './grow.js';

export const hasher = treeHasher(nodeSha256);

export const grown = (leaves: readonly Uint8Array[]) => grow(hasher, leaves);

/** Leaf i is the one byte i. */
export const byteLeaves = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => Uint8Array.of(i));
