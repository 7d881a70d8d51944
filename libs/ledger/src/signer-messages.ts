import { fromBase64, toBase64 } from '#transparency-log/base64';
import { requireHash } from '#transparency-log/sha256';
import { VerificationError } from '#transparency-log/verification-error';
import type { SignRequest } from './signer-words.js';

/** JSON between server and signer. Both are ours, and still nothing is taken that is not exactly as it should be. */

export const formatSignRequest = ({ size, root, from, proof, seen }: SignRequest): string =>
  JSON.stringify({ size, root: toBase64(root), from, proof: proof.map(toBase64), seen });

const MOST_HASHES = 64;
const MOST_NOTES = 300;

const refuse = (what: string): never => {
  throw new VerificationError('bad-request', `${what} is not as it should be`);
};
const count = (value: unknown, what: string): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(what);
const text = (value: unknown, what: string): string => (typeof value === 'string' ? value : refuse(what));
const list = (value: unknown, most: number, what: string): unknown[] =>
  Array.isArray(value) && value.length <= most ? value : refuse(what);
const hash = (value: unknown, what: string): Uint8Array => requireHash(fromBase64(text(value, what)), what);

/** @throws VerificationError for anything but a request. */
export const parseSignRequest = (body: string): SignRequest => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return refuse('the request');
  }
  if (typeof value !== 'object' || value === null) return refuse('the request');
  const { size, root, from, proof, seen } = value as Record<string, unknown>;
  return {
    size: count(size, 'the size') || refuse('the size'),
    root: hash(root, 'the root'),
    from: count(from, 'the old size'),
    proof: list(proof, MOST_HASHES, 'the proof').map((each) => hash(each, 'a hash of the proof')),
    seen: list(seen, MOST_NOTES, 'the notes').map((each) => text(each, 'a note')),
  };
};
