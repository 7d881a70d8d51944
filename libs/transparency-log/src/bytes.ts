import { VerificationError } from './verification-error.js';

const encoder = new TextEncoder();
/** A byte order mark is kept, so that decoding and encoding again gives the same bytes. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws VerificationError for half characters, which have no bytes in UTF-8. */
export const utf8 = (text: string): Uint8Array => {
  if (!text.isWellFormed()) throw new VerificationError('bad-text', 'the text holds half a character');
  return encoder.encode(text);
};

/** @throws VerificationError for anything that is not UTF-8; nothing is repaired. */
export const readUtf8 = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new VerificationError('bad-text', 'the bytes are not UTF-8');
  }
};

/** What is handed over as text or as bytes, as text that has exactly one form in bytes. */
export const textOf = (input: string | Uint8Array, limit: number, what: string): string => {
  if (input.length > limit) throw new VerificationError('too-long', `${what} is longer than ${limit} bytes`);
  if (typeof input !== 'string') return readUtf8(input);
  if (utf8(input).length > limit) throw new VerificationError('too-long', `${what} is longer than ${limit} bytes`);
  return input;
};

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Nothing here is secret, so it may stop at the first difference. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
};

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const uint64Bytes = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
};

export const readUint64 = (bytes: Uint8Array): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0);
