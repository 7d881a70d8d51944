/** Why it stopped before an entry, which was not taken: ../src/book.ts says the same. */
export const AT_END: i32 = 0;
export const NOT_IN_FORM: i32 = 1;
export const NEW_TYPE: i32 = 2;
export const NEW_CATEGORY: i32 = 3;
export const HAS_SEALED: i32 = 4;
/** Or after one. */
export const TAKEN: i32 = 5;

/** What there is to say, or still to do, about an entry that was taken. */
export const GAP: i32 = 1;
export const REPEATED: i32 = 2;
export const ID_WRONG: i32 = 4;
export const CAUSE_UNKNOWN: i32 = 8;
export const ID_TWICE: i32 = 16;
export const OF_KEYS: i32 = 32;
export const OF_BIRTH: i32 = 64;
export const HAS_RULE: i32 = 128;

/** What a type is, beyond its name. */
export const MAY_BEGIN: i32 = 1;
export const IS_OF_KEYS: i32 = 2;
export const WANTS_KEYS: i32 = 4;
export const WANTS_RULE: i32 = 8;
export const ANNOUNCES: i32 = 16;
export const HAS_STEPS: i32 = 32;
