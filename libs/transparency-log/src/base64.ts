import { VerificationError } from './verification-error.js';

/** RFC 4648 §4, padded. Reading accepts the one way of writing some bytes and refuses every other. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter.charCodeAt(0), value]));

export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    text += b === undefined ? '=' : ALPHABET.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    text += c === undefined ? '=' : ALPHABET.charAt(c & 63);
  }
  return text;
};

/** @throws VerificationError for a missing or stray padding, a foreign letter, or bits that no byte would keep. */
export const fromBase64 = (text: string): Uint8Array => {
  const fail = (why: string): never => {
    throw new VerificationError('bad-base64', `not canonical base64: ${why}`);
  };
  if (text.length % 4 !== 0) fail('its length is not a multiple of four');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const letters = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let [bits, held, at] = [0, 0, 0];
  for (let letter = 0; letter < letters; letter += 1) {
    const value = VALUES.get(text.charCodeAt(letter)) ?? fail('a letter is not of its alphabet');
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    at += 1;
  }
  if ((bits & ((1 << held) - 1)) !== 0) fail('bits are left over');
  return bytes;
};
