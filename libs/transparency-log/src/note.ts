import { fromBase64, toBase64 } from './base64.js';
import { concat, textOf, toHex } from './bytes.js';
import { isKeyName, requireKeyName } from './key.js';
import { VerificationError } from './verification-error.js';

/** C2SP signed-note: a text, a blank line, signature lines. Who signed is another question (verify-note.ts). */

export interface NoteSignature {
  readonly name: string;
  /** Eight lowercase hex digits. */
  readonly id: string;
  /** What follows the id: at least one byte. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** With its final newline, without the blank line: what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export const MAX_NOTE_BYTES = 1_000_000;
export const MAX_SIGNATURES = 100;
const DASH = '\u2014 ';
const ID_BYTES = 4;

const refuse = (why: string): never => {
  throw new VerificationError('bad-note', why);
};

/** Lines of a text that ends with a newline, which is not a line of its own. */
export const linesOf = (text: string): string[] => text.slice(0, -1).split('\n');

const parseSignatureLine = (line: string): NoteSignature => {
  const space = line.indexOf(' ', DASH.length);
  if (!line.startsWith(DASH) || space < 0) refuse('a line after the blank line is not a signature');
  const name = line.slice(DASH.length, space);
  if (!isKeyName(name)) refuse('a signature has no proper name');
  const bytes = fromBase64(line.slice(space + 1));
  if (bytes.length <= ID_BYTES) refuse('a signature is too short');
  return { name, id: toHex(bytes.subarray(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
};

/** Lines such as stand under a note, and nothing else: what a witness answers. @throws VerificationError otherwise. */
export const parseSignatureLines = (input: string | Uint8Array): NoteSignature[] => {
  const text = textOf(input, MAX_NOTE_BYTES, 'the list of signatures');
  if (!text.endsWith('\n')) refuse('the last line does not end');
  const lines = linesOf(text);
  if (lines.length > MAX_SIGNATURES)
    throw new VerificationError('too-many-signatures', `more than ${MAX_SIGNATURES} signatures`);
  return lines.map(parseSignatureLine);
};

const requireNoteText = (text: string): string => {
  if (!text.endsWith('\n')) refuse('the text does not end with a newline');
  // Everything below U+0020 but the newline.
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) refuse('the note holds a control character');
  return text;
};

/** @throws VerificationError for anything but a note, byte for byte. */
export const parseNote = (input: string | Uint8Array): Note => {
  const whole = requireNoteText(textOf(input, MAX_NOTE_BYTES, 'the note'));
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0 || blank + 2 === whole.length) refuse('the note has no signatures');
  return { text: whole.slice(0, blank + 1), signatures: parseSignatureLines(whole.slice(blank + 2)) };
};

const hexBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const formatSignatureLine = ({ name, id, signature }: NoteSignature): string =>
  `${DASH}${requireKeyName(name)} ${toBase64(concat(hexBytes(id), signature))}\n`;

/** @throws VerificationError for a text that no note can hold, so nothing is signed that could not be read back. */
export const formatNote = ({ text, signatures }: Note): string => {
  requireNoteText(text);
  if (signatures.length === 0) refuse('a note needs a signature');
  const note = `${text}\n${signatures.map(formatSignatureLine).join('')}`;
  parseNote(note);
  return note;
};
