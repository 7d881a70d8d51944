/**
 * The part of the verifier that meets every byte of every entry, in AssemblyScript, for WebAssembly: `npm run assembly`
 * makes ../src/machine-code.ts of it. One file of entries at a time lies in its memory.
 */
import { scratch } from './book';
import { extraCount, forgetExtra, scanEntry } from './entry';
import { noteIds } from './follow';
import { END, extra, file, FLAGS, hashes, MOST_ENTRIES, open, ROW, rows, setCell, START } from './layout';
import { hashLeaves, rootOver } from './sha256';
import { readKid } from './words';

export { begin, destroyKey, earlier, findId, findKey, findStream, follow, isBegun, isIdOf, keepText, newKey, newStream, nextNumber, placeIn, putId, putKey, readStream, streamOf, streamOfKey, streamsSoFar } from './book'; // prettier-ignore
export {
  addCategory,
  addStep,
  addType,
  judge,
  member,
  reason,
  remember,
  said,
  sealedCount,
  typeNumber,
  warm,
} from './judge';
export { handOver, isLinked, link, stateOf, unlink } from './things';
export { hashLeaves, open, readKid, rootOver };

export function scratchAt(): usize {
  return scratch;
}

export function rowsAt(): usize {
  return rows;
}
export function extraAt(): usize {
  return extra;
}
export function extraLength(): i32 {
  return extraCount;
}
export function hashesAt(): usize {
  return hashes;
}

/** Where the file that lies there ended: before its end when it is broken, or holds more than it may. */
let brokeAt: usize = 0;
export function splitEnd(): usize {
  return brokeAt;
}

/** Where entries lie, as many as can be read; a broken file still shows where it breaks. @returns how many there are. */
export function split(length: usize): i32 {
  let at: usize = 0;
  let count = 0;
  for (; at + 2 <= length && count < MOST_ENTRIES; count += 1) {
    const end = at + 2 + (((<usize>load<u8>(file + at)) << 8) | (<usize>load<u8>(file + at, 1)));
    if (end > length) break;
    const row = rows + <usize>(count * ROW * 4);
    setCell(row, FLAGS, 0);
    setCell(row, START, <i32>(at + 2));
    setCell(row, END, <i32>end);
    at = end;
  }
  brokeAt = at;
  return count;
}

/** Reads the first so many entries into their rows. */
export function scan(count: i32): void {
  forgetExtra();
  for (let at = 0; at < count; at += 1) {
    const row = rows + <usize>(at * ROW * 4);
    scanEntry(file + <usize>load<i32>(row, START << 2), file + <usize>load<i32>(row, END << 2), row);
  }
  noteIds(count);
}
