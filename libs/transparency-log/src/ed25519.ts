import { fromBase64 } from './base64.js';
import { concat } from './bytes.js';
import { VerificationError } from './verification-error.js';

/** WebCrypto only: verifiers disagree about crafted signatures, so the command line and the browser ask the same one. */

// The bytes that stand before a bare seed in PKCS #8 (RFC 8410 §7).
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);
export const SEED_BYTES = 32;
export const ED25519_BYTES = 64;

/** WebCrypto takes no memory that may be shared with another thread. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const subtle = (): SubtleCrypto => {
  // A page that was not loaded over https or from a file has no WebCrypto, whatever the types say.
  const crypto = globalThis.crypto as Crypto | undefined;
  if (!crypto?.subtle)
    throw new VerificationError('cannot-verify-here', 'this browser offers no signature checks here');
  return crypto.subtle;
};

const isUnsupported = (error: unknown): boolean => error instanceof Error && error.name === 'NotSupportedError';

/**
 * Whether the signature is good. @throws VerificationError where the machine cannot tell: "cannot say" is never "bad".
 * `format` is how WebCrypto wants the bare public key of this algorithm.
 */
export const verifyWith = async (
  algorithm: 'Ed25519' | 'ML-DSA-44',
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> => {
  const format = (algorithm === 'Ed25519' ? 'raw' : 'raw-public') as 'raw';
  try {
    const key = await subtle().importKey(format, own(publicKey), { name: algorithm }, false, ['verify']);
    return await subtle().verify({ name: algorithm }, key, own(signature), own(message));
  } catch (error) {
    if (error instanceof VerificationError) throw error;
    if (isUnsupported(error) || error instanceof TypeError)
      throw new VerificationError('cannot-verify-here', `this machine cannot check ${algorithm} signatures`);
    return false;
  }
};

export interface Ed25519Pair {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** @throws VerificationError for a seed that is not 32 bytes. */
export const ed25519FromSeed = async (seed: Uint8Array): Promise<Ed25519Pair> => {
  if (seed.length !== SEED_BYTES) throw new VerificationError('bad-key', `the seed is ${seed.length} bytes, not 32`);
  const key = await subtle().importKey('pkcs8', own(concat(PKCS8, seed)), { name: 'Ed25519' }, true, ['sign']);
  const { x = '' } = await subtle().exportKey('jwk', key);
  const publicKey = fromBase64(`${x.replaceAll('-', '+').replaceAll('_', '/')}=`);
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await subtle().sign({ name: 'Ed25519' }, key, own(message))),
  };
};
