import { streams } from './book';
import { become, CONFIRMED, isFirstKept, isHandedOver, isLinked, keep, link, stateOf } from './things';
import { isSame } from './bytes';
import { memberAt, NO, textEnd, valueEnd } from './json';
import { cell, DATA_AT, file, FLAGS, IMPORTED, SEALED_AT } from './layout';
import { readUuid, UUID_LENGTH } from './words';

/**
 * What the rules of the domain ask of entries of a type, as steps that are held against the bytes. Where one of them is not
 * plainly as it should be, nothing is changed, and ../src judges the entry; ../src/rule.ts says what each step means.
 */

const NAMES: i32 = 1;
const NAMES_EACH: i32 = 2;
const IS_SEALED: i32 = 3;
const IS_THERE: i32 = 4;
const HAS_ITEMS: i32 = 5;
const EACH_SAYS: i32 = 6;
const LINKS: i32 = 7;
const KEEPS: i32 = 8;
const BECOMES: i32 = 9;
const HAS_STATE: i32 = 11;
const IS_NOT_OWNER: i32 = 12;
/** Added to a step that asks nothing of imported history. */
const OF_OURS: i32 = 32;

/** Of a step: what it is, a path and how long it is, further text and how long that is, a number; and where a text must stand, and which, so that anything is asked. */
const PATH: usize = 4;
const PATH_LENGTH: usize = 8;
const TEXT: usize = 12;
const TEXT_LENGTH: usize = 16;
const NUMBER: usize = 20;
const WHERE_LENGTH: usize = 24;
const TEXTS_LENGTH: usize = 28;
const STEP: usize = 32;
const MOST_STEPS: i32 = 512;
const steps: usize = memory.data(512 * 32);
let stepCount: i32 = 0;

/** Where the steps of a type begin and end. */
const begins: usize = memory.data(4096 * 4);
const ends: usize = memory.data(4096 * 4);

/** Adds a step to the type that was added last; its four texts stand at `path`. @returns whether there was room. */
export function addStepTo(
  type: i32,
  kind: i32,
  path: usize,
  pathLength: i32,
  textLength: i32,
  number: i32,
  whereLength: i32,
  textsLength: i32,
): bool {
  if (stepCount >= MOST_STEPS) return false;
  const at = (<usize>type) << 2;
  if (load<i32>(ends + at) == 0) store<i32>(begins + at, stepCount);
  const step = steps + <usize>stepCount * STEP;
  store<i32>(step, kind);
  store<usize>(step, path, PATH);
  store<usize>(step, <usize>pathLength, PATH_LENGTH);
  store<usize>(step, path + <usize>pathLength, TEXT);
  store<usize>(step, <usize>textLength, TEXT_LENGTH);
  store<i32>(step, number, NUMBER);
  store<usize>(step, <usize>whereLength, WHERE_LENGTH);
  store<usize>(step, <usize>textsLength, TEXTS_LENGTH);
  stepCount += 1;
  store<i32>(ends + at, stepCount);
  return true;
}

/** Where the value begins that a path such as `/owner/person` leads to. */
function valueAt(from: usize, path: usize, length: usize): usize {
  let here = from;
  for (let at = path + 1; at <= path + length && here != NO;) {
    let end = at;
    while (end < path + length && load<u8>(end) != 0x2f) end += 1;
    here = load<u8>(here) == 0x7b ? memberAt(here, at, end - at) : NO;
    at = end + 1;
  }
  return here;
}

const words: usize = memory.data(16, 16);
/** Reads a text that is a UUID and nothing more. */
function isId(value: usize): bool {
  return load<u8>(value) == 0x22 && load<u8>(value + 1 + UUID_LENGTH) == 0x22 && readUuid(value + 1, words);
}
function isKnown(value: usize, category: i32): bool {
  return isId(value) && streams.find(words, category) >= 0;
}

function areKnown(list: usize, category: i32): bool {
  if (load<u8>(list) != 0x5b) return false;
  if (load<u8>(list, 1) == 0x5d) return true;
  for (let at = list + 1; isKnown(at, category); at += 1) {
    at += UUID_LENGTH + 2;
    if (load<u8>(at) == 0x5d) return true;
  }
  return false;
}

