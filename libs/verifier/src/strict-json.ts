import { canonicalJson } from '#event-store/canonical-json';
import { readUtf8, utf8 } from '#transparency-log/bytes';
import { badBundle } from './bundle-files.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const jsonBytes = (value: unknown): Uint8Array => utf8(`${canonicalJson(value)}\n`);

const LONGEST = 64_000_000;

/** Any JSON. @throws VerificationError */
export const parseJson = (bytes: Uint8Array, what: string): unknown => {
  if (bytes.length > LONGEST) throw badBundle(`${what} is too long`);
  const text = readUtf8(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badBundle(`${what} is not JSON`);
  }
};

/** JSON in its one canonical form (RFC 8785) and a newline: nothing can be said twice or hidden. @throws VerificationError */
export const parseStrictJson = (bytes: Uint8Array, what: string): JsonObject => {
  const value = parseJson(bytes, what);
  if (!isObject(value)) throw badBundle(`${what} is not an object`);
  let written: string;
  try {
    written = canonicalJson(value);
  } catch {
    // Half characters, or a nesting deeper than the machine can follow.
    throw badBundle(`${what} cannot be written in canonical JSON`);
  }
  if (`${written}\n` !== readUtf8(bytes)) throw badBundle(`${what} is not canonical JSON`);
  return value;
};
