import { isSame } from './bytes';
import { leadsToNull, memberAt, nameEnd, NO, numberEnd, objectEnd, textEnd } from './json';
import { ACTOR_AT, CAUSE, CAUSE_AT, CAUSES, CAUSES_AT, COMMAND, DATA_AT, DATA_END, extra, file, FLAGS, ID, ID_AT, IMPORTED, IN_FORM, NOTE, NOTES, NOTES_AT, REVISION, SEALED_AT, SEALED_END, setCell, STREAM, STREAM_AT, STREAM_END, TYPE_AT, TYPE_END } from './layout'; // prettier-ignore
import { areLettersAt, HASH_LENGTH, INSTANT_LENGTH, isHashAt, isInstant, IV_LENGTH, KID_LENGTH, readKid, readUuid, UUID_LENGTH } from './words'; // prettier-ignore

/** What stands between the parts of an entry, in the order of canonical JSON. */
const ABOUT = String.UTF8.encode('{"about":');
const ACTOR = String.UTF8.encode(',"actor":{"ref":"');
const ROLE = String.UTF8.encode(',"role":"');
const COMMAND_IS = String.UTF8.encode('},"cause":{"command":"');
const CORRELATION = String.UTF8.encode('","correlation":"');
const EVENTS = String.UTF8.encode(',"events":[');
const DATA = String.UTF8.encode('},"data":');
const ID_IS = String.UTF8.encode(',"id":"');
const OCCURRED = String.UTF8.encode('","occurredAt":"');
const RECORDED = String.UTF8.encode('","recordedAt":"');
const REVISION_IS = String.UTF8.encode('","rev":');
const SEALED = String.UTF8.encode(',"sealed":');
const STREAM_IS = String.UTF8.encode(',"stream":"');
const TYPE = String.UTF8.encode('","type":"');
const VERSION = String.UTF8.encode('","v":1}');
const ALGORITHM = String.UTF8.encode(':{"alg":"A256GCM","h":"');
const IV = String.UTF8.encode('","iv":"');
const KID = String.UTF8.encode('","kid":"');
const LENGTH = String.UTF8.encode('","len":');
const IMPORT = String.UTF8.encode('import');

const LONGEST_CATEGORY: usize = 60;
const MOST_DIGITS: usize = 9;

/** So many extra numbers the file has needed so far. */
export let extraCount: i32 = 0;
export function forgetExtra(): void {
  extraCount = 0;
}
function takeExtra(count: i32): usize {
  const at = extra + ((<usize>extraCount) << 2);
  extraCount += count;
  return at;
}

/** Where that text ends, if it stands there. */
function after(at: usize, text: ArrayBuffer): usize {
  const length = <usize>text.byteLength;
  return at != NO && isSame(at, changetype<usize>(text), length) ? at + length : NO;
}
function place(at: usize): i32 {
  return <i32>(at - file);
}

/** At most nine digits, so that it fits into a word. */
function smallNumber(from: usize, to: usize): i32 {
  if (to == NO || to - from > MOST_DIGITS || load<u8>(from) == 0x2d) return -1;
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + <i32>load<u8>(at) - 0x30;
  return number;
}

/** The entries that led to this one. @returns where the list ends. */
function scanCauses(from: usize, row: usize): usize {
  setCell(row, CAUSES_AT, extraCount);
  setCell(row, CAUSES, 0);
  if (load<u8>(from) == 0x5d) return from + 1;
  for (let at = from, count = 1; at != NO; at += 1, count += 1) {
    if (load<u8>(at) != 0x22 || !readUuid(at + 1, takeExtra(CAUSE))) return NO;
    setCell(row, CAUSES, count);
    at += UUID_LENGTH + 2;
    if (load<u8>(at - 1) != 0x22) return NO;
    if (load<u8>(at) == 0x5d) return at + 1;
    if (load<u8>(at) != 0x2c) return NO;
  }
  return NO;
}

