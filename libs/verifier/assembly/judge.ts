import { begin, follow, ids, isBegun, isIdOf, isOwn, keepText, keys, makeRoom, placeIn, putId, putKey, scratch, streamAt, streams } from './book'; // prettier-ignore
import { isSame } from './bytes';
import { isNoted } from './follow';
import { memberAt } from './json';
import { CATEGORY, CAUSE, CAUSES, CAUSES_AT, cell, COMMAND, DATA_AT, DATA_END, extra, file, FLAGS, ID, NOTE, NOTES, NOTES_AT, REVISION, ROW, rows, setCell, STREAM, STREAM_AT, STREAM_END, STREAM_NUMBER, TYPE_AT, TYPE_END } from './layout'; // prettier-ignore
import { Names } from './names';
import { ANNOUNCES, AT_END, CAUSE_UNKNOWN, HAS_RULE, HAS_SEALED, HAS_STEPS, ID_TWICE, ID_WRONG, IS_OF_KEYS, MAY_BEGIN, NEW_CATEGORY, NEW_TYPE, NOT_IN_FORM, OF_BIRTH, OF_KEYS, TAKEN, WANTS_KEYS, WANTS_RULE } from './reasons'; // prettier-ignore
import { addStepTo, isPlain } from './rules';
import { HASH_LENGTH, isHashAt, KID_LENGTH, readKid, readUuid, UUID_LENGTH } from './words';

/** Entries as they come, one after another: where there is something to say about one, it is said in ../src. */

const types: Names = new Names();
const categories: Names = new Names();
const typeFlags: usize = memory.data(4096 * 4);
const typeKinds: usize = memory.data(4096 * 4);
const firstKinds: usize = memory.data(4096 * 4);

let looksAtSealed: bool = false;

export let reason: i32 = AT_END;
export let said: i32 = 0;
export let typeNumber: i32 = 0;
export let sealedCount: u32 = 0;

/** For so many entries at most. `looks`: sealed fields are looked at elsewhere; where not, they are only counted. */
export function remember(most: u32, looks: bool): void {
  makeRoom(most);
  looksAtSealed = looks;
}

/** Names stand in the scratch. @returns whether there was room. */
export function addType(length: i32, number: i32, flags: i32, kind: i32): bool {
  if (!types.add(scratch, length, number)) return false;
  store<i32>(typeFlags + ((<usize>number) << 2), flags);
  store<i32>(typeKinds + ((<usize>number) << 2), kind);
  return true;
}
/** Four texts stand in the scratch. */
export function addStep(type: i32, kind: i32, path: i32, text: i32, number: i32, where: i32, texts: i32): bool {
  return addStepTo(type, kind, keepText(path + text + where + texts), path, text, number, where, texts);
}
/** `first`: the kind that the first entry of such a stream must be of; 0 for any. */
export function addCategory(length: i32, number: i32, first: i32): bool {
  if (!categories.add(scratch, length, number)) return false;
  store<i32>(firstKinds + ((<usize>number) << 2), first);
  return true;
}

/** Whether each sealed field has a key that was announced for this stream, and was not destroyed. */
function areKeysFit(row: usize, stream: i32): bool {
  let note = extra + ((<usize>cell(row, NOTES_AT)) << 2);
  for (let count = cell(row, NOTES); count > 0; count -= 1, note += NOTE << 2) {
    const key = keys.find(note, 0);
    if (key < 0 || !isOwn(key, stream)) return false;
  }
  return true;
}

const COMMITMENT = String.UTF8.encode('{"commitment":"');
const KID = String.UTF8.encode('","kid":"');
const kid: usize = memory.data(16, 16);

/** Announces the key of an entry whose data is just a key and a fingerprint. @returns whether that was so, and it is a new one. */
function announce(row: usize, stream: i32): bool {
  const from = file + <usize>cell(row, DATA_AT);
  const hash = from + COMMITMENT.byteLength;
  const kidAt = hash + HASH_LENGTH + KID.byteLength;
  const isFit =
    file + <usize>cell(row, DATA_END) == kidAt + KID_LENGTH + 2 &&
    isSame(from, changetype<usize>(COMMITMENT), COMMITMENT.byteLength) &&
    isSame(hash + HASH_LENGTH, changetype<usize>(KID), KID.byteLength) &&
    isHashAt(hash);
  return isFit && readKid(kidAt, kid) && putKey(kid, stream);
}

function areCausesKnown(row: usize): bool {
  let cause = extra + ((<usize>cell(row, CAUSES_AT)) << 2);
  for (let count = cell(row, CAUSES); count > 0; count -= 1, cause += CAUSE << 2)
    if (ids.find(cause, 0) < 0) return false;
  return true;
}

/** Whether a thing begins as such a thing must, and only once. */
function isBirthFit(stream: i32, category: i32, flags: i32): bool {
  if ((flags & IS_OF_KEYS) != 0) return true;
  if (isBegun(stream)) return (flags & MAY_BEGIN) == 0;
  const first = load<i32>(firstKinds + ((<usize>category) << 2));
  if (first != 0 && first != load<i32>(typeKinds + ((<usize>typeNumber) << 2))) return false;
  begin(stream);
  return true;
}

