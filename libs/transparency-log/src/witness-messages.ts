import { textOf, toHex, utf8 } from './bytes.js';
import { type CheckpointNote, parseCheckpoint } from './checkpoint.js';
import { type Count, parseCount, toCount } from './count.js';
import type { VerifierKey } from './key.js';
import { formatSignatureLine, type NoteSignature, parseSignatureLines } from './note.js';
import { afterKeyword, formatHashLines, parseHashLines, splitPreamble } from './note-preamble.js';
import type { Sha256 } from './sha256.js';
import { VerificationError } from './verification-error.js';
import { type VerifiedSignature, verifyNote } from './verify-note.js';

/** What a log and a witness say to each other (C2SP tlog-witness). */

export interface AddCheckpoint extends CheckpointNote {
  /** The size the sender believes the witness has cosigned last; 0 for never. */
  readonly oldSize: bigint;
  readonly proof: readonly Uint8Array[];
}

export const MAX_PROOF_LINES = 63;
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

/** @throws VerificationError for anything but a request, byte for byte. */
export const parseAddCheckpoint = (input: string | Uint8Array): AddCheckpoint => {
  const { lines, note } = splitPreamble(input, 'the request');
  const old = afterKeyword(lines.shift(), 'old');
  if (old === undefined) throw new VerificationError('bad-request', 'the request does not begin with the old size');
  if (lines.length > MAX_PROOF_LINES)
    throw new VerificationError('bad-request', `the request has more than ${MAX_PROOF_LINES} lines of proof`);
  return { oldSize: parseCount(old, 'the old size'), proof: parseHashLines(lines), ...parseCheckpoint(note) };
};

/** @throws VerificationError for what a witness could not read. */
export const formatAddCheckpoint = (request: {
  readonly oldSize: Count;
  readonly proof: readonly Uint8Array[];
  readonly note: string;
}): string => {
  const { oldSize, proof, note } = request;
  const text = `old ${toCount(oldSize, 'the old size')}\n${formatHashLines(proof)}\n${note}`;
  parseAddCheckpoint(text);
  return text;
};

/** The body of a 200. */
export const formatCosignatures = (lines: readonly NoteSignature[]): string => lines.map(formatSignatureLine).join('');

/**
 * The lines of a 200 that the known keys of the witness have made for this text; others are passed over.
 * @throws VerificationError when there is none, or one that is bad or does not say when.
 */
export const readCosignatures = async (
  body: string | Uint8Array,
  text: string,
  witnessKeys: readonly VerifierKey[],
): Promise<readonly VerifiedSignature[]> => {
  const { verified } = await verifyNote({ text, signatures: parseSignatureLines(body) }, witnessKeys);
  if (verified.some(({ timestamp }) => timestamp === undefined || timestamp === 0n))
    throw new VerificationError('bad-response', 'the witness does not say when it cosigned');
  return verified;
};

/** The body of a 409: the size the witness has cosigned last. */
export const formatSizeBody = (size: Count): string => `${toCount(size, 'the size')}\n`;

export const parseSizeBody = (body: string | Uint8Array): bigint => {
  const text = textOf(body, 100, 'the answer of the witness');
  if (!text.endsWith('\n')) throw new VerificationError('bad-response', 'the answer of the witness is cut short');
  return parseCount(text.slice(0, -1), 'the size');
};

/** Where, under its monitoring address, a witness shows the latest checkpoint of a log. */
export const monitorPath = (origin: string, sha256: Sha256): string => `${toHex(sha256(utf8(origin)))}/checkpoint`;
