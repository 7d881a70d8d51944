import { concat } from './bytes.js';
import { toBase64 } from './base64.js';
import { ed25519FromSeed } from './ed25519.js';
import { KEY_TYPES, keyParts, type VerifierKey, verifierKey } from './key.js';
import type { Sha256 } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** Something that signs for a key: the key may live elsewhere, in another process or in a device. */
export interface NoteSigner {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

type SigningType = typeof KEY_TYPES.ed25519 | typeof KEY_TYPES.cosignature;

export const signerFromSeed = async (
  name: string,
  type: SigningType,
  seed: Uint8Array,
  sha256: Sha256,
): Promise<NoteSigner> => {
  const pair = await ed25519FromSeed(seed);
  return { key: verifierKey(name, type, pair.publicKey, sha256), sign: (message) => pair.sign(message) };
};

const PREFIX = 'PRIVATE+KEY+';

/** @throws VerificationError unless the text is `PRIVATE+KEY+NAME+ID+BASE64` and the id follows from the seed. */
export const parseSigningKey = async (text: string, sha256: Sha256): Promise<NoteSigner> => {
  if (!text.startsWith(PREFIX)) throw new VerificationError('bad-key', 'a signing key begins with PRIVATE+KEY+');
  const { name, id, type, material } = keyParts(text.slice(PREFIX.length));
  if (type === KEY_TYPES.mlDsa44)
    throw new VerificationError('unsupported-key', 'no support for signing with ML-DSA-44');
  const signer = await signerFromSeed(name, type, material, sha256);
  if (signer.key.id !== id) throw new VerificationError('wrong-key-id', `the key's id is ${signer.key.id}, not ${id}`);
  return signer;
};

export const formatSigningKey = ({ name, id, type }: VerifierKey, seed: Uint8Array): string =>
  `${PREFIX}${name}+${id}+${toBase64(concat(Uint8Array.of(type), seed))}`;
