import { isSame } from './bytes';

/**
 * Canonical JSON (RFC 8785) walked as bytes, without making an object of it. Each function takes where something begins
 * and answers where it ends; NO for what is not canonical, and for rare forms that are: names beyond ASCII, fractions,
 * numbers of more than 15 digits, deep nesting. Whoever is told NO asks the slower reader, which knows them all. A byte of
 * zero stands after what is walked, so that nothing is walked beyond its end.
 */
export const NO: usize = 0;

/** Nesting beyond this is left to the slower reader. */
const DEEPEST: i32 = 32;
/** So many digits are always a whole number that is written as it stands. */
const MOST_DIGITS: usize = 15;

/** A bit for each of 16 bytes that does not stand for itself: below a blank, a quote, a backslash, beyond ASCII. */
function oddAt(at: usize): i32 {
  const x = v128.load(at);
  const quotes = v128.or(i8x16.eq(x, i8x16.splat(0x22)), i8x16.eq(x, i8x16.splat(0x5c)));
  return i8x16.bitmask(v128.or(i8x16.lt_s(x, i8x16.splat(0x20)), quotes));
}

function plainEnd(from: usize): usize {
  let at = from;
  let odd = oddAt(at);
  while (odd == 0) odd = oddAt((at += 16));
  return at + <usize>ctz(odd);
}

/** From the first byte after the opening quote to the first after the closing one. */
export function textEnd(from: usize): usize {
  let at = plainEnd(from);
  while (load<u8>(at) != 0x22) {
    at = specialEnd(at);
    if (at == NO) return NO;
    at = plainEnd(at);
  }
  return at + 1;
}

function isBetween(byte: u8, from: u8, to: u8): bool {
  return byte >= from && byte <= to;
}

/** A character that is written with a backslash, or one of several bytes: RFC 3629 §4. */
function specialEnd(at: usize): usize {
  const first = load<u8>(at);
  const second = load<u8>(at, 1);
  if (first == 0x5c) return escapeEnd(at);
  if (first < 0xc2 || first > 0xf4) return NO;
  if (first < 0xe0) return isBetween(second, 0x80, 0xbf) ? at + 2 : NO;
  if (!isBetween(load<u8>(at, 2), 0x80, 0xbf)) return NO;
  if (first < 0xf0) return isBetween(second, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) ? at + 3 : NO;
  if (!isBetween(load<u8>(at, 3), 0x80, 0xbf)) return NO;
  return isBetween(second, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) ? at + 4 : NO;
}

/** The short forms of RFC 8785 §3.2.2.2, which every other form of the same character must give way to. */
function hasShortForm(code: i32): bool {
  return code == 0x08 || code == 0x09 || code == 0x0a || code == 0x0c || code == 0x0d;
}

function escapeEnd(at: usize): usize {
  const letter = load<u8>(at, 1);
  switch (letter) {
    case 0x22: // "
    case 0x5c: // \
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 2;
  }
  if (letter != 0x75 || load<u8>(at, 2) != 0x30 || load<u8>(at, 3) != 0x30) return NO;
  const high = load<u8>(at, 4);
  const low = load<u8>(at, 5);
  if (high != 0x30 && high != 0x31) return NO;
  const value = isBetween(low, 0x30, 0x39) ? <i32>low - 0x30 : isBetween(low, 0x61, 0x66) ? <i32>low - 0x57 : -1;
  return value < 0 || hasShortForm((<i32>high - 0x30) * 16 + value) ? NO : at + 6;
}

/** The name of a member, from after its opening quote to its closing one. Plain ASCII only, so that bytes sort as UTF-16 does. */
export function nameEnd(from: usize): usize {
  const at = plainEnd(from);
  return load<u8>(at) == 0x22 ? at : NO;
}

export function valueEnd(at: usize, depth: i32): usize {
  switch (load<u8>(at)) {
    case 0x22: // "
      return textEnd(at + 1);
    case 0x7b: // {
      return objectEnd(at, depth);
    case 0x5b: // [
      return listEnd(at, depth);
    case 0x6e: // null
      return load<u32>(at) == 0x6c6c756e ? at + 4 : NO;
    case 0x74: // true
      return load<u32>(at) == 0x65757274 ? at + 4 : NO;
    case 0x66: // false
      return load<u32>(at, 1) == 0x65736c61 ? at + 5 : NO;
    default:
      return numberEnd(at);
  }
}

