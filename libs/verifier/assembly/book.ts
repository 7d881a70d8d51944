import { GAP, REPEATED } from './reasons';
import { isIn, prepare, workOut } from './sha1';
import { WordTable } from './table';
import { makeRoomForLinks } from './things';

/** What is remembered of all entries so far. Where there is something to say about one, it is said in ../src. */

/** What is kept of a stream behind its words: the command that wrote the last event, the place of its next, the number that should come next, its kind, whether its thing has begun, and what rules remember of it (./things.ts). */
const LAST_COMMAND: usize = 16;
const PLACE: usize = 32;
const NEXT: usize = 36;
const KIND: usize = 40;
const BEGUN: usize = 44;
export const STATE: usize = 45;
export const KEPT: usize = 48;
const STREAM_SIZE: usize = 52;
/** And of a key: the stream that it was announced for plus one; below zero once it was destroyed. */
const OWNER: usize = 16;

const LAST_REVISION: u32 = u32.MAX_VALUE;

/** Words that are handed in and out: an id, a command, the id that follows from it. */
export const scratch: usize = memory.data(256, 16);

export let ids: WordTable = new WordTable(0, 16, 0, 0);
export let streams: WordTable = new WordTable(0, STREAM_SIZE, KIND, 0);
export let keys: WordTable = new WordTable(0, 20, 0, 0);

let streamCount: i32 = 0;
let keyCount: i32 = 0;

export let nextNumber: u32 = 0;
export let earlier: i32 = 0;

/** Makes room for so many entries. */
export function makeRoom(most: u32): void {
  makeRoomForLinks(most);
  ids = new WordTable(most, 16, 0, most);
  streams = new WordTable(most, STREAM_SIZE, KIND, 0);
  keys = new WordTable(most, 20, 0, 0);
}

/** Keeps a name that stands in the scratch. @returns where. */
export function keepText(length: i32): usize {
  const name = heap.alloc(length);
  memory.copy(name, scratch, length);
  return name;
}

export function findStream(category: i32): i32 {
  return streams.find(scratch, category);
}
export function newStream(): i32 {
  return streamCount++;
}
export function streamOf(category: i32): i32 {
  return streamAt(scratch, category);
}
export function streamAt(words: usize, category: i32): i32 {
  const known = streams.put(words, category, streamCount);
  return known >= 0 ? known : streamCount++;
}
/** Its words into the scratch. @returns its category. */
export function readStream(number: i32): i32 {
  v128.store(scratch, v128.load(streams.at(number)));
  return streams.kindOf(number);
}
export function streamsSoFar(): i32 {
  return streamCount;
}

/** @returns 0, GAP or REPEATED. */
export function follow(stream: i32, revision: f64): i32 {
  const at = streams.at(stream) + NEXT;
  nextNumber = load<u32>(at);
  if (revision == <f64>nextNumber) {
    store<u32>(at, nextNumber + 1);
    return 0;
  }
  store<u32>(at, <u32>min<f64>(<f64>LAST_REVISION, max<f64>(<f64>nextNumber, revision + 1)));
  return revision > <f64>nextNumber ? GAP : REPEATED;
}

/** Counts the events that one command wrote into a stream. */
export function placeIn(stream: i32, command: usize): u32 {
  const last = streams.at(stream) + LAST_COMMAND;
  const at = streams.at(stream) + PLACE;
  const isSame = !v128.any_true(v128.xor(v128.load(last), v128.load(command)));
  const place: u32 = isSame ? load<u32>(at) : 0;
  if (!isSame) v128.store(last, v128.load(command));
  store<u32>(at, place + 1);
  return place;
}

export function isIdOf(id: usize, command: usize, place: u32): bool {
  prepare(0, command, place);
  workOut();
  return isIn(0, id);
}
export function findId(id: usize): i32 {
  return ids.find(id, 0);
}
/** @returns the number of an earlier entry with this id; -1 for none. */
export function putId(id: usize, number: i32): i32 {
  return (earlier = ids.put(id, 0, number));
}

export function findKey(words: usize): i32 {
  return keys.find(words, 0);
}
export function newKey(stream: i32): i32 {
  store<i32>(keys.at(keyCount) + OWNER, stream + 1);
  return keyCount++;
}
/** @returns whether it is a new one. */
export function putKey(words: usize, stream: i32): bool {
  if (keys.put(words, 0, keyCount) >= 0) return false;
  newKey(stream);
  return true;
}
export function streamOfKey(key: i32): i32 {
  return abs(load<i32>(keys.at(key) + OWNER)) - 1;
}
export function destroyKey(key: i32): void {
  store<i32>(keys.at(key) + OWNER, -1 - streamOfKey(key));
}

export function isBegun(stream: i32): bool {
  return load<u8>(streams.at(stream) + BEGUN) == 1;
}
export function begin(stream: i32): void {
  store<u8>(streams.at(stream) + BEGUN, 1);
}

/** Whether it was announced for this stream, and was not destroyed. */
export function isOwn(key: i32, stream: i32): bool {
  return load<i32>(keys.at(key) + OWNER) == stream + 1;
}
