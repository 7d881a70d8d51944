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

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const words = new Int32Array(80);

/** SHA-1 of a message of one block, whose words are already in place: FIPS 180-4 §6.1. Names things here, protects none. */
const sha1OfBlock = (): [number, number, number, number] => {
  for (let t = 16; t < 80; t += 1) {
    const mixed = (words[t - 3] as number) ^ (words[t - 8] as number) ^ (words[t - 14] as number);
    words[t] = rotate(mixed ^ (words[t - 16] as number), 1);
  }
  let [a, b, c, d, e] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let t = 0; t < 80; t += 1) {
    const f = t < 20 ? (b & c) | (~b & d) : t >= 40 && t < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const k = t < 20 ? 0x5a827999 : t < 40 ? 0x6ed9eba1 : t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
    const next = (rotate(a, 5) + f + e + k + (words[t] as number)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  return [(a + 0x67452301) | 0, (b + 0xefcdab89) | 0, (c + 0x98badcfe) | 0, (d + 0x10325476) | 0];
};

/** The id that event number `index` of a command must have. */
export const eventIdWords = (command: IdWords, index: number): IdWords => {
  const name = String(index);
  words.fill(0);
  command.forEach((word, at) => (words[at] = word));
  const put = (byte: number, at: number): void => {
    words[at >> 2] = (words[at >> 2] as number) | (byte << (24 - 8 * (at & 3)));
  };
  for (let at = 0; at < name.length; at += 1) put(name.charCodeAt(at), 16 + at);
  put(0x80, 16 + name.length);
  words[15] = 8 * (16 + name.length);
  const [a, b, c, d] = sha1OfBlock();
  return [a >>> 0, ((b & 0xffff0fff) | 0x5000) >>> 0, ((c & 0x3fffffff) | 0x80000000) >>> 0, d >>> 0];
};

export const sameId = (a: IdWords, b: IdWords): boolean =>
  a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
