/**
 * One entry as a row of whole numbers, so that a file of entries is read, and handed from thread to thread, without an
 * object for each. Places count from the start of the file. Every row says where its entry lies; the rest of it holds
 * only where the entry was found to be in form.
 */

/** 0 for an entry that only the slower reader can judge; else IN_FORM and more. */
export const FLAGS = 0;
/** Four words. */
export const ID = 1;
/** Four words: of the command that made it. */
export const COMMAND = 5;
/** Four words of the UUID, then the number that the reader gives to what stands before it. */
export const STREAM = 9;
export const CATEGORY = 13;
/** The name of the stream. */
export const STREAM_AT = 14;
export const STREAM_END = 15;
export const REVISION = 16;
export const TYPE_AT = 17;
export const TYPE_END = 18;
export const DATA_AT = 19;
export const DATA_END = 20;
export const SEALED_AT = 21;
export const SEALED_END = 22;
/** Place of its first sealed field in the list of extra numbers, and how many it has. */
export const NOTES_AT = 23;
export const NOTES = 24;
/** The same of the entries that led to it. */
export const CAUSES_AT = 25;
export const CAUSES = 26;
/** The text of the id. The two dates stand at a fixed distance behind it. */
export const ID_AT = 27;
export const ACTOR_AT = 28;
export const CAUSE_AT = 29;
export const START = 30;
export const END = 31;
export const ROW = 32;

export const IN_FORM = 1;
export const IMPORTED = 2;

/** Of one sealed field: four words of the id of its key, and where its digest stands. */
export const NOTE = 5;
/** Of one entry that led to this one: its id. */
export const CAUSE = 4;

/** A list of numbers that grows. */
export class Extra {
  ints = new Int32Array(1024);
  length = 0;

  /** Makes room for so many more. @returns where they begin. */
  take(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.ints.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.ints);
      this.ints = larger;
    }
    return at;
  }
}
