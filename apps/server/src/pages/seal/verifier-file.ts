import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Made by `npm run build`; undefined where nothing was built. */
const FILE = fileURLToPath(new URL('../../../../../verifier.html', import.meta.url));

export interface VerifierFile {
  readonly page: Buffer;
  /** SHA-256 in hex, to be compared with the one that was published elsewhere. */
  readonly fingerprint: string;
}

/** The fingerprint is computed from the very bytes that are handed out, so that the two cannot come apart. */
export const verifierFile = (path = FILE): VerifierFile | undefined => {
  if (!existsSync(path)) return undefined;
  const page = readFileSync(path);
  return { page, fingerprint: createHash('sha256').update(page).digest('hex') };
};
