/**
 * One entry as a row of whole numbers, so that a file of entries is read, and handed from thread to thread, without an
 * object for each. Places count from the start of the file. Every row says where its entry lies; the rest of it holds
 * only where the entry was found to be in form. ../assembly/layout.ts has the same numbers.
 */

/** 0 for an entry that only the slower reader can judge; else IN_FORM and more. */
export const FLAGS = 0;
/** The name of the stream. Its four words, and those of the id and of the command, are for the machine. */
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
/** The text of the id. The two dates stand at a fixed distance behind it. */
export const ID_AT = 27;
export const ACTOR_AT = 28;
export const CAUSE_AT = 29;
export const START = 30;
export const END = 31;
export const ROW = 32;

export const IMPORTED = 2;

/** Of one sealed field: four words of the id of its key, and where its digest stands. */
export const NOTE = 5;
export const DIGEST = 4;

export const UUID_LENGTH = 36;
/** SHA-256 in base64. */
export const HASH_LENGTH = 44;
export const INSTANT_LENGTH = '2026-11-25T09:46:40.000Z'.length;
/** From the id to the two dates. */
export const OCCURRED_AT = UUID_LENGTH + '","occurredAt":"'.length;
export const RECORDED_AT = OCCURRED_AT + INSTANT_LENGTH + '","recordedAt":"'.length;

/** The numbers of a file of entries. */
export interface Rows {
  readonly bytes: Uint8Array;
  readonly rows: Int32Array;
  readonly extra: Int32Array;
}