function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

/** Whole numbers, and nothing that could be written shorter. */
export function numberEnd(from: usize): usize {
  const start = load<u8>(from) == 0x2d ? from + 1 : from;
  if (load<u8>(start) == 0x30) return start == from && !isDigit(load<u8>(start, 1)) ? start + 1 : NO;
  let at = start;
  while (isDigit(load<u8>(at))) at += 1;
  return at == start || at - start > MOST_DIGITS ? NO : at;
}

function listEnd(from: usize, depth: i32): usize {
  if (depth >= DEEPEST) return NO;
  if (load<u8>(from, 1) == 0x5d) return from + 2;
  for (let at = from + 1; at != NO; at += 1) {
    at = valueEnd(at, depth + 1);
    if (at == NO) return NO;
    if (load<u8>(at) == 0x5d) return at + 1;
    if (load<u8>(at) != 0x2c) return NO;
  }
  return NO;
}

/** Names in ascending order, so none stands there twice. */
export function objectEnd(from: usize, depth: i32): usize {
  if (depth >= DEEPEST || load<u8>(from) != 0x7b) return NO;
  if (load<u8>(from, 1) == 0x7d) return from + 2;
  let lastAt: usize = 0;
  let lastEnd: usize = 0;
  for (let at = from + 1; at != NO; at += 1) {
    if (load<u8>(at) != 0x22) return NO;
    const nameAt = at + 1;
    const end = nameEnd(nameAt);
    if (end == NO || load<u8>(end, 1) != 0x3a) return NO;
    if (lastEnd != 0 && !comesBefore(lastAt, lastEnd, nameAt, end)) return NO;
    lastAt = nameAt;
    lastEnd = end;
    at = valueEnd(end + 2, depth + 1);
    if (at == NO) return NO;
    if (load<u8>(at) == 0x7d) return at + 1;
    if (load<u8>(at) != 0x2c) return NO;
  }
  return NO;
}

function comesBefore(aAt: usize, aEnd: usize, bAt: usize, bEnd: usize): bool {
  let a = aAt;
  let b = bAt;
  for (; a < aEnd && b < bEnd; a += 1, b += 1) if (load<u8>(a) != load<u8>(b)) return load<u8>(a) < load<u8>(b);
  return aEnd - aAt < bEnd - bAt;
}

/** Where the value of a member of an object that was walked before begins. */
export function memberAt(object: usize, name: usize, length: usize): usize {
  if (load<u8>(object, 1) == 0x7d) return NO;
  for (let at = object + 1; at != NO; at += 1) {
    const end = nameEnd(at + 1);
    if (end - at - 1 == length && isSame(at + 1, name, length)) return end + 2;
    at = valueEnd(end + 2, 0);
    if (load<u8>(at) != 0x2c) return NO;
  }
  return NO;
}

function itemAt(list: usize, from: usize, to: usize): usize {
  if (to == from || to - from > 5 || (load<u8>(from) == 0x30 && to - from > 1)) return NO;
  let place = 0;
  for (let at = from; at < to; at += 1) {
    if (!isDigit(load<u8>(at))) return NO;
    place = place * 10 + <i32>load<u8>(at) - 0x30;
  }
  if (load<u8>(list, 1) == 0x5d) return NO;
  let at = list + 1;
  for (; place > 0; place -= 1) {
    at = valueEnd(at, 0);
    if (load<u8>(at) != 0x2c) return NO;
    at += 1;
  }
  return at;
}

/** Whether a JSON pointer, from `from` to before `to`, leads to null in a value that was walked before. */
export function leadsToNull(value: usize, from: usize, to: usize): bool {
  let here = value;
  if (load<u8>(from) != 0x2f) return false;
  for (let at = from + 1; at <= to && here != NO;) {
    let end = at;
    while (end < to && load<u8>(end) != 0x2f) end += 1;
    const kind = load<u8>(here);
    here = kind == 0x7b ? memberAt(here, at, end - at) : kind == 0x5b ? itemAt(here, at, end) : NO;
    at = end + 1;
  }
  return here != NO && load<u8>(here) == 0x6e;
}
