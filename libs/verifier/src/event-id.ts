/** Ids of events are UUIDv5 (RFC 9562 §5.5) of the command and the event's place in it, so they can be worked out again. */

/** A UUID as four words of 32 bits. */
export type IdWords = readonly [number, number, number, number];

const LENGTH = 36;
/** Where dashes stand. */
const DASHES = [8, 13, 18, 23];
const DASH = 0x2d;

/** The value of a hexadecimal digit in small letters, by its code; 255 for everything else. */
const DIGITS = new Uint8Array(128).fill(255);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;

/** So many digits from there on; NaN when one of them is none. Without pieces of text: a million entries have millions of ids. */
const digits = (text: string, from: number, to: number): number => {
  let word = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (DIGITS[code] as number) : 255;
    if (value === 255) return Number.NaN;
    word = word * 16 + value;
  }
  return word;
};

export const idWords = (id: string): IdWords | undefined => {
  if (id.length !== LENGTH || DASHES.some((at) => id.charCodeAt(at) !== DASH)) return undefined;
  const a = digits(id, 0, 8);
  const b = digits(id, 9, 13) * 65_536 + digits(id, 14, 18);
  const c = digits(id, 19, 23) * 65_536 + digits(id, 24, 28);
  const d = digits(id, 28, LENGTH);
  return Number.isNaN(a + b + c + d) ? undefined : [a, b, c, d];
};

const words = new Int32Array(80);
const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * SHA-1 of a message of one block, whose words are already in place: FIPS 180-4 §6.1. Names things here, protects none.
 * Four rounds spelled out, because it is worked out for every entry.
 */
const sha1OfBlock = (out: Int32Array): void => {
  for (let t = 16; t < 80; t += 1) {
    const mixed =
      (words[t - 3] as number) ^ (words[t - 8] as number) ^ (words[t - 14] as number) ^ (words[t - 16] as number);
    words[t] = (mixed << 1) | (mixed >>> 31);
  }
  let [a, b, c, d, e] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let t = 0; t < 20; t += 1) {
    const next = (rotated(a, 5) + ((b & c) | (~b & d)) + e + 0x5a827999 + (words[t] as number)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  for (let t = 20; t < 40; t += 1) {
    const next = (rotated(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + (words[t] as number)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  for (let t = 40; t < 60; t += 1) {
    const next = (rotated(a, 5) + ((b & c) | (b & d) | (c & d)) + e + 0x8f1bbcdc + (words[t] as number)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  for (let t = 60; t < 80; t += 1) {
    const next = (rotated(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + (words[t] as number)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  out[0] = a + 0x67452301;
  out[1] = b + 0xefcdab89;
  out[2] = c + 0x98badcfe;
  out[3] = d + 0x10325476;
};

/** The id that event number `index` of the command whose words stand `at` there must have; into the first four of `out`. */
export const eventIdInto = (command: Int32Array, at: number, index: number, out: Int32Array): void => {
  words.fill(0, 4, 16);
  words[0] = command[at] as number;
  words[1] = command[at + 1] as number;
  words[2] = command[at + 2] as number;
  words[3] = command[at + 3] as number;
  const name = String(index);
  const put = (byte: number, place: number): void => {
    words[place >> 2] = (words[place >> 2] as number) | (byte << (24 - 8 * (place & 3)));
  };
  for (let next = 0; next < name.length; next += 1) put(name.charCodeAt(next), 16 + next);
  put(0x80, 16 + name.length);
  words[15] = 8 * (16 + name.length);
  sha1OfBlock(out);
  out[1] = ((out[1] as number) & 0xffff0fff) | 0x5000;
  out[2] = ((out[2] as number) & 0x3fffffff) | 0x80000000;
};

/** Writes the four words of an id. @returns whether it is one. */
export const wordsInto = (id: string, out: Int32Array, to: number): boolean => {
  const read = idWords(id);
  read?.forEach((word, at) => (out[to + at] = word));
  return read !== undefined;
};
