import type { FilePlan } from '../mapping/plan.js';

/** The bytes are not what the mapping says they are. The reader knows in which row. */
export class EncodingError extends Error {
  constructor(
    readonly code: 'encoding-wrong' | 'encoding-other',
    message: string,
    readonly line: number,
  ) {
    super(message);
    this.name = 'EncodingError';
  }
}

const SINGLE_BYTE: readonly string[] = ['windows-1252', 'iso-8859-1', 'iso-8859-15'];

/**
 * Bytes to text, strictly: a byte that the encoding does not have stops the reading instead of becoming "�". A byte
 * order mark is taken off.
 * @throws EncodingError after everything before the bad byte has been handed on.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: FilePlan['encoding'],
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const mistaken = SINGLE_BYTE.includes(encoding) ? new Utf8Suspicion() : null;
  let line = 1;
  let first = true;
  for await (const chunk of bytes) {
    if (first) refuseMark(chunk, encoding);
    first = false;
    mistaken?.look(chunk);
    const { text, bad } = decode(decoder, chunk, encoding, true);
    if (text !== '') yield text;
    line += count(text, '\n');
    if (bad) throw wrong(encoding, line);
  }
  mistaken?.conclude();
  const { text, bad } = decode(decoder, new Uint8Array(), encoding, false);
  if (text !== '') yield text;
  if (bad) throw wrong(encoding, line);
}

const decode = (
  decoder: TextDecoder,
  chunk: Uint8Array,
  encoding: string,
  stream: boolean,
): { readonly text: string; readonly bad: boolean } => {
  try {
    return { text: decoder.decode(chunk, { stream }), bad: false };
  } catch {
    // Everything up to the bad byte is read again without being strict, so that the row of the bad byte can be told.
    const lenient = new TextDecoder(encoding).decode(chunk, { stream: true });
    const at = lenient.indexOf('\ufffd', 1);
    return { text: at < 0 ? '' : lenient.slice(0, at), bad: true };
  }
};

const wrong = (encoding: string, line: number): EncodingError =>
  new EncodingError(
    'encoding-wrong',
    encoding === 'utf-8'
      ? 'There are bytes here that are not UTF-8. If the file comes from a spreadsheet program on Windows, add ' +
          '"encoding": "windows-1252" to the mapping. Otherwise save it again as UTF-8.'
      : `There are bytes here that are not ${encoding}. Correct "encoding" in the mapping.`,
    line,
  );

const refuseMark = (chunk: Uint8Array, encoding: string): void => {
  const [a, b, c] = chunk;
  const found =
    a === 0xff && b === 0xfe
      ? 'utf-16le'
      : a === 0xfe && b === 0xff
        ? 'utf-16be'
        : a === 0xef && b === 0xbb && c === 0xbf
          ? 'utf-8'
          : null;
  if (found !== null && found !== encoding)
    throw new EncodingError(
      'encoding-other',
      `This file says that it is ${found}. Put "encoding": "${found}" into the mapping.`,
      1,
    );
};

const count = (text: string, character: string): number => {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
};

/**
 * A file that is said to be windows-1252 can never be refused for its bytes, so UTF-8 read as windows-1252 would go in as
 * "Ã©". Real windows-1252 text is practically never valid UTF-8 beyond ASCII.
 */
class Utf8Suspicion {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private valid = true;
  private beyondAscii = 0;

  look(chunk: Uint8Array): void {
    if (!this.valid) return;
    for (const byte of chunk) if (byte >= 0xc2 && byte <= 0xf4) this.beyondAscii++;
    try {
      this.decoder.decode(chunk, { stream: true });
    } catch {
      this.valid = false;
    }
  }

  conclude(): void {
    if (!this.valid || this.beyondAscii < 3) return;
    throw new EncodingError(
      'encoding-other',
      'The mapping names an older encoding, but this file is UTF-8. Put "encoding": "utf-8" into the mapping.',
      1,
    );
  }
}