/** The sealed fields, each with a pointer to where its words would stand. @returns where they end. */
function scanSealed(from: usize, row: usize, data: usize): usize {
  setCell(row, NOTES_AT, extraCount);
  setCell(row, NOTES, 0);
  if (load<u8>(from) != 0x7b) return NO;
  if (load<u8>(from, 1) == 0x7d) return from + 2;
  for (let at = from + 1, count = 1; at != NO; at += 1, count += 1) {
    if (load<u8>(at) != 0x22) return NO;
    const pointer = at + 1;
    const pointerEnd = nameEnd(pointer);
    if (pointerEnd == NO) return NO;
    const hash = after(pointerEnd + 1, ALGORITHM);
    if (hash == NO || !isHashAt(hash)) return NO;
    const iv = after(hash + HASH_LENGTH, IV);
    if (iv == NO || !areLettersAt(iv)) return NO;
    const kid = after(iv + IV_LENGTH, KID);
    const note = takeExtra(NOTE);
    if (kid == NO || !readKid(kid, note)) return NO;
    store<i32>(note, place(hash), 16);
    setCell(row, NOTES, count);
    const length = after(kid + KID_LENGTH, LENGTH);
    if (length == NO || load<u8>(length) == 0x2d) return NO;
    at = numberEnd(length);
    if (at == NO || load<u8>(at) != 0x7d || !leadsToNull(data, pointer, pointerEnd)) return NO;
    at += 1;
    if (load<u8>(at) == 0x7d) return at + 1;
    if (load<u8>(at) != 0x2c) return NO;
  }
  return NO;
}

function scanStream(from: usize, row: usize): usize {
  let at = from;
  while (<u8>((load<u8>(at) | 0x20) - 0x61) < 26) at += 1;
  if (at == from || at - from > LONGEST_CATEGORY || load<u8>(at) != 0x2d) return NO;
  if (!readUuid(at + 1, row + (STREAM << 2))) return NO;
  at += 1 + UUID_LENGTH;
  setCell(row, STREAM_AT, place(from));
  setCell(row, STREAM_END, place(at));
  return at;
}

function scan(start: usize, end: usize, row: usize): i32 {
  const about = after(start, ABOUT);
  if (about == NO) return 0;
  let at = objectEnd(about, 0);
  const isImported = at != NO && memberAt(about, changetype<usize>(IMPORT), IMPORT.byteLength) != NO;
  at = after(at, ACTOR);
  if (at == NO) return 0;
  setCell(row, ACTOR_AT, place(at - 8));
  at = after(textEnd(at), ROLE);
  if (at == NO) return 0;
  at = after(textEnd(at), COMMAND_IS);
  if (at == NO || !readUuid(at, row + (COMMAND << 2))) return 0;
  setCell(row, CAUSE_AT, place(at - 12));
  at = after(at + UUID_LENGTH, CORRELATION);
  if (at == NO) return 0;
  at = after(textEnd(at), EVENTS);
  if (at == NO) return 0;
  const data = after(scanCauses(at, row), DATA);
  if (data == NO) return 0;
  setCell(row, DATA_AT, place(data));
  at = objectEnd(data, 0);
  setCell(row, DATA_END, place(at));
  const id = after(at, ID_IS);
  if (id == NO || !readUuid(id, row + (ID << 2))) return 0;
  setCell(row, ID_AT, place(id));
  at = after(id + UUID_LENGTH, OCCURRED);
  if (at == NO || !isInstant(at)) return 0;
  at = after(at + INSTANT_LENGTH, RECORDED);
  if (at == NO || !isInstant(at)) return 0;
  const revisionAt = after(at + INSTANT_LENGTH, REVISION_IS);
  if (revisionAt == NO) return 0;
  at = numberEnd(revisionAt);
  const revision = smallNumber(revisionAt, at);
  const sealed = after(at, SEALED);
  if (revision < 0 || sealed == NO) return 0;
  setCell(row, REVISION, revision);
  setCell(row, SEALED_AT, place(sealed));
  at = scanSealed(sealed, row, data);
  setCell(row, SEALED_END, place(at));
  at = after(at, STREAM_IS);
  if (at == NO) return 0;
  const type = after(scanStream(at, row), TYPE);
  if (type == NO) return 0;
  setCell(row, TYPE_AT, place(type));
  at = nameEnd(type);
  setCell(row, TYPE_END, place(at));
  if (after(at, VERSION) != end) return 0;
  return isImported ? IN_FORM | IMPORTED : IN_FORM;
}

/**
 * Reads the entry between two places, if it is written as this product writes entries: all but a few. It never takes
 * one that the slower reader (`readEnvelope`) would not take, nor reads it otherwise; what it leaves, that one judges.
 */
export function scanEntry(start: usize, end: usize, row: usize): void {
  const before = extraCount;
  // What follows the entry must not be taken for a part of it.
  const next = load<u8>(end);
  store<u8>(end, 0);
  const flags = scan(start, end, row);
  store<u8>(end, next);
  setCell(row, FLAGS, flags);
  if (flags == 0) extraCount = before;
}
