import type { About, Actor, Cause } from '#kernel/event';
import { canonicalJson } from './canonical-json.js';

/**
 * What is stored for ever, as canonical JSON, byte for byte. Personal words are not in it: `sealed` says, per field,
 * how to find and open the ciphertext, which can be deleted without touching a byte of the log.
 */
export interface Leaf {
  readonly v: 1;
  readonly id: string;
  readonly stream: string;
  readonly rev: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly about: About;
  readonly cause: Cause;
  readonly data: object;
  readonly sealed: Readonly<Record<string, SealedField>>;
}

export interface SealedField {
  readonly alg: 'A256GCM';
  readonly kid: string;
  /** 12 bytes, base64. */
  readonly iv: string;
  /** Bytes of the padded plaintext. */
  readonly len: number;
  /** SHA-256 of ciphertext and tag, base64: the key in the sealed store. */
  readonly h: string;
}

export const encodeLeaf = (leaf: Leaf): Uint8Array => Buffer.from(canonicalJson(leaf), 'utf8');

export const decodeLeaf = (bytes: Uint8Array): Leaf => JSON.parse(Buffer.from(bytes).toString('utf8')) as Leaf;

/** Where a sealed text is, in one line: what read models keep in the place of the words. */
export const sealedRefOf = (leaf: Pick<Leaf, 'id' | 'type'>, pointer: string, field: SealedField): string =>
  [leaf.id, leaf.type, pointer, field.kid, field.iv, field.len, field.h].join(' ');

export interface SealedRef extends SealedField {
  readonly eventId: string;
  readonly type: string;
  readonly pointer: string;
}

export const parseSealedRef = (ref: string): SealedRef => {
  const [eventId = '', type = '', pointer = '', kid = '', iv = '', len = '', h = ''] = ref.split(' ');
  return { eventId, type, pointer, alg: 'A256GCM', kid, iv, len: Number(len), h };
};
