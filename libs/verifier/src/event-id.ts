const LENGTH = 36;
/** Where dashes stand. */
const DASHES = [8, 13, 18, 23];
const DASH = 0x2d;

/** The value of a hexadecimal digit in small letters, by its code; 255 for everything else. */
const DIGITS = new Uint8Array(128).fill(255);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;

/** So many digits from there on; NaN when one of them is none. */
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

/** Writes an id as four words of 32 bits. @returns whether it is a UUID in small letters. */
export const wordsInto = (id: string, out: Int32Array, to: number): boolean => {
  if (id.length !== LENGTH || DASHES.some((at) => id.charCodeAt(at) !== DASH)) return false;
  const a = digits(id, 0, 8);
  const b = digits(id, 9, 13) * 65_536 + digits(id, 14, 18);
  const c = digits(id, 19, 23) * 65_536 + digits(id, 24, 28);
  const d = digits(id, 28, LENGTH);
  if (Number.isNaN(a + b + c + d)) return false;
  out.set([a, b, c, d], to);
  return true;
};
