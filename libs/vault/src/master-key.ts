import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const TAG = 16;

/**
 * The key over all keys, in a file of its own that is never in the same backup as the data. Losing it erases everyone.
 * AES-256-GCM with a fresh IV and a context (associated data), so that a wrapped value cannot be moved to another row.
 */
export class MasterKey {
  private constructor(private readonly key: Buffer) {}

  /**
   * Reads the key file, or makes it when `mayCreate` (a fresh data folder).
   * @throws Error when it is missing though there is data, readable by others, or not a key.
   */
  static at(path: string, mayCreate: boolean): MasterKey {
    if (!existsSync(path)) {
      if (!mayCreate)
        throw new Error(
          `The master key ${path} is missing, but there is sealed data. Put the key back; without it nobody's words can be read.`,
        );
      writeNew(path, randomBytes(32));
    }
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw new Error(`The master key ${path} can be read by others on this machine. Run: chmod 600 ${path}`);
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
    if (key.length !== 32) throw new Error(`${path} does not hold a master key (32 bytes in base64).`);
    return new MasterKey(key);
  }

  /** A key for one purpose, so that no two purposes ever share one. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `throughline/${purpose}/v1`, 32));
  }

  wrap(value: Uint8Array, context: string): Uint8Array {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.derive('wrap'), iv, { authTagLength: TAG });
    cipher.setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when the value was wrapped under another key or for another context. */
  unwrap(wrapped: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(wrapped);
    const decipher = createDecipheriv('aes-256-gcm', this.derive('wrap'), bytes.subarray(0, 12), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(12, -TAG)), decipher.final()]);
  }
}

/** Whole or not at all, and never in the place of another: two programs may start at once on a fresh folder. */
const writeNew = (path: string, key: Buffer): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, 'w', 0o600);
  writeSync(file, `${key.toString('base64')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(beside);
  }
  syncFolder(dirname(path));
};

/** The name must survive a power cut as well as the bytes; not every system lets a folder be flushed. */
const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
};
