import { fromBase64, toBase64 } from './base64.js';
import { concat, toHex, utf8 } from './bytes.js';
import type { Sha256 } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** How a signature is made: Ed25519 over a note, or a witness's Ed25519 or ML-DSA-44 with the time. */
export const KEY_TYPES = { ed25519: 0x01, cosignature: 0x04, mlDsa44: 0x06 } as const;
export type KeyType = (typeof KEY_TYPES)[keyof typeof KEY_TYPES];
const KEY_BYTES: Readonly<Record<KeyType, number>> = { 0x01: 32, 0x04: 32, 0x06: 1312 };

/** Who may sign, as `signed-note` writes it in a vkey. */
export interface VerifierKey {
  readonly name: string;
  /** Eight lowercase hex digits: with the name, what a signature line is found by. */
  readonly id: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
}

/** Not empty, no Unicode space, no plus, nothing that a note could not hold. */
export const isKeyName = (name: string): boolean =>
  name !== '' && name.isWellFormed() && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);

export const requireKeyName = (name: string): string => {
  if (!isKeyName(name))
    throw new VerificationError('bad-key', 'the name of the key is empty or holds a space or a plus');
  return name;
};

/** SHA-256(name ‖ LF ‖ type ‖ public key), the first four bytes. */
export const keyId = (name: string, type: KeyType, publicKey: Uint8Array, sha256: Sha256): string =>
  toHex(sha256(concat(utf8(name), Uint8Array.of(0x0a, type), publicKey)).subarray(0, 4));

export const verifierKey = (name: string, type: KeyType, publicKey: Uint8Array, sha256: Sha256): VerifierKey => {
  requireKeyName(name);
  if (publicKey.length !== KEY_BYTES[type])
    throw new VerificationError('bad-key', `the key is ${publicKey.length} bytes, not ${KEY_BYTES[type]}`);
  return { name, id: keyId(name, type, publicKey, sha256), type, publicKey };
};

const isKeyType = (type: number | undefined): type is KeyType => type !== undefined && type in KEY_BYTES;

/** The three parts of a key's text. Only the first two pluses divide it; the base64 may hold more. */
export const keyParts = (text: string): { name: string; id: string; type: KeyType; material: Uint8Array } => {
  const [, name, id, base64] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined || base64 === undefined)
    throw new VerificationError('bad-key', 'a key is written NAME+ID+BASE64');
  const [type, ...material] = fromBase64(base64);
  if (!isKeyType(type))
    throw new VerificationError(
      'unsupported-key',
      type === undefined ? 'the key is empty' : `no support for keys of type ${type}`,
    );
  return { name: requireKeyName(name), id, type, material: Uint8Array.from(material) };
};

/** @throws VerificationError unless the key is written canonically and its id follows from its name and bytes. */
export const parseVerifierKey = (text: string, sha256: Sha256): VerifierKey => {
  const { name, id, type, material } = keyParts(text);
  const key = verifierKey(name, type, material, sha256);
  if (key.id !== id) throw new VerificationError('wrong-key-id', `the key says it is ${id}, but its id is ${key.id}`);
  return key;
};

export const formatVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;

/** One key is one (name, id). @throws VerificationError when two in the list could both claim a signature line. */
export const requireDistinct = (keys: readonly VerifierKey[]): void => {
  const seen = new Set<string>();
  for (const { name, id } of keys) {
    if (seen.has(`${id} ${name}`)) throw new VerificationError('ambiguous-key', `${name}+${id} is listed twice`);
    seen.add(`${id} ${name}`);
  }
};
