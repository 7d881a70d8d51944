import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notice } from './noticing.js';
import { notReadable, type Opened, Vault } from './vault.js';

const TAG = 16;

export interface OpenedFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * A photo, drawing or recording that stands for words: sealed with the person's key like the words would be, and gone
 * with it. The reference (type, key, IV, digest) goes into the event as a sealed text, so that the log shows not even
 * that two people sent the same picture.
 */
@Injectable()
export class SealedFiles {
  constructor(private readonly vault: Vault) {}

  /** Resolves with the reference when the file is durable. `stream` is the stream of the event that will name it. */
  async put(subject: string, stream: string, file: OpenedFile): Promise<string> {
    const kid = (await this.vault.keysFor([subject], stream)).get(subject)?.kid ?? '';
    const key = this.vault.keyToSealWith(kid);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
    cipher.setAAD(context(kid, file.type));
    const bytes = Buffer.concat([cipher.update(file.bytes), cipher.final(), cipher.getAuthTag()]);
    const digest = createHash('sha256').update(bytes).digest('base64');
    await this.vault.putCiphertexts([{ digest, bytes, kid }]);
    return [file.type, kid, iv.toString('base64'), digest].join(' ');
  }

  /** @throws Error when a byte was changed. */
  open(reference: string, evenRestricted = false): OpenedFile | Exclude<Opened, { state: 'readable' }> {
    const [type = '', kid = '', iv = '', digest = ''] = reference.split(' ');
    const state = this.vault.keyState(kid, evenRestricted);
    if (state && !('key' in state)) return notReadable(state);
    const bytes = this.vault.ciphertext(digest);
    if (!state || !bytes) return { state: 'lost' };
    notice({ kid, type: 'file', pointer: '' });
    const decipher = createDecipheriv('aes-256-gcm', state.key, Buffer.from(iv, 'base64'), { authTagLength: TAG });
    decipher.setAAD(context(kid, type));
    decipher.setAuthTag(bytes.subarray(-TAG));
    return { type, bytes: Buffer.concat([decipher.update(bytes.subarray(0, -TAG)), decipher.final()]) };
  }
}

const context = (kid: string, type: string): Buffer => Buffer.from(`throughline/file/v1\n${kid}\n${type}`);
