import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { writeKeyFile } from './key-files.js';

const TAG = 16;

/**
 * The key over all keys of one epoch, in a file of its own that is never in the same backup as the data. Losing it
 * erases everyone. AES-256-GCM with a fresh IV and a context (associated data), so that a wrapped value cannot be moved
 * to another row.
 */
export class EpochKey {
  private readonly wrapping: Buffer;

  private constructor(private readonly key: Buffer) {
    this.wrapping = this.derive('wrap');
  }

  static fresh(): EpochKey {
    return new EpochKey(randomBytes(32));
  }

  /** @throws Error when the key file is missing, readable by others, or not a key. */
  static at(path: string): EpochKey {
    if (!existsSync(path))
      throw new Error(
        `The master key ${path} is missing, but there is sealed data. Put the key back; without it nobody's words can be read.`,
      );
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw new Error(`The master key ${path} can be read by others on this machine. Run: chmod 600 ${path}`);
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
    if (key.length !== 32) throw new Error(`${path} does not hold a master key (32 bytes in base64).`);
    return new EpochKey(key);
  }

  /** Whole or not at all, and never in the place of another file. */
  writeTo(path: string): void {
    writeKeyFile(path, this.key);
  }

  /** A key for one purpose, so that no two purposes ever share one. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `throughline/${purpose}/v1`, 32));
  }

  wrap(value: Uint8Array, context: string): Uint8Array {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.wrapping, iv, { authTagLength: TAG });
    cipher.setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when the value was wrapped under another key or for another context. */
  unwrap(wrapped: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(wrapped);
    const decipher = createDecipheriv('aes-256-gcm', this.wrapping, bytes.subarray(0, 12), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(12, -TAG)), decipher.final()]);
  }
}

/** Which epochs there are, and the derived keys that outlive them: kept in the vault, told here so that it can be tested alone. */
export interface EpochBook {
  /** Counts up with every rotation. */
  epoch(): number;
  /** The key of the epoch that the vault is in now. @throws Error naming the file to put back. */
  load(): EpochKey;
  /** The one that is kept, else the one that `make` gives, kept from now on; it runs where no rotation can come in between. */
  derived(purpose: string, make: () => Uint8Array): Uint8Array;
}

/**
 * The master key as everybody uses it, whatever epoch the vault is in. Another process may rotate it while this one
 * runs: whoever wraps inside a write transaction always wraps under the epoch that the vault is in.
 */
export class MasterKey {
  private epoch: number;
  /** The newest first; those before it open what was read a moment before a rotation. */
  private keys: readonly EpochKey[];

  constructor(private readonly book: EpochBook) {
    this.epoch = book.epoch();
    this.keys = [book.load()];
  }

  /** A key for one purpose, so that no two purposes ever share one. It stays the same through every rotation. */
  derive(purpose: string): Buffer {
    const context = `derived ${purpose}`;
    const kept = this.book.derived(purpose, () => this.wrap(this.current().derive(purpose), context));
    return this.unwrap(kept, context);
  }

  wrap(value: Uint8Array, context: string): Uint8Array {
    return this.current().wrap(value, context);
  }

  /** @throws Error when the value was wrapped under another key or for another context. */
  unwrap(wrapped: Uint8Array, context: string): Buffer {
    this.current();
    let cause: unknown;
    for (const key of this.keys)
      try {
        return key.unwrap(wrapped, context);
      } catch (error) {
        cause = error;
      }
    throw new Error('This was wrapped under another master key, for something else, or was changed.', { cause });
  }

  private current(): EpochKey {
    const now = this.book.epoch();
    if (now !== this.epoch) {
      this.keys = [this.book.load(), ...this.keys.slice(0, 1)];
      this.epoch = now;
    }
    return this.keys[0] as EpochKey;
  }
}
