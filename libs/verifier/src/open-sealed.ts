import { fromBase64, toBase64 } from '#transparency-log/base64';
import { concat, readUtf8, utf8 } from '#transparency-log/bytes';
import type { Sha256 } from '#transparency-log/sha256';
import type { Envelope, SealedNote } from './envelope.js';

/** AES-256-GCM as libs/vault seals with it, opened by WebCrypto: the same in a browser and on the command line. */

const TAG = 16;
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** Binds the id of a key to the key, because a ciphertext alone can be made to open under two. */
export const commitmentOf = (sha256: Sha256, kid: string, key: Uint8Array): string =>
  toBase64(sha256(concat(utf8(`throughline/kc/v1\n${kid}\n`), key)));

export const importSealingKey = (key: Uint8Array): Promise<CryptoKey> =>
  globalThis.crypto.subtle.importKey('raw', own(key), 'AES-GCM', false, ['decrypt']);

/** The words, or undefined when a byte, the key or the place is not the one it was sealed with. */
export const openSealed = async (
  key: CryptoKey,
  entry: Pick<Envelope, 'id' | 'type'>,
  field: SealedNote,
  ciphertext: Uint8Array,
): Promise<{ readonly value: unknown } | undefined> => {
  if (ciphertext.length !== field.len + TAG) return undefined;
  const additionalData = own(utf8(`throughline/sealed/v1\n${entry.id}\n${field.kid}\n${entry.type}\n${field.pointer}`));
  try {
    const plain = await globalThis.crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: own(fromBase64(field.iv)), additionalData, tagLength: 8 * TAG },
      key,
      own(ciphertext),
    );
    return { value: JSON.parse(readUtf8(new Uint8Array(plain)).trimEnd()) as unknown };
  } catch {
    return undefined;
  }
};
