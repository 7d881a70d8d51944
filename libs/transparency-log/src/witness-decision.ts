import { sameBytes } from './bytes.js';
import type { Checkpoint } from './checkpoint.js';
import type { VerifierKey } from './key.js';
import type { Note } from './note.js';
import type { TreeHasher } from './tree-hasher.js';
import { VerificationError, type VerificationCode } from './verification-error.js';
import { verifyNote } from './verify-note.js';
import { verifyConsistency } from './verify-tree.js';
import { type AddCheckpoint, formatSizeBody, parseAddCheckpoint, SIZE_CONTENT_TYPE } from './witness-messages.js';

/** A witness's mind, without its memory: the checks of C2SP tlog-witness, in their order. */

export interface WitnessRefusal {
  readonly isRefused: true;
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly why:
    | 'malformed'
    | 'unknown-log'
    | 'not-signed'
    | 'old-beyond-new'
    | 'not-my-last'
    | 'wrong-empty-root'
    | 'proof-from-nothing'
    | 'not-consistent'
    | 'two-roots';
  readonly body: string;
  readonly contentType: string;
}

/** A request that a log has really signed, to be held against what the witness remembers. */
export interface SignedSubmission extends AddCheckpoint {
  readonly isRefused: false;
  /** The checkpoint with the log's own signatures that were checked, and no others: what to keep and show. */
  readonly logSigned: Note;
}

/** What a witness remembers of a log: the last checkpoint it cosigned. */
export interface LastCosigned {
  readonly size: bigint;
  readonly root: Uint8Array;
}

/** To be stored in place of what was remembered, in the same transaction that read it, and only then cosigned. */
export interface WitnessAcceptance {
  readonly isRefused: false;
  readonly replaces: bigint;
  readonly checkpoint: Checkpoint;
  readonly logSigned: Note;
}

const refusal = (status: WitnessRefusal['status'], why: WitnessRefusal['why'], body: string): WitnessRefusal => ({
  isRefused: true,
  status,
  why,
  body: `${body}\n`,
  contentType: 'text/plain; charset=utf-8',
});

/** A signature that this machine has no means to check (few have ML-DSA-44) is none that it may believe. */
const NOT_SIGNED: readonly VerificationCode[] = ['no-trusted-signature', 'bad-signature', 'bad-cosignature', 'cannot-verify-here']; // prettier-ignore

/** Reads a request with no need for a memory: 400, 404 and 403. `keysOf` knows nothing of logs that are not ours to watch. */
export const readSubmission = async (
  body: string | Uint8Array,
  keysOf: (origin: string) => readonly VerifierKey[] | undefined,
): Promise<SignedSubmission | WitnessRefusal> => {
  let request: AddCheckpoint;
  try {
    request = parseAddCheckpoint(body);
  } catch (error) {
    if (error instanceof VerificationError) return refusal(400, 'malformed', error.message);
    throw error;
  }
  if (request.checkpoint.extensions.length > 0)
    return refusal(400, 'malformed', 'the checkpoint has extension lines, which this witness does not cosign');
  const keys = keysOf(request.checkpoint.origin);
  if (!keys) return refusal(404, 'unknown-log', 'this witness does not know the log');
  try {
    const { text, verified } = await verifyNote(request.note, keys);
    const signatures = verified.map(({ name, id, signature }) => ({ name, id, signature }));
    return { isRefused: false, ...request, logSigned: { text, signatures } };
  } catch (error) {
    if (error instanceof VerificationError && NOT_SIGNED.includes(error.code))
      return refusal(403, 'not-signed', error.message);
    throw error;
  }
};

/**
 * 400, 409, 422, or yes. Pure and at once, so that it runs inside the transaction that reads `last` and stores the
 * answer: two requests that race can then never roll the witness back.
 */
export const decideSubmission = (
  hasher: TreeHasher,
  submission: SignedSubmission,
  last: LastCosigned | undefined,
): WitnessAcceptance | WitnessRefusal => {
  const { oldSize, proof, checkpoint, logSigned } = submission;
  const known = last ?? { size: 0n, root: hasher.empty };
  if (oldSize > checkpoint.size) return refusal(400, 'old-beyond-new', 'the old size is larger than the checkpoint');
  if (oldSize !== known.size)
    return { ...refusal(409, 'not-my-last', ''), body: formatSizeBody(known.size), contentType: SIZE_CONTENT_TYPE };
  if (checkpoint.size === 0n && !sameBytes(checkpoint.root, hasher.empty))
    return refusal(422, 'wrong-empty-root', 'a log without entries has another root');
  if (oldSize === 0n && proof.length > 0)
    return refusal(422, 'proof-from-nothing', 'nothing is proven from an empty log');
  if (oldSize === checkpoint.size && proof.length === 0 && !sameBytes(known.root, checkpoint.root))
    return refusal(422, 'two-roots', 'this witness has cosigned another root at this size');
  if (oldSize > 0n) {
    const { size, root } = checkpoint;
    try {
      verifyConsistency(hasher, { oldSize, oldRoot: known.root, size, root, path: proof });
    } catch (error) {
      if (error instanceof VerificationError) return refusal(422, 'not-consistent', error.message);
      throw error;
    }
  }
  return { isRefused: false, replaces: oldSize, checkpoint, logSigned };
};

/**
 * Whether a log has signed two roots for one size, whatever was answered: both notes together are proof of it for
 * anyone, and are to be kept and shown.
 */
export const isFork = ({ checkpoint }: SignedSubmission, last: LastCosigned | undefined): boolean =>
  last !== undefined && checkpoint.size === last.size && !sameBytes(checkpoint.root, last.root);
