import { HASH_BYTES } from '#transparency-log/sha256';
import type { TreeHasher } from '#transparency-log/tree-hasher';
import { BUNDLE_WIDTH } from './entries.js';
import { JsonBytes } from './json-bytes.js';
import { END, Extra, ROW, START } from './row.js';
import type { Rows } from './row-entry.js';
import { scanEntry } from './scan-entry.js';

/** A file of entries with the hashes of its entries, one after another, and of a full file the root over them. */
export interface HashedFile extends Rows {
  readonly hashes: Uint8Array;
  readonly root: Uint8Array | undefined;
  /** The file says of an entry that it goes on after the end of the file, or holds too many. */
  readonly isBroken: boolean;
}

/** `isQuick`: entries are only hashed, not read. */
export type HashEntries = (bytes: Uint8Array, isQuick: boolean) => HashedFile | Promise<HashedFile>;

/** Where entries lie, as many as can be read; a broken file still shows where it breaks. */
const findEntries = (bytes: Uint8Array): { rows: Int32Array; isBroken: boolean } => {
  const rows = new Int32Array(BUNDLE_WIDTH * ROW);
  let [at, base] = [0, 0];
  for (; at + 2 <= bytes.length && base < rows.length; base += ROW) {
    const end = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    if (end > bytes.length) break;
    rows[base + START] = at + 2;
    rows[base + END] = end;
    at = end;
  }
  return { rows: rows.subarray(0, base), isBroken: at !== bytes.length };
};

/** Needs nothing but the bytes, so that it can be done while something else is judged. */
export const hashEntries =
  (hasher: TreeHasher) =>
  (bytes: Uint8Array, isQuick: boolean): HashedFile => {
    const { rows, isBroken } = findEntries(bytes);
    const hashes = new Uint8Array((rows.length / ROW) * HASH_BYTES);
    const extra = new Extra();
    const json = new JsonBytes(bytes);
    for (let base = 0, at = 0; base < rows.length; base += ROW, at += HASH_BYTES) {
      const [start, end] = [rows[base + START] as number, rows[base + END] as number];
      hasher.leafInto(bytes, start, end, hashes, at);
      if (!isQuick) scanEntry(json, start, end, rows, base, extra);
    }
    const root = hashes.length === BUNDLE_WIDTH * HASH_BYTES ? hasher.rootOver(hashes) : undefined;
    return { bytes, rows, extra: extra.ints, hashes, root, isBroken };
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
