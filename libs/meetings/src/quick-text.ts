/** Shown for a line break inside one text: nobody types it, so it can be read back as one. */
const LINE_BREAK = '⏎';
/**
 * U+2060, invisible and without width: stands after a sign that would otherwise be read as part of the line language
 * (`;`, `>>`, the comma between name and role). Only the printer writes it, for texts that came from guided entry.
 */
export const GUARD = '\u2060';

/** A text as one line that reads back the same. `signs` must hold one sign in each match, at its start. */
export const guarded = (text: string, signs: RegExp): string =>
  text
    .replace(/\r\n?|\n/g, LINE_BREAK)
    .replaceAll('>>', `>${GUARD}>`)
    .replace(signs, (match) => `${match.slice(0, 1)}${GUARD}${match.slice(1)}`);

export const unguarded = (text: string): string => text.replaceAll(GUARD, '').replaceAll(LINE_BREAK, '\n').trim();