function take(row: usize, category: i32, number: i32): void {
  const flags = load<i32>(typeFlags + ((<usize>typeNumber) << 2));
  const stream = streamAt(row + (STREAM << 2), category);
  setCell(row, STREAM_NUMBER, stream);
  said = follow(stream, <f64>cell(row, REVISION));
  const command = row + (COMMAND << 2);
  const id = row + (ID << 2);
  const place = placeIn(stream, command);
  if (said == 0 && !isNoted(row, place) && !isIdOf(id, command, place)) said |= ID_WRONG;
  if (!areCausesKnown(row)) said |= CAUSE_UNKNOWN;
  if (putId(id, number) >= 0) said |= ID_TWICE;
  if ((flags & WANTS_KEYS) != 0) said |= OF_KEYS;
  else if ((flags & ANNOUNCES) != 0 && !announce(row, stream)) said |= OF_KEYS;
  else if (!areKeysFit(row, stream)) said |= OF_KEYS;
  if (!isBirthFit(stream, category, flags)) said |= OF_BIRTH;
  if ((flags & WANTS_RULE) != 0 || ((flags & HAS_STEPS) != 0 && !isPlain(row, typeNumber, stream))) said |= HAS_RULE;
}

function categoryOf(row: usize): i32 {
  const dash = <usize>cell(row, STREAM_END) - UUID_LENGTH - 1;
  return categories.find(file + <usize>cell(row, STREAM_AT), file + dash);
}

/** What the rows of the file will be looked up by is read once before, so that the machine waits for it all at once. */
export function warm(count: i32): u32 {
  let all: u32 = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows + <usize>(at * ROW * 4);
    if (cell(row, FLAGS) == 0) continue;
    const category = categoryOf(row);
    setCell(row, CATEGORY, category);
    all ^= ids.touch(row + (ID << 2), 0) ^ streams.touch(row + (STREAM << 2), category);
    let note = extra + ((<usize>cell(row, NOTES_AT)) << 2);
    for (let left = cell(row, NOTES); left > 0; left -= 1, note += NOTE << 2) all ^= keys.touch(note, 0);
    let cause = extra + ((<usize>cell(row, CAUSES_AT)) << 2);
    for (let left = cell(row, CAUSES); left > 0; left -= 1, cause += CAUSE << 2) all ^= ids.touch(cause, 0);
  }
  for (let at = 0; at < count; at += 1) {
    const row = rows + <usize>(at * ROW * 4);
    if (cell(row, FLAGS) == 0) continue;
    all ^= streams.touchRecord(row + (STREAM << 2), cell(row, CATEGORY));
    let note = extra + ((<usize>cell(row, NOTES_AT)) << 2);
    for (let left = cell(row, NOTES); left > 0; left -= 1, note += NOTE << 2) all ^= keys.touchRecord(note, 0);
    let cause = extra + ((<usize>cell(row, CAUSES_AT)) << 2);
    for (let left = cell(row, CAUSES); left > 0; left -= 1, cause += CAUSE << 2) all ^= ids.touchRecord(cause, 0);
  }
  return all;
}

/**
 * Takes entries from one row to before another; `first` is the number of the entry in the first row of all, `passed` a
 * row whose sealed fields were looked at. @returns the row where it stopped; `reason` says why.
 */
export function judge(from: i32, to: i32, first: i32, passed: i32): i32 {
  for (let at = from; at < to; at += 1) {
    const row = rows + <usize>(at * ROW * 4);
    reason = NOT_IN_FORM;
    if (cell(row, FLAGS) == 0) return at;
    typeNumber = types.find(file + <usize>cell(row, TYPE_AT), file + <usize>cell(row, TYPE_END));
    reason = NEW_TYPE;
    if (typeNumber < 0) return at;
    let category = cell(row, CATEGORY);
    if (category < 0) category = categoryOf(row);
    reason = NEW_CATEGORY;
    if (category < 0) return at;
    reason = HAS_SEALED;
    if (looksAtSealed && at != passed && cell(row, NOTES) > 0) return at;
    if (!looksAtSealed) sealedCount += cell(row, NOTES);
    take(row, category, first + at);
    reason = TAKEN;
    if (said != 0) return at;
  }
  reason = AT_END;
  return to;
}

/** Whether the data of an entry has a member of that name: 0 for none, 1 where it is a UUID, whose words stand in the scratch then; 2 for another. */
export function member(at: i32, name: usize, length: i32): i32 {
  const row = rows + <usize>(at * ROW * 4);
  const value = memberAt(file + <usize>cell(row, DATA_AT), name, length);
  if (value == 0) return 0;
  const isText = load<u8>(value) == 0x22 && load<u8>(value + 1 + UUID_LENGTH) == 0x22;
  return isText && readUuid(value + 1, scratch) ? 1 : 2;
}
