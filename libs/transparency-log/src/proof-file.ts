import { fromBase64, toBase64 } from './base64.js';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { type Count, parseCount, toCount } from './count.js';
import { afterKeyword, formatHashLines, parseHashLines, splitPreamble } from './note-preamble.js';
import { VerificationError } from './verification-error.js';

/** C2SP tlog-proof: what one person keeps to show, without us, that an event is in the record. */
export interface ProofFile {
  /** Vouched for by nobody. */
  readonly extra: Uint8Array | undefined;
  readonly index: bigint;
  /** Leaf to root. */
  readonly path: readonly Uint8Array[];
  /** The checkpoint with its signatures, as it was. */
  readonly note: string;
  /** What the note says; no signature has been checked yet. */
  readonly checkpoint: Checkpoint;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^64 - 1 leaves is 64 levels high. */
const MAX_HASHES = 64;

const refuse = (why: string): never => {
  throw new VerificationError('bad-proof-file', why);
};

/** @throws VerificationError for anything but a proof file, byte for byte. */
export const parseProofFile = (input: string | Uint8Array): ProofFile => {
  const { lines, note } = splitPreamble(input, 'the proof');
  if (lines.shift() !== HEADER) refuse('this is not a tlog-proof of version 1');
  const extra = afterKeyword(lines[0], 'extra');
  if (extra !== undefined) lines.shift();
  if (extra === '') refuse('the extra data is empty');
  const index = afterKeyword(lines.shift(), 'index') ?? refuse('the index is missing');
  if (lines.length > MAX_HASHES) refuse('the proof has too many hashes');
  return {
    extra: extra === undefined ? undefined : fromBase64(extra),
    index: parseCount(index, 'the index'),
    path: parseHashLines(lines),
    note,
    checkpoint: parseCheckpoint(note).checkpoint,
  };
};

/** @throws VerificationError for what could not be read back. */
export const formatProofFile = (proof: {
  readonly extra?: Uint8Array | undefined;
  readonly index: Count;
  readonly path: readonly Uint8Array[];
  readonly note: string;
}): string => {
  const { extra, index, path, note } = proof;
  const extraLine = extra === undefined ? '' : `extra ${toBase64(extra)}\n`;
  const indexLine = `index ${toCount(index, 'the index')}\n`;
  const text = `${HEADER}\n${extraLine}${indexLine}${formatHashLines(path)}\n${note}`;
  parseProofFile(text);
  return text;
};