/** Whether it is a text, and none of those that stand in a list, each in its quotes. */
function isOther(value: usize, list: usize, length: usize): bool {
  if (load<u8>(value) != 0x22) return false;
  const size = textEnd(value + 1) - value;
  for (let at = list; at + size <= list + length; at += 1) if (isSame(at, value, size)) return false;
  return true;
}

/** Whether something is asked of this entry: not of imported history, or only where one of some texts stands. */
function isAsked(step: usize, row: usize): bool {
  if ((load<i32>(step) & OF_OURS) != 0 && (cell(row, FLAGS) & IMPORTED) != 0) return false;
  const whereLength = load<usize>(step, WHERE_LENGTH);
  if (whereLength == 0) return true;
  const where = load<usize>(step, TEXT) + load<usize>(step, TEXT_LENGTH);
  const value = valueAt(file + <usize>cell(row, DATA_AT), where, whereLength);
  return value == NO || !isOther(value, where + whereLength, load<usize>(step, TEXTS_LENGTH));
}

/** Whether it is a list of objects, not empty, each with some text under that name. */
function doAllSay(list: usize, name: usize, length: usize): bool {
  if (load<u8>(list) != 0x5b) return false;
  for (let at = list + 1; load<u8>(at) == 0x7b; at += 1) {
    const said = memberAt(at, name, length);
    if (said == NO || load<u8>(said) != 0x22 || load<u8>(said, 1) == 0x22) return false;
    at = valueEnd(at, 0);
    if (load<u8>(at) == 0x5d) return true;
  }
  return false;
}

function isFit(kind: i32, step: usize, row: usize, stream: i32): bool {
  const from = file + <usize>cell(row, kind == IS_SEALED ? SEALED_AT : DATA_AT);
  const path = load<usize>(step, PATH);
  const length = load<usize>(step, PATH_LENGTH);
  const text = load<usize>(step, TEXT);
  const textLength = load<usize>(step, TEXT_LENGTH);
  const number = load<i32>(step, NUMBER);
  // The name of a sealed field is a path as a whole.
  if (kind == IS_SEALED) return memberAt(from, path, length) != NO;
  // What was handed over is remembered elsewhere from then on.
  const isOfState = kind == BECOMES || kind == HAS_STATE;
  if ((isOfState || kind == KEEPS || kind == IS_NOT_OWNER) && isHandedOver(stream)) return false;
  if (kind == KEEPS) return true;
  if (isOfState) return kind == HAS_STATE ? stateOf(stream) != 0 : stateOf(stream) != CONFIRMED || number == CONFIRMED;
  const value = valueAt(from, path, length);
  if (kind == IS_NOT_OWNER) return value == NO || !isFirstKept(stream, value, valueEnd(value, 0) - value);
  if (kind == NAMES) return value == NO || isKnown(value, number);
  if (kind == NAMES_EACH) return value == NO || areKnown(value, number);
  if (value == NO) return false;
  if (kind == IS_THERE) return true;
  if (kind == HAS_ITEMS) return load<u8>(value) == 0x5b && load<u8>(value, 1) != 0x5d;
  if (kind == EACH_SAYS) return doAllSay(value, text, textLength);
  return kind == LINKS && isId(value) && !isLinked(stream, words);
}

function doStep(kind: i32, step: usize, row: usize, stream: i32): void {
  if (kind == BECOMES) return become(stream, load<i32>(step, NUMBER));
  if (kind != LINKS && kind != KEEPS) return;
  const data = file + <usize>cell(row, DATA_AT);
  const value = valueAt(data, load<usize>(step, PATH), load<usize>(step, PATH_LENGTH));
  if (kind == KEEPS) keep(stream, load<i32>(step, NUMBER), value, value == NO ? 0 : valueEnd(value, 0) - value);
  else if (isId(value)) link(stream, words);
}

/** Whether an entry is all that its rule asks for; then what the rule remembers is remembered. */
export function isPlain(row: usize, type: i32, stream: i32): bool {
  const from = steps + <usize>load<i32>(begins + ((<usize>type) << 2)) * STEP;
  const to = steps + <usize>load<i32>(ends + ((<usize>type) << 2)) * STEP;
  for (let step = from; step < to; step += STEP) {
    if (isAsked(step, row) && !isFit(load<i32>(step) & ~OF_OURS, step, row, stream)) return false;
  }
  for (let step = from; step < to; step += STEP) doStep(load<i32>(step) & ~OF_OURS, step, row, stream);
  return true;
}
