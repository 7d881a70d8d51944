import { fromBase64, toBase64 } from './base64.js';
import { textOf } from './bytes.js';
import { linesOf, MAX_NOTE_BYTES } from './note.js';
import { requireHash } from './sha256.js';
import { VerificationError } from './verification-error.js';

/** Some lines, a blank line, a checkpoint: how proof files and requests to witnesses are both built. */

const MAX_PREAMBLE_BYTES = 100_000;

/** The lines before the first blank line, and the note after it, verbatim. @throws VerificationError without one. */
export const splitPreamble = (input: string | Uint8Array, what: string): { lines: string[]; note: string } => {
  const text = textOf(input, MAX_NOTE_BYTES + MAX_PREAMBLE_BYTES, what);
  const blank = text.indexOf('\n\n');
  if (blank < 0) throw new VerificationError('bad-text', `${what} has no blank line`);
  return { lines: linesOf(text.slice(0, blank + 1)), note: text.slice(blank + 2) };
};

/** What follows `keyword` and one space. */
export const afterKeyword = (line: string | undefined, keyword: string): string | undefined =>
  line?.startsWith(`${keyword} `) ? line.slice(keyword.length + 1) : undefined;

export const parseHashLines = (lines: readonly string[]): Uint8Array[] =>
  lines.map((line) => requireHash(fromBase64(line), 'a hash of the proof'));

export const formatHashLines = (hashes: readonly Uint8Array[]): string =>
  hashes.map((hash) => `${toBase64(requireHash(hash, 'a hash of the proof'))}\n`).join('');
