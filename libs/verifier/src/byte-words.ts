/** Ids as they stand in an entry, read as words of 32 bits straight from its bytes. */

export const UUID_LENGTH = 36;
/** Of a key: 16 bytes in base64url. */
export const KID_LENGTH = 22;
/** SHA-256 in base64. */
export const HASH_LENGTH = 44;

/** A bit above all that four digits can say. */
const NO_DIGIT = 0x10000;
const DIGITS = new Int32Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;

const fourDigits = (bytes: Uint8Array, at: number): number =>
  ((DIGITS[bytes[at] as number] as number) << 12) |
  ((DIGITS[bytes[at + 1] as number] as number) << 8) |
  ((DIGITS[bytes[at + 2] as number] as number) << 4) |
  (DIGITS[bytes[at + 3] as number] as number);

/** Writes the four words of a UUID in small letters. @returns whether there is one. */
export const readUuid = (bytes: Uint8Array, at: number, out: Int32Array, to: number): boolean => {
  if (at + UUID_LENGTH > bytes.length) return false;
  if (bytes[at + 8] !== 0x2d || bytes[at + 13] !== 0x2d || bytes[at + 18] !== 0x2d || bytes[at + 23] !== 0x2d)
    return false;
  const a = fourDigits(bytes, at);
  const b = fourDigits(bytes, at + 4);
  const c = fourDigits(bytes, at + 9);
  const d = fourDigits(bytes, at + 14);
  const e = fourDigits(bytes, at + 19);
  const f = fourDigits(bytes, at + 24);
  const g = fourDigits(bytes, at + 28);
  const h = fourDigits(bytes, at + 32);
  if ((a | b | c | d | e | f | g | h) >>> 16 !== 0) return false;
  out[to] = (a << 16) | b;
  out[to + 1] = (c << 16) | d;
  out[to + 2] = (e << 16) | f;
  out[to + 3] = (g << 16) | h;
  return true;
};

const NO_LETTER = 1 << 24;
const lettersOf = (alphabet: string): Int32Array => {
  const values = new Int32Array(256).fill(NO_LETTER);
  for (let value = 0; value < 64; value += 1) values[alphabet.charCodeAt(value)] = value;
  return values;
};
const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PLAIN_LETTERS = lettersOf(`${COMMON}+/`);
const URL_LETTERS = lettersOf(`${COMMON}-_`);

const fourLetters = (bytes: Uint8Array, at: number): number =>
  ((URL_LETTERS[bytes[at] as number] as number) << 18) |
  ((URL_LETTERS[bytes[at + 1] as number] as number) << 12) |
  ((URL_LETTERS[bytes[at + 2] as number] as number) << 6) |
  (URL_LETTERS[bytes[at + 3] as number] as number);
/** What none of four letters may leave behind: each bad one shows in a bit above 24, or makes the whole negative. */
const areBad = (bytes: Uint8Array, at: number, count: number, letters: Int32Array): boolean => {
  let all = 0;
  for (let next = at; next < at + count; next += 1) all |= letters[bytes[next] as number] as number;
  return all >= NO_LETTER;
};

/** Writes the four words of the id of a key. @returns whether there is one, in its one form. */
export const readKid = (bytes: Uint8Array, at: number, out: Int32Array, to: number): boolean => {
  if (at + KID_LENGTH > bytes.length || areBad(bytes, at, KID_LENGTH, URL_LETTERS)) return false;
  const last =
    ((URL_LETTERS[bytes[at + 20] as number] as number) << 6) | (URL_LETTERS[bytes[at + 21] as number] as number);
  if ((last & 15) !== 0) return false;
  const a = fourLetters(bytes, at);
  const b = fourLetters(bytes, at + 4);
  const c = fourLetters(bytes, at + 8);
  const d = fourLetters(bytes, at + 12);
  const e = fourLetters(bytes, at + 16);
  out[to] = (a << 8) | (b >>> 16);
  out[to + 1] = (b << 16) | (c >>> 8);
  out[to + 2] = (c << 24) | d;
  out[to + 3] = (e << 8) | (last >>> 4);
  return true;
};

/** Whether the 44 bytes there are a hash in canonical base64. */
export const isHashAt = (bytes: Uint8Array, at: number): boolean =>
  at + HASH_LENGTH <= bytes.length &&
  bytes[at + 43] === 0x3d &&
  !areBad(bytes, at, 43, PLAIN_LETTERS) &&
  ((PLAIN_LETTERS[bytes[at + 42] as number] as number) & 3) === 0;

export const areLettersAt = (bytes: Uint8Array, at: number, count: number): boolean =>
  at + count <= bytes.length && !areBad(bytes, at, count, PLAIN_LETTERS);
