import { fromBase64 } from '#transparency-log/base64';
import { readUtf8 } from '#transparency-log/bytes';
import { VerificationError } from '#transparency-log/verification-error';
import { isObject, type JsonObject } from './strict-json.js';

/** A sealed field as its leaf describes it. */
export interface SealedNote {
  readonly pointer: string;
  readonly kid: string;
  readonly iv: Uint8Array;
  readonly len: number;
  /** SHA-256 of ciphertext and tag. */
  readonly digest: Uint8Array;
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

const KEYS = 'about,actor,cause,data,id,occurredAt,recordedAt,rev,sealed,stream,type,v';
const INSTANT = /^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isRevision = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const bytesOf = (value: unknown, length: number): Uint8Array | undefined => {
  if (!isText(value)) return undefined;
  try {
    const bytes = fromBase64(value);
    return bytes.length === length ? bytes : undefined;
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
};

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
    const { kid, len } = field;
    const [iv, digest] = [bytesOf(field['iv'], 12), bytesOf(field['h'], 32)];
    if (!isText(kid) || !isRevision(len) || !iv || !digest || !pointer.startsWith('/'))
      return `the sealed field ${pointer} is not described in full`;
    if (at(data, pointer) !== null) return `the sealed field ${pointer} also stands open in the entry`;
    notes.push({ pointer, kid, iv, len, digest });
  }
  return notes;
};

const readOwn = (index: number, leaf: JsonObject): Envelope | string => {
  if (Object.keys(leaf).sort().join() !== KEYS) return 'it does not have the members of an entry';
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

/** @returns why it cannot be read, in words, when it cannot. Never throws. */
export const readEnvelope = (index: number, bytes: Uint8Array): Envelope | ForeignEntry | string => {
  let leaf: unknown;
  try {
    leaf = JSON.parse(readUtf8(bytes));
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(leaf)) return 'it is not an object';
  if (leaf['foreign'] !== true) return readOwn(index, leaf);
  const { stream, rev } = leaf;
  return isText(stream) && isRevision(rev) ? { index, foreign: true, stream, rev } : 'it does not say where it stands';
};

/** `decision-made.v1` → `decision-made`, for rules that hold for every version. */
export const kindOf = (type: string): string => type.replace(/\.v\d+$/, '');
