import { canonicalJson } from '#event-store/canonical-json';
import { readUtf8 } from '#transparency-log/bytes';
import { isObject, type JsonObject } from './strict-json.js';

/** A sealed field as its leaf describes it. */
export interface SealedNote {
  readonly pointer: string;
  readonly kid: string;
  /** 12 bytes, in canonical base64. */
  readonly iv: string;
  readonly len: number;
  /** SHA-256 of ciphertext and tag, in canonical base64. */
  readonly digest: string;
}

/** One entry of the log, read only as far as it can be checked. */
export interface Envelope {
  readonly index: number;
  readonly id: string;
  readonly stream: string;
  readonly rev: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: { readonly role: string; readonly ref: string };
  readonly isImported: boolean;
  readonly command: string;
  readonly causes: readonly string[];
  readonly data: JsonObject;
  readonly sealed: readonly SealedNote[];
}

/** An event that another program put into the store: only its place is known. */
export interface ForeignEntry {
  readonly index: number;
  readonly foreign: true;
  readonly stream: string;
  readonly rev: number;
}

/** In the order of canonical JSON. */
const KEYS = [
  'about',
  'actor',
  'cause',
  'data',
  'id',
  'occurredAt',
  'recordedAt',
  'rev',
  'sealed',
  'stream',
  'type',
  'v',
];
const hasMembers = (leaf: JsonObject): boolean => {
  let next = 0;
  for (const key in leaf) {
    if (key !== KEYS[next]) return false;
    next += 1;
  }
  return next === KEYS.length;
};
const INSTANT = /^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isRevision = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Canonical base64 of 12 and of 32 bytes. Decoded only where it is needed: a million entries have millions of these. */
const TWELVE_BYTES = /^[A-Za-z0-9+/]{16}$/;
const HASH = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
export const isHashText = (value: unknown): value is string => isText(value) && HASH.test(value);

/** Where a JSON pointer leads; undefined when it leads nowhere. Data has no keys that would need escaping. */
export const at = (data: unknown, pointer: string): unknown => {
  let here = data;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
};

const readSealed = (sealed: JsonObject, data: JsonObject): SealedNote[] | string => {
  const notes: SealedNote[] = [];
  for (const [pointer, field] of Object.entries(sealed)) {
    if (!isObject(field) || field['alg'] !== 'A256GCM') return `the sealed field ${pointer} is not one we know`;
    const { kid, len, iv, h: digest } = field;
    if (
      !isText(kid) ||
      !isRevision(len) ||
      !isText(iv) ||
      !TWELVE_BYTES.test(iv) ||
      !isHashText(digest) ||
      !pointer.startsWith('/')
    )
      return `the sealed field ${pointer} is not described in full`;
    if (at(data, pointer) !== null) return `the sealed field ${pointer} also stands open in the entry`;
    notes.push({ pointer, kid, iv, len, digest });
  }
  return notes;
};

const readOwn = (index: number, leaf: JsonObject): Envelope | string => {
  if (!hasMembers(leaf)) return 'it does not have the members of an entry';
  const { id, stream, rev, type, occurredAt, recordedAt, actor, about, cause, data, sealed } = leaf;
  if (leaf['v'] !== 1) return 'it is of a version that this checker does not know';
  if (!isText(id) || !isText(stream) || !isText(type) || !isRevision(rev)) return 'it does not say where it stands';
  if (!isText(occurredAt) || !isText(recordedAt) || !INSTANT.test(occurredAt) || !INSTANT.test(recordedAt))
    return 'it has no proper dates';
  if (!isObject(actor) || !isText(actor['role']) || !isText(actor['ref'])) return 'it does not say who acted';
  if (!isObject(cause) || !isText(cause['command']) || !isTexts(cause['events'])) return 'it does not say what led to it'; // prettier-ignore
  if (!isObject(about) || !isObject(data) || !isObject(sealed)) return 'its content is not in its place';
  const notes = readSealed(sealed, data);
  if (isText(notes)) return notes;
  return {
    index,
    id,
    stream,
    rev,
    type,
    occurredAt,
    recordedAt,
    actor: { role: actor['role'], ref: actor['ref'] },
    isImported: about['import'] !== undefined,
    command: cause['command'],
    causes: cause['events'],
    data,
    sealed: notes,
  };
};

/** In any other form something could be said twice, and two readers would each believe another of the two. */
const isCanonical = (leaf: JsonObject, text: string): boolean => {
  try {
    return canonicalJson(leaf) === text;
  } catch {
    // Half characters, or a nesting deeper than the machine can follow.
    return false;
  }
};

/** @returns why it cannot be read, in words, when it cannot. Never throws. */
export const readEnvelope = (index: number, bytes: Uint8Array): Envelope | ForeignEntry | string => {
  let leaf: unknown;
  let text: string;
  try {
    text = readUtf8(bytes);
    leaf = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(leaf)) return 'it is not an object';
  if (!isCanonical(leaf, text)) return 'it is not written in the one form that an entry has';
  if (leaf['foreign'] !== true) return readOwn(index, leaf);
  const { stream, rev } = leaf;
  return isText(stream) && isRevision(rev) ? { index, foreign: true, stream, rev } : 'it does not say where it stands';
};

const kinds = new Map<string, string>();

/** `decision-made.v1` → `decision-made`, for rules that hold for every version. */
export const kindOf = (type: string): string => {
  const known = kinds.get(type);
  if (known !== undefined) return known;
  const kind = type.replace(/\.v\d+$/, '');
  // There are a few dozen types; more are made up by somebody who wants the memory.
  if (kinds.size < 1_000) kinds.set(type, kind);
  return kind;
};
