import { HASH_BYTES, type Sha256 } from '#transparency-log/sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import { BUNDLE_WIDTH } from './entries.js';
import type { Machine } from './machine.js';
import { END, ROW, type Rows, START } from './row.js';

/** A file of entries with the hashes of its entries, one after another, and of a full file the root over them. */
export interface HashedFile extends Rows {
  readonly hashes: Uint8Array;
  readonly root: Uint8Array | undefined;
  /** The file says of an entry that it goes on after the end of the file, or holds too many. */
  readonly isBroken: boolean;
}

/** `isQuick`: entries are only hashed, not read. `isOurs`: the memory of the bytes holds nothing else. */
export type HashEntries = (bytes: Uint8Array, isQuick: boolean, isOurs: boolean) => HashedFile | Promise<HashedFile>;

/** Needs nothing but the bytes, so that it can be done while something else is judged. */
export const hashEntries = (
  sha256: Sha256,
  machine: Machine,
): ((given: Uint8Array, isQuick: boolean) => HashedFile) => {
  const hasher = treeHasher(sha256);
  return (given, isQuick) => {
    // A part of what Node reads takes several times as long to make as a part of plain bytes.
    const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    const { count, isBroken } = machine.open(bytes);
    if (!isQuick) machine.scan(count);
    const [rows, extra] = [machine.rows(count), machine.extra()];
    // Where the machine has an instruction for SHA-256, one leaf after another is faster than four at once.
    const hashes = sha256.into ? new Uint8Array(count * HASH_BYTES) : machine.hashLeaves(count);
    if (sha256.into)
      for (let base = 0, at = 0; base < rows.length; base += ROW, at += HASH_BYTES)
        hasher.leafInto(bytes, rows[base + START] as number, rows[base + END] as number, hashes, at);
    const root = count === BUNDLE_WIDTH ? machine.rootOver(hashes) : undefined;
    return { bytes, rows, extra, hashes, root, isBroken };
  };
};

/** How many files are read elsewhere while one is judged. */
export const AHEAD = 8;

/** The results of `work` in order, with so many of them begun before they are asked for. */
export async function* ahead<From, To>(
  items: readonly From[],
  most: number,
  work: (item: From) => Promise<To>,
): AsyncGenerator<To> {
  const begun: Promise<To>[] = [];
  for (let at = 0; at < items.length; at += 1) {
    for (let next = at + begun.length; begun.length < most && next < items.length; next += 1) {
      const one = work(items[next] as From);
      // What fails is thrown where it is waited for; whoever stops earlier does not wait for the rest.
      one.catch(() => undefined);
      begun.push(one);
    }
    yield await (begun.shift() as Promise<To>);
  }
}
