import { pureSha256 } from '#transparency-log/pure-sha256';
import { VerificationError } from '#transparency-log/verification-error';
import { type GivenTrust, readTrust } from './trust.js';
import { headLines, isWrong, levelLines, type Verdict } from './verdict.js';
import { verifyBundle } from './verify-bundle.js';
import { isProofFile, verifyProof } from './verify-proof.js';
import { type ByteSource, openZip } from './zip-reader.js';

/** What the page calls: everything else of the page is showing it. */

export interface Shown {
  readonly verdict: Verdict;
  readonly isWrong: boolean;
  readonly head: readonly string[];
  /** Per level: its state and title, its sentence, its findings. */
  readonly levels: readonly { readonly state: string; readonly lines: readonly string[] }[];
}

/** A proof is read whole; nobody's is this large. */
const LARGEST_PROOF = 2_000_000;
const startOf = (file: ByteSource): Promise<Uint8Array> => file.read(0, Math.min(file.size, LARGEST_PROOF));

/** A bundle, or a single proof; `entry` is what the proof is for. @returns the verdict; or, as text, why the file or what was given with it cannot be read. */
export const judge = async (
  file: ByteSource,
  given: GivenTrust & { readonly entry?: Uint8Array | undefined },
  onProgress: (entries: number) => void,
): Promise<Shown | string> => {
  try {
    const trust = readTrust(given, pureSha256);
    const proof = file.size <= LARGEST_PROOF ? await startOf(file) : new Uint8Array();
    const verdict = isProofFile(proof)
      ? await verifyProof(proof, given.entry, trust)
      : await verifyBundle(await openZip(file), trust, { onProgress });
    const levels = verdict.levels.map((level) => ({ state: level.state, lines: levelLines(level) }));
    return { verdict, isWrong: isWrong(verdict), head: headLines(verdict), levels };
  } catch (error) {
    if (error instanceof VerificationError) return `This cannot be read: ${error.message}.`;
    throw error;
  }
};
