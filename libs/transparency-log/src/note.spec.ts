import fc from 'fast-check';
import { toBase64 } from './base64.js';
import { readUtf8, utf8 } from './bytes.js';
import { formatNote, MAX_NOTE_BYTES, parseNote, parseSignatureLines } from './note.js';
import { refusalOf } from './testing/refusal.js';

const sig = toBase64(Uint8Array.of(1, 2, 3, 4, 5));
const line = `\u2014 name ${sig}\n`;
const note = (text: string, lines = line) => `${text}\n${lines}`;

describe('a note', () => {
  it.each([
    ['one line', 'a\n'],
    ['one empty line', '\n'],
    ['empty lines inside and at the end', 'a\n\nb\n\n'],
    ['what looks like a signature', line],
    ['accents, emoji and a byte order mark', '\ufeffà 😀\n'],
    ['a delete character and later controls, which are not below a space', 'a\u007f\u0085\u2028\n'],
  ])('holds a text of %s', (_, text) => {
    expect(parseNote(note(text))).toEqual({
      text,
      signatures: [{ name: 'name', id: '01020304', signature: Uint8Array.of(5) }],
    });
    expect(formatNote(parseNote(utf8(note(text))))).toBe(note(text));
  });

  it('is divided at its last blank line', () => expect(parseNote(note(note('a\n'))).text).toBe(note('a\n')));

  it.each([
    ['nothing', ''],
    ['a text alone', 'a\n'],
    ['no signatures', 'a\n\n'],
    ['no text', `\n${line}`],
    ['no blank line', `a\n${line}`],
    ['no final newline', note('a\n').slice(0, -1)],
    ['Windows newlines', note('a\n').replaceAll('\n', '\r\n')],
    ['a carriage return in the text', note('a\r\n')],
    ['a tab', note('a\tb\n')],
    ['a zero byte', note('a\0\n')],
    ['a zero byte in the name', note('a\n', `\u2014 na\0me ${sig}\n`)],
    ['a hyphen for the dash', note('a\n', `- name ${sig}\n`)],
    ['an en dash', note('a\n', `\u2013 name ${sig}\n`)],
    ['no space after the dash', note('a\n', `\u2014name ${sig}\n`)],
    ['two spaces', note('a\n', `\u2014 name  ${sig}\n`)],
    ['two spaces after the dash', note('a\n', `\u2014  name ${sig}\n`)],
    ['a trailing space', note('a\n', `\u2014 name ${sig} \n`)],
    ['no name', note('a\n', `\u2014 ${sig}\n`)],
    ['a name with a plus', note('a\n', `\u2014 na+me ${sig}\n`)],
    ['a name with a wide space', note('a\n', `\u2014 na\u3000me ${sig}\n`)],
    ['a name with a next-line character', note('a\n', `\u2014 na\u0085me ${sig}\n`)],
    ['a name with a no-break space', note('a\n', `\u2014 na\u00a0me ${sig}\n`)],
    ['no signature', note('a\n', '\u2014 name \n')],
    ['a signature of the id alone', note('a\n', '\u2014 name AQIDBA==\n')],
    ['leftover bits', note('a\n', '\u2014 name AQIDBAV=\n')],
    ['a line after the signatures', note('a\n', `${line}more\n`)],
    ['a line before the signatures', note('a\n', `more\n${line}`)],
    ['a blank line at the end', note('a\n', `${line}\n`)],
    ['101 signatures', note('a\n', line.repeat(101))],
    ['too many bytes', note(`${'a'.repeat(MAX_NOTE_BYTES)}\n`)],
    ['too many bytes in few letters', note(`${'\u20ac'.repeat(MAX_NOTE_BYTES / 2)}\n`)],
    ['half a character', note('a\ud800\n')],
  ])('is not made of %s', (_, text) => expect(refusalOf(() => parseNote(text))).not.toBe('accepted'));

  it('holds 100 signatures, also long ones', () => {
    const long = `\u2014 name ${toBase64(new Uint8Array(5_000))}\n`;
    expect(parseNote(note('a\n', long.repeat(100))).signatures.length).toBe(100);
  });

  it.each([
    ['a stray byte', [0xff, ...utf8(note('a\n'))]],
    ['an overlong slash', [0xc0, 0xaf, ...utf8(note('a\n'))]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80, ...utf8(note('a\n'))]],
    ['a character cut short', [...utf8(note('a\n')), 0xe2, 0x80]],
  ])('is not made of bytes with %s', (_, bytes) =>
    expect(refusalOf(() => parseNote(Uint8Array.from(bytes)))).toBe('bad-text'),
  );

  it('is not written with what could not be read back', () => {
    const signatures = parseNote(note('a\n')).signatures;
    for (const text of ['', 'a', 'a\r\n', 'a\0\n', '\ud800\n'])
      expect(refusalOf(() => formatNote({ text, signatures }))).not.toBe('accepted');
    expect(refusalOf(() => formatNote({ text: 'a\n', signatures: [] }))).toBe('bad-note');
    expect(refusalOf(() => formatNote({ text: 'a\n', signatures: [{ ...signatures[0]!, name: 'a b' }] }))).toBe(
      'bad-key',
    );
  });

  it('reads lone signature lines strictly', () => {
    expect(parseSignatureLines(line + line).length).toBe(2);
    for (const text of ['', '\n', line.slice(0, -1), `${line}\n`, `\n${line}`, `a\n${line}`])
      expect(refusalOf(() => parseSignatureLines(text))).not.toBe('accepted');
  });
});

/** Near misses: a good note, and letters that matter put somewhere in it. */
const nearMiss = fc
  .tuple(
    fc.nat(),
    fc.constantFrom('', '\n', '\n\n', ' ', '+', '=', '\r', '\0', '\u2014 ', '\u00a0', 'A', 'é'),
    fc.nat(3),
  )
  .map(([at, put, drop]) => {
    const good = note('log\n5\n\nmore\n', line.repeat(2));
    const where = at % good.length;
    return good.slice(0, where) + put + good.slice(where + drop);
  });

describe('whatever it is given, the reader of notes', () => {
  it.each([
    ['near misses', nearMiss.map(utf8)],
    ['bytes', fc.uint8Array({ maxLength: 200 })],
    ['text', fc.string({ unit: 'binary', maxLength: 100 }).map((text) => utf8(text.toWellFormed()))],
  ])('refuses or gives back the same bytes: %s', (_, inputs) =>
    fc.assert(
      fc.property(inputs, (bytes) => {
        if (refusalOf(() => parseNote(bytes)) === 'accepted')
          expect(formatNote(parseNote(bytes))).toBe(readUtf8(bytes));
      }),
      { numRuns: 5_000 },
    ),
  );
});
