import { pureSha256 } from '#transparency-log/pure-sha256';
import { VerificationError } from '#transparency-log/verification-error';
import { type GivenTrust, readTrust } from './trust.js';
import { headLines, isWrong, levelLines, type Verdict } from './verdict.js';
import { verifyBundle } from './verify-bundle.js';
import { type ByteSource, openZip } from './zip-reader.js';

/** What the page calls: everything else of the page is showing it. */

export interface Shown {
  readonly verdict: Verdict;
  readonly isWrong: boolean;
  readonly head: readonly string[];
  /** Per level: its state and title, its sentence, its findings. */
  readonly levels: readonly { readonly state: string; readonly lines: readonly string[] }[];
}

/** @returns the verdict; or, as text, why the file or what was given with it cannot be read. */
export const judge = async (
  file: ByteSource,
  given: GivenTrust,
  onProgress: (entries: number) => void,
): Promise<Shown | string> => {
  try {
    const trust = readTrust(given, pureSha256);
    const verdict = await verifyBundle(await openZip(file), trust, { onProgress });
    const levels = verdict.levels.map((level) => ({ state: level.state, lines: levelLines(level) }));
    return { verdict, isWrong: isWrong(verdict), head: headLines(verdict), levels };
  } catch (error) {
    if (error instanceof VerificationError) return `This cannot be read: ${error.message}.`;
    throw error;
  }
};
