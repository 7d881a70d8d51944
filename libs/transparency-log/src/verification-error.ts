/** Why something was not believed. Wording for people hangs on these codes, so they never change their meaning. */
export type VerificationCode =
  | 'bad-base64'
  | 'bad-number'
  | 'bad-text'
  | 'too-long'
  | 'bad-hash'
  | 'bad-index'
  | 'bad-proof'
  | 'wrong-root'
  | 'bad-key'
  | 'unsupported-key'
  | 'wrong-key-id'
  | 'ambiguous-key'
  | 'bad-note'
  | 'too-many-signatures'
  | 'bad-signature'
  | 'no-trusted-signature'
  | 'cannot-verify-here'
  | 'bad-checkpoint'
  | 'wrong-origin'
  | 'bad-tile-path'
  | 'bad-tile'
  | 'bad-bundle'
  | 'bad-cosignature'
  | 'bad-proof-file'
  | 'bad-policy'
  | 'no-log-key'
  | 'no-quorum'
  | 'bad-request'
  | 'bad-response';

/** The only error that anything in this lib throws about what it was given to read or to check. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';

  constructor(
    readonly code: VerificationCode,
    message: string,
  ) {
    super(message);
  }
}
