import { VerificationError } from './verification-error.js';

/**
 * SHA-256 in one go. It answers with a fresh array and keeps no hold of its input, which the caller may overwrite.
 * Handed in from outside, because Node's own is many times faster than what a saved page can bring along.
 */
export interface Sha256 {
  (bytes: Uint8Array): Uint8Array;
  /** The same, written into a place that is there already; left out where that saves nothing. */
  readonly into?: (bytes: Uint8Array, out: Uint8Array, at: number) => void;
}

export const HASH_BYTES = 32;

export const requireHash = (hash: Uint8Array, what: string): Uint8Array => {
  if (hash.length !== HASH_BYTES) throw new VerificationError('bad-hash', `${what} is ${hash.length} bytes, not 32`);
  return hash;
};
