import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Made by `npm run build`; undefined where nothing was built. */
const FILE = fileURLToPath(new URL('../../../../../verifier.html', import.meta.url));

export interface VerifierFile {
  readonly page: Buffer;
  /** SHA-256 in hex, to be compared with the one that was published elsewhere. */
  readonly fingerprint: string;
}

export const verifierFile = (path = FILE): VerifierFile | undefined =>
  existsSync(path)
    ? { page: readFileSync(path), fingerprint: readFileSync(`${path}.sha256`, 'utf8').split(' ')[0] ?? '' }
    : undefined;
