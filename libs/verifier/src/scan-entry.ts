import { utf8 } from '#transparency-log/bytes';
import { areLettersAt, HASH_LENGTH, isHashAt, KID_LENGTH, readKid, readUuid, UUID_LENGTH } from './byte-words.js';
import { type JsonBytes, NO } from './json-bytes.js';
import { ACTOR_AT, CAUSE, CAUSE_AT, CAUSES, CAUSES_AT, COMMAND, DATA_AT, DATA_END, type Extra, FLAGS, ID, ID_AT, IMPORTED, IN_FORM, NOTE, NOTES, NOTES_AT, REVISION, SEALED_AT, SEALED_END, STREAM, STREAM_AT, STREAM_END, TYPE_AT, TYPE_END } from './row.js'; // prettier-ignore

/** What stands between the parts of an entry, in the order of canonical JSON. */
const ABOUT = utf8('{"about":');
const ACTOR = utf8(',"actor":{"ref":"');
const ROLE = utf8(',"role":"');
const COMMAND_IS = utf8('},"cause":{"command":"');
const CORRELATION = utf8('","correlation":"');
const EVENTS = utf8(',"events":[');
const DATA = utf8('},"data":');
const ID_IS = utf8(',"id":"');
const OCCURRED = utf8('","occurredAt":"');
const RECORDED = utf8('","recordedAt":"');
const REVISION_IS = utf8('","rev":');
const SEALED = utf8(',"sealed":');
const STREAM_IS = utf8(',"stream":"');
const TYPE = utf8('","type":"');
const VERSION = utf8('","v":1}');
const ALGORITHM = utf8(':{"alg":"A256GCM","h":"');
const IV = utf8('","iv":"');
const KID = utf8('","kid":"');
const LENGTH = utf8('","len":');
const IMPORT = utf8('import');

const IV_LENGTH = 16;
/** `2026-11-25T09:46:40.000Z`: where digits stand. Other ways to write an instant are left to the slower reader. */
const INSTANT = '0000-00-00T00:00:00.000Z';
const PATTERN = utf8(INSTANT);
export const INSTANT_LENGTH = INSTANT.length;
/** From the id to the two dates. */
export const OCCURRED_AT = UUID_LENGTH + OCCURRED.length;
export const RECORDED_AT = OCCURRED_AT + INSTANT_LENGTH + RECORDED.length;

const LONGEST_CATEGORY = 60;
const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);

const isInstant = ({ bytes }: JsonBytes, at: number): boolean => {
  for (let next = 0; next < INSTANT_LENGTH; next += 1) {
    const byte = bytes[at + next] as number;
    const wanted = PATTERN[next] as number;
    if (wanted === 0x30 ? !(byte >= 0x30 && byte <= 0x39) : byte !== wanted) return false;
  }
  return true;
};

/** At most nine digits, so that it fits into a word. */
const smallNumber = ({ bytes }: JsonBytes, from: number, to: number): number => {
  if (to < 0 || to - from > 9 || bytes[from] === 0x2d) return NO;
  let number = 0;
  for (let at = from; at < to; at += 1) number = number * 10 + (bytes[at] as number) - 0x30;
  return number;
};

/** The entries that led to this one. @returns where the list ends. */
const scanCauses = (json: JsonBytes, from: number, rows: Int32Array, base: number, extra: Extra): number => {
  const { bytes } = json;
  rows[base + CAUSES_AT] = extra.length;
  rows[base + CAUSES] = 0;
  if (bytes[from] === 0x5d) return from + 1;
  for (let [at, count] = [from, 1]; ; at += 1, count += 1) {
    const to = extra.take(CAUSE);
    if (bytes[at] !== 0x22 || !readUuid(bytes, at + 1, extra.ints, to)) return NO;
    rows[base + CAUSES] = count;
    at += UUID_LENGTH + 2;
    if (bytes[at - 1] !== 0x22) return NO;
    if (bytes[at] === 0x5d) return at + 1;
    if (bytes[at] !== 0x2c) return NO;
  }
};

/** The sealed fields, each with a pointer to where its words would stand. @returns where they end. */
const scanSealed = (json: JsonBytes, from: number, rows: Int32Array, base: number, extra: Extra): number => {
  const { bytes } = json;
  rows[base + NOTES_AT] = extra.length;
  rows[base + NOTES] = 0;
  if (bytes[from] !== 0x7b) return NO;
  if (bytes[from + 1] === 0x7d) return from + 2;
  for (let [at, count] = [from + 1, 1]; ; at += 1, count += 1) {
    const pointerAt = at + 1;
    const pointerEnd = bytes[at] === 0x22 ? json.nameEnd(pointerAt) : NO;
    if (pointerEnd < 0 || !json.isAt(pointerEnd + 1, ALGORITHM)) return NO;
    const hashAt = pointerEnd + 1 + ALGORITHM.length;
    const ivAt = hashAt + HASH_LENGTH + IV.length;
    const kidAt = ivAt + IV_LENGTH + KID.length;
    const lengthAt = kidAt + KID_LENGTH + LENGTH.length;
    if (!json.isAt(hashAt + HASH_LENGTH, IV) || !json.isAt(ivAt + IV_LENGTH, KID) || !json.isAt(kidAt + KID_LENGTH, LENGTH)) return NO; // prettier-ignore
    const to = extra.take(NOTE);
    if (!isHashAt(bytes, hashAt) || !areLettersAt(bytes, ivAt, IV_LENGTH) || !readKid(bytes, kidAt, extra.ints, to))
      return NO;
    extra.ints[to + 4] = hashAt;
    rows[base + NOTES] = count;
    at = json.numberEnd(lengthAt);
    if (at < 0 || bytes[lengthAt] === 0x2d || bytes[at] !== 0x7d) return NO;
    if (!json.leadsToNull(rows[base + DATA_AT] as number, pointerAt, pointerEnd)) return NO;
    at += 1;
    if (bytes[at] === 0x7d) return at + 1;
    if (bytes[at] !== 0x2c) return NO;
  }
};

