import { fromBase64, toBase64 } from './base64.js';
import { type Count, parseCount, toCount } from './count.js';
import { linesOf, type Note, parseNote } from './note.js';
import { requireHash } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** C2SP tlog-checkpoint: the text of a note that names a log, its size and its root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** Opaque lines; we write none, and a witness refuses them. */
  readonly extensions: readonly string[];
}

const refuse = (why: string): never => {
  throw new VerificationError('bad-checkpoint', why);
};

const requireLine = (line: string | undefined, what: string): string => {
  if (line === undefined || line === '') return refuse(`${what} is missing or empty`);
  if (/[\u0000-\u001f]/.test(line) || !line.isWellFormed()) refuse(`${what} holds a control character`);
  return line;
};

/** @throws VerificationError unless the text is a checkpoint's, with its final newline. */
export const parseCheckpointText = (text: string): Checkpoint => {
  if (!text.endsWith('\n')) refuse('the last line does not end');
  const [origin, size, root, ...extensions] = linesOf(text);
  return {
    origin: requireLine(origin, 'the origin'),
    size: parseCount(requireLine(size, 'the size'), 'the size of the tree'),
    root: requireHash(fromBase64(requireLine(root, 'the root')), 'the root'),
    extensions: extensions.map((line) => requireLine(line, 'an extension line')),
  };
};

export interface CheckpointNote {
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

/** Reads only; nobody's signature has been checked yet. */
export const parseCheckpoint = (input: string | Uint8Array): CheckpointNote => {
  const note = parseNote(input);
  return { note, checkpoint: parseCheckpointText(note.text) };
};

/** The text to sign. @throws VerificationError for what could not be read back as the same checkpoint. */
export const formatCheckpointText = (checkpoint: {
  readonly origin: string;
  readonly size: Count;
  readonly root: Uint8Array;
  readonly extensions?: readonly string[];
}): string => {
  const { origin, size, root, extensions = [] } = checkpoint;
  const lines = [
    requireLine(origin, 'the origin'),
    String(toCount(size, 'the size of the tree')),
    toBase64(requireHash(root, 'the root')),
    ...extensions.map((line) => requireLine(line, 'an extension line')),
  ];
  return `${lines.join('\n')}\n`;
};
