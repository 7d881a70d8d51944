/** What server and signer say to each other, and how a refusal reads to the person who has to act. */

export interface SignRequest {
  readonly size: number;
  readonly root: Uint8Array;
  /** The size that the proof begins at: what the sender believes was signed last. */
  readonly from: number;
  readonly proof: readonly Uint8Array[];
  /** Checkpoints seen elsewhere, as they are: the server's own last one, and what witnesses show. */
  readonly seen: readonly string[];
}

export interface SignerLog {
  readonly origin: string;
  readonly vkey: string;
  /** Of the last signed tree; 0 for none. */
  readonly size: number;
  /** The last checkpoint of the log that was closed for this one. */
  readonly predecessor?: string;
}

export interface SignerRefusal {
  readonly refused: true;
  /** `not-my-last` is no fault: send a proof from `size` on. The others need a person. */
  readonly code: 'not-my-last' | 'rollback' | 'fork' | 'two-notes';
  /** Of the last signed tree. */
  readonly size: number;
  readonly message: string;
}

/** Something is wrong that no retry mends; the message says what a person can do. */
export class SignerRefused extends Error {
  constructor(
    readonly code: SignerRefusal['code'] | 'other-log',
    message: string,
  ) {
    super(message);
    this.name = 'SignerRefused';
  }
}

const NEW_ORIGIN =
  'If they are lost for good, open a new log under a new name: throughline signer new-origin. The old log stays as proof of what was there.';

export const wordsOf = (code: SignerRefusal['code'], size: number, last: number): string => {
  if (code === 'not-my-last') return `The signer has signed ${last} entries. Prove that they are still there.`;
  if (code === 'rollback')
    return `The signer has signed ${last} entries, but the record holds only ${size}. It was put back to an older copy, or its end was cut off. Nothing was signed. Put the missing entries ${size} to ${last - 1} back, from a newer backup, a copy or an export; then signing goes on by itself. ${NEW_ORIGIN}`;
  if (code === 'fork')
    return `The first ${last} entries of the record are not the ones that were signed. Something was changed, or another record stands in the place of this one. Nothing was signed. Run throughline fsck to find the first entry that differs, and put back what was there. ${NEW_ORIGIN}`;
  return `There is a signed checkpoint of ${last} entries that the signer does not know, and it contradicts what it signed. Someone else has used its key. Nothing was signed. Tell everyone who relies on this record, and open a new log: throughline signer new-origin.`;
};
