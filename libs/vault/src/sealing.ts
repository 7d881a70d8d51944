import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { Json } from '#kernel/personal';
import type { SealedField } from '#event-store/leaf';
import type { FieldToSeal } from '#event-store/sealer';

const TAG = 16;
const SMALLEST = 32;

export interface Ciphertext {
  /** SHA-256 of `bytes`, base64: its name in the sealed store and in the leaf. */
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Whose key sealed it, so that it can be deleted when that key is destroyed. */
  readonly kid: string;
}

type Context = Pick<FieldToSeal, 'eventId' | 'type' | 'pointer' | 'kid'>;

/** Binds a ciphertext to its place: moved to another event, field, type or key it does not open. */
const associatedData = ({ eventId, type, pointer, kid }: Context): Buffer =>
  Buffer.from(`throughline/sealed/v1\n${eventId}\n${kid}\n${type}\n${pointer}`);

/**
 * AES-256-GCM with a 16-byte tag (NIST SP 800-38D). The IV follows from key, place and plaintext, so that a retried
 * command gives the same bytes and no IV is ever used for two texts.
 */
export const sealField = (key: Uint8Array, field: FieldToSeal): SealedField & { readonly ciphertext: Ciphertext } => {
  const context = associatedData(field);
  const plaintext = pad(Buffer.from(JSON.stringify(field.value), 'utf8'));
  const ivKey = createHmac('sha256', key).update('throughline/iv/v1').digest();
  const iv = createHmac('sha256', ivKey).update(context).update(plaintext).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
  cipher.setAAD(context);
  const bytes = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  const digest = createHash('sha256').update(bytes).digest('base64');
  return {
    alg: 'A256GCM',
    kid: field.kid,
    iv: iv.toString('base64'),
    len: plaintext.length,
    h: digest,
    ciphertext: { digest, bytes, kid: field.kid },
  };
};

/** @throws Error when a byte, the key or the place is not the one it was sealed with. */
export const openField = (key: Uint8Array, field: SealedField & Context, bytes: Uint8Array): Json => {
  if (bytes.length !== field.len + TAG) throw new Error('the ciphertext has the wrong length');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(field.iv, 'base64'), { authTagLength: TAG });
  decipher.setAAD(associatedData(field));
  decipher.setAuthTag(bytes.subarray(-TAG));
  const padded = Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]);
  return JSON.parse(padded.toString('utf8').trimEnd()) as Json;
};

/** Buckets that double, filled with spaces (which JSON ignores): the length of a sealed text tells little about it. */
const pad = (plaintext: Buffer): Buffer => {
  const size = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(plaintext.length)));
  return Buffer.concat([plaintext, Buffer.alloc(size - plaintext.length, ' ')]);
};
