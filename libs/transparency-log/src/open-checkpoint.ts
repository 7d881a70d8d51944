import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import type { VerifierKey } from './key.js';
import { VerificationError } from './verification-error.js';
import { type VerifiedNote, type VerifiedSignature, verifyNote } from './verify-note.js';

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly text: string;
  /** Signatures of the log itself: at least one. */
  readonly signedBy: readonly VerifiedSignature[];
  /** Signatures of the witnesses that were asked about. */
  readonly cosignedBy: readonly VerifiedSignature[];
  readonly unverified: VerifiedNote['unverified'];
}

/**
 * A checkpoint that one of the log's keys has signed. The key's name must be the origin, so that one log's key cannot
 * speak for another log.
 */
export const openCheckpoint = async (
  input: string | Uint8Array,
  keys: { readonly log: readonly VerifierKey[]; readonly witnesses: readonly VerifierKey[] },
): Promise<OpenedCheckpoint> => {
  const { note, checkpoint } = parseCheckpoint(input);
  const { verified, unverified } = await verifyNote(note, [...keys.log, ...keys.witnesses]);
  const byLog = verified.filter(({ key }) => keys.log.includes(key));
  const signedBy = byLog.filter(({ name }) => name === checkpoint.origin);
  if (signedBy.length === 0)
    throw byLog.length > 0
      ? new VerificationError('wrong-origin', `${byLog[0]?.name ?? ''} has signed for ${checkpoint.origin}`)
      : new VerificationError('no-trusted-signature', 'no known key of the log has signed this checkpoint');
  const cosignedBy = verified.filter(({ key }) => keys.witnesses.includes(key));
  return { checkpoint, text: note.text, signedBy, cosignedBy, unverified };
};
