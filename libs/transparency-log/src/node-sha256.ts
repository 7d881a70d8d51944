import { hash } from 'node:crypto';
import { HASH_BYTES, type Sha256 } from './sha256.js';

/**
 * OpenSSL's SHA-256, for the server and the command line. The only file of this lib that a browser cannot load.
 * Asked for as text with one character per byte: for what is as short as a node, Node takes twice as long to answer
 * with a buffer.
 */
export const nodeSha256: Sha256 = (bytes) => {
  const text = hash('sha256', bytes, 'latin1');
  const digest = new Uint8Array(HASH_BYTES);
  for (let at = 0; at < HASH_BYTES; at += 1) digest[at] = text.charCodeAt(at);
  return digest;
};
