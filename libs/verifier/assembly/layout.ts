/** One entry as a row of whole numbers: the same as in ../src/row.ts, which says what each is. */

export const FLAGS: i32 = 0;
export const ID: i32 = 1;
export const COMMAND: i32 = 5;
export const STREAM: i32 = 9;
/** The number that the reader gives to the stream. */
export const STREAM_NUMBER: i32 = 13;
/** Before that: the number of what stands before the UUID in its name. */
export const CATEGORY: i32 = 13;
export const STREAM_AT: i32 = 14;
export const STREAM_END: i32 = 15;
export const REVISION: i32 = 16;
export const TYPE_AT: i32 = 17;
export const TYPE_END: i32 = 18;
export const DATA_AT: i32 = 19;
export const DATA_END: i32 = 20;
export const SEALED_AT: i32 = 21;
export const SEALED_END: i32 = 22;
export const NOTES_AT: i32 = 23;
export const NOTES: i32 = 24;
export const CAUSES_AT: i32 = 25;
export const CAUSES: i32 = 26;
export const ID_AT: i32 = 27;
export const ACTOR_AT: i32 = 28;
export const CAUSE_AT: i32 = 29;
export const START: i32 = 30;
export const END: i32 = 31;
export const ROW: i32 = 32;

export const IN_FORM: i32 = 1;
export const IMPORTED: i32 = 2;
/** Above them: the place in its command that the id follows from, plus one; 0 where that is not known (./follow.ts). */
export const PLACE_SHIFT: i32 = 8;

/** Of one sealed field: four words of the id of its key, and where its digest stands. */
export const NOTE: i32 = 5;
/** Of one entry that led to this one: its id. */
export const CAUSE: i32 = 4;

/** A file of entries holds no more than these. */
export const MOST_ENTRIES: i32 = 256;

/** The rows of one file, and the hashes of its entries. */
export const rows: usize = memory.data(MOST_ENTRIES * ROW * 4, 16);
export const hashes: usize = memory.data(MOST_ENTRIES * 32, 16);

/** Room behind the bytes of a file, for looking at 16 bytes at once; always zero. */
const MARGIN: usize = 64;
let room: usize = 0;
/** The bytes of one file, and the extra numbers of its rows. */
export let file: usize = 0;
export let extra: usize = 0;

/** Makes room for a file. A fourth of its bytes are enough for extra numbers: the shortest that needs four takes 39 bytes. */
export function open(length: usize): usize {
  if (length > room) {
    room = max<usize>(length * 2, 1 << 18);
    file = heap.alloc(room + MARGIN);
    extra = heap.alloc(room / 2 + MARGIN);
  }
  memory.fill(file + length, 0, MARGIN);
  return file;
}

export function cell(row: usize, which: i32): i32 {
  return load<i32>(row + ((<usize>which) << 2));
}
export function setCell(row: usize, which: i32, value: i32): void {
  store<i32>(row + ((<usize>which) << 2), value);
}
