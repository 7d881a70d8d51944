import { decodeLeaf, type Leaf } from '#event-store/leaf';
import type { Leaves, StoredLeaf } from '#event-store/leaves';

const PAGE = 500;

export interface OwnEntry extends StoredLeaf {
  readonly entry: Leaf;
}

/** A thing that another council began and this one has now, with all that was said of it before. */
const HANDED_OVER = /^(?:passed-to-successor|service-change-transferred|commitment-transferred)\./;
const MARKS = ['passed-to-successor.', '-transferred.'].map((text) => Buffer.from(text));

/**
 * The entries of one council, page by page: those that say so themselves, and the past of what passed to it as a whole. What all
 * councils share (the pledge, who the councils are, orders of succession) says no council and is nobody's.
 */
export const ownEntries = function* (leaves: Leaves, size: number, council: string): Generator<readonly OwnEntry[]> {
  const takenOver = streamsTakenOver(leaves, size, council);
  for (const page of pages(leaves, size))
    yield page.flatMap((stored) => {
      const entry = decodeLeaf(stored.leaf);
      return entry.about.authority === council || takenOver.has(entry.stream) ? [{ ...stored, entry }] : [];
    });
};

const pages = function* (leaves: Leaves, size: number): Generator<readonly StoredLeaf[]> {
  for (let from = 0; from < size; from += PAGE) yield leaves.entries(from, Math.min(PAGE, size - from));
};

/** Read ahead, because the past of a thing stands before the entry that hands it over. Few entries do, and few are decoded. */
const streamsTakenOver = (leaves: Leaves, size: number, council: string): ReadonlySet<string> => {
  const streams = new Set<string>();
  for (const page of pages(leaves, size))
    for (const { leaf } of page) {
      const bytes = Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength);
      if (!MARKS.some((mark) => bytes.includes(mark))) continue;
      const { type, stream, data } = decodeLeaf(leaf);
      const { to, recommendation } = data as { to?: string; recommendation?: string };
      if (!HANDED_OVER.test(type)) continue;
      // Of an audit one recommendation may pass; the audit stays where it was.
      if (to === council && recommendation === undefined) streams.add(stream);
      else if (recommendation === undefined) streams.delete(stream);
    }
  return streams;
};