const scanStream = ({ bytes }: JsonBytes, from: number, rows: Int32Array, base: number): number => {
  let at = from;
  while (isLetter(bytes[at] as number)) at += 1;
  const isFit = at > from && at - from <= LONGEST_CATEGORY && bytes[at] === 0x2d;
  if (!isFit || !readUuid(bytes, at + 1, rows, base + STREAM)) return NO;
  rows[base + STREAM_AT] = from;
  return (rows[base + STREAM_END] = at + 1 + UUID_LENGTH);
};

// prettier-ignore
const scan = (json: JsonBytes, start: number, end: number, rows: Int32Array, base: number, extra: Extra): number => {
  const { bytes } = json;
  if (!json.isAt(start, ABOUT)) return 0;
  const aboutAt = start + ABOUT.length;
  let at = json.objectEnd(aboutAt);
  if (at < 0 || !json.isAt(at, ACTOR)) return 0;
  const isImported = json.memberAt(aboutAt, IMPORT, 0, IMPORT.length) >= 0;
  rows[base + ACTOR_AT] = at + 9;
  at = json.textEnd(at + ACTOR.length);
  if (at < 0 || !json.isAt(at, ROLE)) return 0;
  at = json.textEnd(at + ROLE.length);
  if (at < 0 || !json.isAt(at, COMMAND_IS)) return 0;
  rows[base + CAUSE_AT] = at + 10;
  at += COMMAND_IS.length;
  if (!readUuid(bytes, at, rows, base + COMMAND) || !json.isAt(at + UUID_LENGTH, CORRELATION)) return 0;
  at = json.textEnd(at + UUID_LENGTH + CORRELATION.length);
  if (at < 0 || !json.isAt(at, EVENTS)) return 0;
  at = scanCauses(json, at + EVENTS.length, rows, base, extra);
  if (at < 0 || !json.isAt(at, DATA)) return 0;
  rows[base + DATA_AT] = at + DATA.length;
  at = json.objectEnd(at + DATA.length);
  if (at < 0 || !json.isAt(at, ID_IS)) return 0;
  rows[base + DATA_END] = at;
  at += ID_IS.length;
  rows[base + ID_AT] = at;
  if (!readUuid(bytes, at, rows, base + ID) || !json.isAt(at + UUID_LENGTH, OCCURRED)) return 0;
  if (!isInstant(json, at + OCCURRED_AT) || !isInstant(json, at + RECORDED_AT)) return 0;
  if (!json.isAt(at + OCCURRED_AT + INSTANT_LENGTH, RECORDED)) return 0;
  at += RECORDED_AT + INSTANT_LENGTH;
  if (!json.isAt(at, REVISION_IS)) return 0;
  const revisionAt = at + REVISION_IS.length;
  at = json.numberEnd(revisionAt);
  const revision = smallNumber(json, revisionAt, at);
  if (revision < 0 || !json.isAt(at, SEALED)) return 0;
  rows[base + REVISION] = revision;
  rows[base + SEALED_AT] = at + SEALED.length;
  at = scanSealed(json, at + SEALED.length, rows, base, extra);
  if (at < 0 || !json.isAt(at, STREAM_IS)) return 0;
  rows[base + SEALED_END] = at;
  at = scanStream(json, at + STREAM_IS.length, rows, base);
  if (at < 0 || !json.isAt(at, TYPE)) return 0;
  rows[base + TYPE_AT] = at + TYPE.length;
  at = json.nameEnd(at + TYPE.length);
  if (at < 0 || !json.isAt(at, VERSION)) return 0;
  rows[base + TYPE_END] = at;
  if (at + VERSION.length !== end) return 0;
  return isImported ? IN_FORM | IMPORTED : IN_FORM;
};

/**
 * Reads the entry between two places, if it is written as this product writes entries: all but a few. It never takes
 * one that the slower reader (`readEnvelope`) would not take, nor reads it otherwise; what it leaves, that one judges.
 */
// prettier-ignore
export const scanEntry = (json: JsonBytes, start: number, end: number, rows: Int32Array, base: number, extra: Extra): void => {
  const before = extra.length;
  const flags = scan(json, start, end, rows, base, extra);
  rows[base + FLAGS] = flags;
  if (flags === 0) extra.length = before;
};
