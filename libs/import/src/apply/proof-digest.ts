import { createHash } from 'node:crypto';

/** SHA-256, hex, of what the source says of a proof: the proof itself is not in the file. */
export const proofDigest = (title: string, url: string | null): string =>
  createHash('sha256')
    .update(`${title}\n${url ?? ''}`)
    .digest('hex');
