import { hash } from 'node:crypto';
import { HASH_BYTES, type Sha256 } from './sha256.js';

/**
 * OpenSSL's SHA-256, for the server and the command line. The only file of this lib that a browser cannot load.
 * Asked for as text with one character per byte: for what is as short as a node, Node takes twice as long to answer
 * with a buffer.
 */
const into = (bytes: Uint8Array, out: Uint8Array, at: number): void => {
  if (out !== last) [last, written] = [out, Buffer.from(out.buffer, out.byteOffset, out.length)];
  written.write(hash('sha256', bytes, 'latin1'), at, HASH_BYTES, 'latin1');
};
let last: Uint8Array = new Uint8Array();
let written: Buffer = Buffer.alloc(0);

export const nodeSha256: Sha256 = Object.assign(
  (bytes: Uint8Array): Uint8Array => {
    const digest = new Uint8Array(HASH_BYTES);
    into(bytes, digest, 0);
    return digest;
  },
  { into },
);
