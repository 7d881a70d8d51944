import { KEPT, STATE, streams } from './book';
import { isSame } from './bytes';
import { WordTable } from './table';

/**
 * What rules remember of things whose entries were all plain so far: where a promise stands, values as they stood
 * in an entry, and links. As soon as a rule in ../src asks, all but the links are handed over, and remembered there.
 */

/** Where a promise stands, as ../src/rule.ts numbers it; 0 where nobody has reported it done. */
export const CONFIRMED: i32 = 2;
const HANDED_OVER: u8 = 255;

/** Values of one entry: how long each is, and then they themselves. */
const MOST_KEPT: i32 = 4;
const VALUES: usize = 16;

export function isHandedOver(stream: i32): bool {
  return load<u8>(streams.at(stream) + STATE) == HANDED_OVER;
}

export function become(stream: i32, state: i32): void {
  store<u8>(streams.at(stream) + STATE, <u8>state);
}
export function stateOf(stream: i32): i32 {
  return load<u8>(streams.at(stream) + STATE);
}

const places: StaticArray<usize> = new StaticArray<usize>(MOST_KEPT);
const lengths: StaticArray<usize> = new StaticArray<usize>(MOST_KEPT);

/** Keeps the values of an entry, which are given in order of their numbers: all of them, some with no length. */
export function keep(stream: i32, number: i32, at: usize, length: usize): void {
  places[number] = at;
  lengths[number] = length;
  if (number < MOST_KEPT - 1) return;
  let size = VALUES;
  for (let each = 0; each < MOST_KEPT; each += 1) size += lengths[each];
  const kept = heap.alloc(size);
  store<usize>(streams.at(stream) + KEPT, kept);
  for (let each = 0, to = kept + VALUES; each < MOST_KEPT; each += 1) {
    store<usize>(kept + ((<usize>each) << 2), lengths[each]);
    memory.copy(to, places[each], lengths[each]);
    to += lengths[each];
  }
}

/** @returns where the values lie that were kept of the thing; 0 for none. From now on nothing is remembered of it here. */
export function handOver(stream: i32): usize {
  store<u8>(streams.at(stream) + STATE, HANDED_OVER);
  return load<usize>(streams.at(stream) + KEPT);
}
/** Whether the first of the values that were kept is the one that stands there. */
export function isFirstKept(stream: i32, value: usize, length: usize): bool {
  const kept = load<usize>(streams.at(stream) + KEPT);
  return kept != 0 && load<usize>(kept) == length && isSame(kept + VALUES, value, length);
}

/** By the id of what is linked, and the stream that it is linked to. */
const LINK_STREAM: usize = 16;
const STANDS: usize = 20;
let links: WordTable = new WordTable(0, 24, LINK_STREAM, 0);
let linkCount: i32 = 0;

export function makeRoomForLinks(most: u32): void {
  links = new WordTable(most, 24, LINK_STREAM, 0);
}
export function isLinked(stream: i32, id: usize): bool {
  const known = links.find(id, stream);
  return known >= 0 && load<u8>(links.at(known) + STANDS) == 1;
}
export function link(stream: i32, id: usize): void {
  const known = links.put(id, stream, linkCount);
  store<u8>(links.at(known < 0 ? linkCount++ : known) + STANDS, 1);
}
/** @returns whether there was one. */
export function unlink(stream: i32, id: usize): bool {
  const known = links.find(id, stream);
  const stood = isLinked(stream, id);
  if (stood) store<u8>(links.at(known) + STANDS, 0);
  return stood;
}
