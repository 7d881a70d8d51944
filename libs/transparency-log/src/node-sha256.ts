import { hash } from 'node:crypto';
import type { Sha256 } from './sha256.js';

/** OpenSSL's SHA-256, for the server and the command line. The only file of this lib that a browser cannot load. */
export const nodeSha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');
