/** Ids and hashes as they stand in an entry, read straight from its bytes, 16 at a time. */

export const UUID_LENGTH: usize = 36;
/** Of a key: 16 bytes in base64url. */
export const KID_LENGTH: usize = 22;
/** SHA-256 in base64. */
export const HASH_LENGTH: usize = 44;
/** 12 bytes in base64. */
export const IV_LENGTH: usize = 16;
/** `2026-11-25T09:46:40.000Z` */
export const INSTANT_LENGTH: usize = 24;

function isWithin(x: v128, first: u8, count: u8): v128 {
  return i8x16.lt_u(i8x16.sub(x, i8x16.splat(first)), i8x16.splat(count));
}

/** Two digits a byte. */
function joined(digits: v128): v128 {
  return v128.and(v128.or(i16x8.shl(digits, 4), i16x8.shr_u(digits, 8)), i16x8.splat(0xff));
}

/** Writes the four words of a UUID in small letters. @returns whether there is one. */
export function readUuid(at: usize, out: usize): bool {
  if (load<u8>(at, 8) != 0x2d || load<u8>(at, 13) != 0x2d || load<u8>(at, 18) != 0x2d || load<u8>(at, 23) != 0x2d)
    return false;
  const x = v128.load(at);
  const y = v128.load(at, 16);
  const z = v128.load(at, 20);
  const a = v128.shuffle<u8>(x, y, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17);
  const b = v128.shuffle<u8>(y, z, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 28, 29, 30, 31);
  const aIsDigit = isWithin(a, 0x30, 10);
  const bIsDigit = isWithin(b, 0x30, 10);
  const aFits = v128.or(aIsDigit, isWithin(a, 0x61, 6));
  if (!i8x16.all_true(v128.and(aFits, v128.or(bIsDigit, isWithin(b, 0x61, 6))))) return false;
  const aValues = i8x16.sub(a, v128.bitselect(i8x16.splat(0x30), i8x16.splat(0x57), aIsDigit));
  const bValues = i8x16.sub(b, v128.bitselect(i8x16.splat(0x30), i8x16.splat(0x57), bIsDigit));
  const bytes = i8x16.narrow_i16x8_u(joined(aValues), joined(bValues));
  v128.store(out, v128.shuffle<u8>(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  return true;
}

/** Letters of base64, whichever two come after the digits. */
function areLetters(x: v128, last: u8, other: u8): v128 {
  const letters = v128.or(isWithin(v128.or(x, i8x16.splat(0x20)), 0x61, 26), isWithin(x, 0x30, 10));
  return v128.or(letters, v128.or(i8x16.eq(x, i8x16.splat(last)), i8x16.eq(x, i8x16.splat(other))));
}

function value(byte: u8, before: u8, last: u8): u32 {
  if (byte >= 0x61) return <u32>byte - 71;
  // The last letter of base64url stands between the capital and the small letters.
  if (byte == last) return 63;
  if (byte >= 0x41) return <u32>byte - 65;
  return byte == before ? 62 : <u32>byte + 4;
}
function fourLetters(at: usize): u32 {
  return (
    (value(load<u8>(at), 0x2d, 0x5f) << 18) |
    (value(load<u8>(at, 1), 0x2d, 0x5f) << 12) |
    (value(load<u8>(at, 2), 0x2d, 0x5f) << 6) |
    value(load<u8>(at, 3), 0x2d, 0x5f)
  );
}

/** Writes the four words of the id of a key. @returns whether there is one, in its one form. */
export function readKid(at: usize, out: usize): bool {
  const areFit = v128.and(areLetters(v128.load(at), 0x2d, 0x5f), areLetters(v128.load(at, 6), 0x2d, 0x5f));
  if (!i8x16.all_true(areFit)) return false;
  const last = (value(load<u8>(at, 20), 0x2d, 0x5f) << 6) | value(load<u8>(at, 21), 0x2d, 0x5f);
  if ((last & 15) != 0) return false;
  const a = fourLetters(at);
  const b = fourLetters(at + 4);
  const c = fourLetters(at + 8);
  const d = fourLetters(at + 12);
  const e = fourLetters(at + 16);
  store<u32>(out, (a << 8) | (b >>> 16));
  store<u32>(out, (b << 16) | (c >>> 8), 4);
  store<u32>(out, (c << 24) | d, 8);
  store<u32>(out, (e << 8) | (last >>> 4), 12);
  return true;
}

/** Whether the 44 bytes there are a hash in canonical base64. */
export function isHashAt(at: usize): bool {
  const first = v128.and(areLetters(v128.load(at), 0x2b, 0x2f), areLetters(v128.load(at, 16), 0x2b, 0x2f));
  if (!i8x16.all_true(v128.and(first, areLetters(v128.load(at, 27), 0x2b, 0x2f)))) return false;
  return load<u8>(at, 43) == 0x3d && (value(load<u8>(at, 42), 0x2b, 0x2f) & 3) == 0;
}

/** Whether the 16 bytes there are base64. */
export function areLettersAt(at: usize): bool {
  return i8x16.all_true(areLetters(v128.load(at), 0x2b, 0x2f));
}

// `0000-00-00T00:00:00.000Z`, in two halves that overlap by eight: where digits stand, and what stands between them.
// prettier-ignore
const PATTERN: v128 = i8x16(0, 0, 0, 0, 0x2d, 0, 0, 0x2d, 0, 0, 0x54, 0, 0, 0x3a, 0, 0);
// prettier-ignore
const REST: v128 = i8x16(0, 0, 0x54, 0, 0, 0x3a, 0, 0, 0x3a, 0, 0, 0x2e, 0, 0, 0, 0x5a);

function isLike(x: v128, pattern: v128): bool {
  const isFree = i8x16.eq(pattern, i8x16.splat(0));
  return i8x16.all_true(v128.bitselect(isWithin(x, 0x30, 10), i8x16.eq(x, pattern), isFree));
}

/** Other ways to write an instant are left to the slower reader. */
export function isInstant(at: usize): bool {
  return isLike(v128.load(at), PATTERN) && isLike(v128.load(at, 8), REST);
}
