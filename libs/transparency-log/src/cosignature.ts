import { concat, readUint64, uint64Bytes, utf8 } from './bytes.js';
import { parseCheckpointText } from './checkpoint.js';
import { type Count, toCount } from './count.js';
import { ED25519_BYTES } from './ed25519.js';
import { KEY_TYPES } from './key.js';
import type { NoteSignature } from './note.js';
import type { NoteSigner } from './signing-key.js';
import { VerificationError } from './verification-error.js';

/** C2SP tlog-cosignature: "as of this time, this is the largest consistent tree I have seen of this log". */

export interface Cosignature {
  readonly algorithm: 'Ed25519' | 'ML-DSA-44';
  /** POSIX seconds. Zero, which only ML-DSA-44 may say, makes no claim about the time. */
  readonly timestamp: bigint;
  readonly signature: Uint8Array;
}

const TIME_BYTES = 8;
const ML_DSA_BYTES = 2420;
const MAX_TIME = 2n ** 63n - 1n;

const refuse = (why: string): never => {
  throw new VerificationError('bad-cosignature', why);
};

const requireTime = (timestamp: bigint): bigint =>
  timestamp <= MAX_TIME ? timestamp : refuse('the time of the cosignature is beyond 2^63 - 1');

/** The two kinds differ in length, so that lines of unknown witnesses can be read too. @throws VerificationError. */
export const parseCosignature = (field: Uint8Array): Cosignature => {
  const algorithm =
    field.length === TIME_BYTES + ED25519_BYTES
      ? 'Ed25519'
      : field.length === TIME_BYTES + ML_DSA_BYTES
        ? 'ML-DSA-44'
        : refuse(`${field.length} bytes are not a cosignature`);
  return { algorithm, timestamp: requireTime(readUint64(field)), signature: field.slice(TIME_BYTES) };
};

/** What an Ed25519 witness signs: the time, and the whole text of the checkpoint. */
const ed25519Message = (timestamp: bigint, text: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);

const shortText = (text: string, what: string): Uint8Array => {
  const bytes = utf8(text);
  if (bytes.length === 0 || bytes.length > 255) refuse(`${what} does not fit into 255 bytes`);
  return concat(Uint8Array.of(bytes.length), bytes);
};

/** What an ML-DSA-44 witness signs: `cosigned_message`, from the first leaf to the last. */
const mlDsaMessage = (timestamp: bigint, text: string, cosigner: string): Uint8Array => {
  const { origin, size, root } = parseCheckpointText(text);
  return concat(
    utf8('subtree/v1\n\0'),
    shortText(cosigner, 'the name of the witness'),
    uint64Bytes(timestamp),
    shortText(origin, 'the origin of the log'),
    uint64Bytes(0n),
    uint64Bytes(size),
    root,
  );
};

/** The bytes a cosignature is over. `text` must be that of a checkpoint: nothing else may be cosigned. */
export const cosignedMessage = (
  { algorithm, timestamp }: Pick<Cosignature, 'algorithm' | 'timestamp'>,
  text: string,
  cosigner: string,
): Uint8Array => {
  parseCheckpointText(text);
  return algorithm === 'Ed25519' ? ed25519Message(timestamp, text) : mlDsaMessage(timestamp, text, cosigner);
};

/** A witness's signature line on the text of a checkpoint, at `seconds` since 1970. */
export const cosign = async (text: string, signer: NoteSigner, seconds: Count): Promise<NoteSignature> => {
  if (signer.key.type !== KEY_TYPES.cosignature)
    throw new VerificationError('unsupported-key', 'only a cosigning Ed25519 key (type 4) cosigns');
  const timestamp = requireTime(toCount(seconds, 'the time'));
  if (timestamp === 0n) refuse('a witness always says when');
  const message = cosignedMessage({ algorithm: 'Ed25519', timestamp }, text, signer.key.name);
  const signature = concat(uint64Bytes(timestamp), await signer.sign(message));
  return { name: signer.key.name, id: signer.key.id, signature };
};
