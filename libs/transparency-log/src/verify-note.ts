import { utf8 } from './bytes.js';
import { cosignedMessage, parseCosignature } from './cosignature.js';
import { ED25519_BYTES, verifyWith } from './ed25519.js';
import { formatSignatureLine, type Note, type NoteSignature, parseNote } from './note.js';
import { KEY_TYPES, requireDistinct, type VerifierKey } from './key.js';
import { VerificationError } from './verification-error.js';

export interface VerifiedSignature extends NoteSignature {
  readonly key: VerifierKey;
  /** POSIX seconds, for cosignatures: the time this signature vouches for. */
  readonly timestamp: bigint | undefined;
}

export interface VerifiedNote {
  readonly text: string;
  /** One per known key, the first of each, in the order of the note. Never empty. */
  readonly verified: readonly VerifiedSignature[];
  /** Lines of known keys that this machine has no means to check: they count for nothing. */
  readonly unchecked: readonly NoteSignature[];
  /** Lines of keys nobody asked about, each different line once. They prove nothing. */
  readonly unverified: readonly NoteSignature[];
}

const checkSignature = async (text: string, key: VerifierKey, line: NoteSignature): Promise<VerifiedSignature> => {
  const bad = (why: string): VerificationError =>
    new VerificationError('bad-signature', `the signature of ${key.name}+${key.id} ${why}`);
  if (key.type === KEY_TYPES.ed25519) {
    if (line.signature.length !== ED25519_BYTES) throw bad('has the wrong length');
    if (!(await verifyWith('Ed25519', key.publicKey, line.signature, utf8(text)))) throw bad('is not good');
    return { ...line, key, timestamp: undefined };
  }
  const { algorithm, timestamp, signature } = parseCosignature(line.signature);
  if (algorithm !== (key.type === KEY_TYPES.mlDsa44 ? 'ML-DSA-44' : 'Ed25519')) throw bad('is of another kind');
  const message = cosignedMessage({ algorithm, timestamp }, text, key.name);
  if (!(await verifyWith(algorithm, key.publicKey, signature, message))) throw bad('is not good');
  return { ...line, key, timestamp };
};

/** Nothing where the machine has no such algorithm, as few have ML-DSA-44 yet. */
const checkIfAble = async (...what: Parameters<typeof checkSignature>): Promise<VerifiedSignature | undefined> => {
  try {
    return await checkSignature(...what);
  } catch (error) {
    if (error instanceof VerificationError && error.code === 'cannot-verify-here') return undefined;
    throw error;
  }
};

/**
 * The text may be used only with what comes out of here. Unknown keys are ignored; one bad line of a known key, and the
 * whole note is refused, even beside a good one of the same key.
 * @throws VerificationError also when no known key has signed.
 */
export const verifyNote = async (
  input: string | Uint8Array | Note,
  keys: readonly VerifierKey[],
): Promise<VerifiedNote> => {
  requireDistinct(keys);
  const note = typeof input === 'string' || input instanceof Uint8Array ? parseNote(input) : input;
  const verified = new Map<VerifierKey, VerifiedSignature>();
  const unverified: NoteSignature[] = [];
  const unchecked: NoteSignature[] = [];
  const seen = new Set<string>();
  for (const line of note.signatures) {
    const whole = formatSignatureLine(line);
    if (seen.has(whole)) continue;
    seen.add(whole);
    const key = keys.find(({ name, id }) => name === line.name && id === line.id);
    if (!key) {
      unverified.push(line);
      continue;
    }
    const checked = await checkIfAble(note.text, key, line);
    if (!checked) unchecked.push(line);
    else if (!verified.has(key)) verified.set(key, checked);
  }
  if (verified.size === 0 && unchecked.length > 0)
    throw new VerificationError('cannot-verify-here', 'this machine cannot check any signature of this note');
  if (verified.size === 0) throw new VerificationError('no-trusted-signature', 'no known key has signed this note');
  return { text: note.text, verified: [...verified.values()], unchecked, unverified };
};
