import { HASH_BYTES } from '#transparency-log/sha256';
import type { TreeHasher } from '#transparency-log/tree-hasher';
import { BUNDLE_WIDTH, splitEntries } from './entries.js';

/** A file of entries with the hashes of its entries, one after another, and of a full file the root over them. */
export interface HashedFile {
  readonly bytes: Uint8Array;
  readonly hashes: Uint8Array;
  readonly root: Uint8Array | undefined;
}

/** Here, or in another thread; in the order in which files are handed over. */
export type HashEntries = (bytes: Uint8Array) => HashedFile | Promise<HashedFile>;

const rootOver = (hasher: TreeHasher, hashes: readonly Uint8Array[]): Uint8Array => {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2)
      above.push(hasher.node(row[at] as Uint8Array, row[at + 1] as Uint8Array));
    row = above;
  }
  return row[0] as Uint8Array;
};

/** Needs nothing but the bytes, so that it can be done while something else is judged. */
export const hashEntries =
  (hasher: TreeHasher) =>
  (bytes: Uint8Array): HashedFile => {
    const each = splitEntries(bytes).entries.map((entry) => hasher.leaf(entry));
    const hashes = new Uint8Array(each.length * HASH_BYTES);
    each.forEach((hash, at) => hashes.set(hash, at * HASH_BYTES));
    return { bytes, hashes, root: each.length === BUNDLE_WIDTH ? rootOver(hasher, each) : undefined };
  };

/** How many files are read while one is judged. */
const AHEAD = 8;

/** The results of `work` in order, with a few of them begun before they are asked for. */
export async function* ahead<From, To>(items: readonly From[], work: (item: From) => Promise<To>): AsyncGenerator<To> {
  const begun: Promise<To>[] = [];
  for (let at = 0; at < items.length; at += 1) {
    for (let next = at + begun.length; begun.length < AHEAD && next < items.length; next += 1) {
      const one = work(items[next] as From);
      // What fails is thrown where it is waited for; whoever stops earlier does not wait for the rest.
      one.catch(() => undefined);
      begun.push(one);
    }
    yield await (begun.shift() as Promise<To>);
  }
}
