import fc from 'fast-check';
import { toBase64 } from './base64.js';
import { formatCheckpointText, parseCheckpointText } from './checkpoint.js';
import { refusalOf } from './testing/refusal.js';

const root = new Uint8Array(32).fill(7);
const b64 = toBase64(root);

describe('the text of a checkpoint', () => {
  it.each([
    ['an empty log', `log.example\n0\n${b64}\n`],
    ['the largest size', `log.example\n18446744073709551615\n${b64}\n`],
    ['an origin with a space and a plus', `my log + more\n5\n${b64}\n`],
    ['extension lines', `log.example\n5\n${b64}\none\n two \n`],
  ])('is read and written back: %s', (_, text) => expect(formatCheckpointText(parseCheckpointText(text))).toBe(text));

  it.each([
    ['nothing', ''],
    ['one line', 'log\n'],
    ['two lines', 'log\n5\n'],
    ['an empty origin', `\n5\n${b64}\n`],
    ['an empty size', `log\n\n${b64}\n`],
    ['an empty root', 'log\n5\n\n'],
    ['no final newline', `log\n5\n${b64}`],
    ['an empty extension line', `log\n5\n${b64}\n\n`],
    ['an empty line between extensions', `log\n5\n${b64}\na\n\nb\n`],
    ['a leading zero', `log\n05\n${b64}\n`],
    ['a plus', `log\n+5\n${b64}\n`],
    ['a minus', `log\n-5\n${b64}\n`],
    ['a space before the size', `log\n 5\n${b64}\n`],
    ['a space after the root', `log\n5\n${b64} \n`],
    ['a size over 64 bits', `log\n18446744073709551616\n${b64}\n`],
    ['a hexadecimal size', `log\n0x5\n${b64}\n`],
    ['Windows newlines', `log\r\n5\r\n${b64}\r\n`],
    ['a zero byte', `lo\0g\n5\n${b64}\n`],
    ['a short root', `log\n5\n${toBase64(root.slice(1))}\n`],
    ['a long root', `log\n5\n${toBase64(new Uint8Array(33))}\n`],
    ['a root with leftover bits', `log\n5\n${b64.slice(0, -2)}d=\n`],
    ['an unpadded root', `log\n5\n${b64.slice(0, -1)}\n`],
    ['half a character', `log\ud800\n5\n${b64}\n`],
  ])('is not made of %s', (_, text) => expect(refusalOf(() => parseCheckpointText(text))).not.toBe('accepted'));

  it.each([
    ['an origin of two lines', { origin: 'a\nb', size: 1, root }],
    ['an empty origin', { origin: '', size: 1, root }],
    ['a negative size', { origin: 'a', size: -1, root }],
    ['a short root', { origin: 'a', size: 1, root: new Uint8Array(31) }],
    ['an empty extension', { origin: 'a', size: 1, root, extensions: [''] }],
  ])('is not written with %s', (_, one) => expect(refusalOf(() => formatCheckpointText(one))).not.toBe('accepted'));

  it('is refused or given back the same, whatever it is', () => {
    const parts = fc.constantFrom('log', '\n', '5', '0', b64, 'x', '\r', ' ', '+', '=', '\0');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), fc.boolean(), (some, isTail) => {
        const text = isTail ? `log\n5\n${b64}\n${some.join('')}` : some.join('');
        if (refusalOf(() => parseCheckpointText(text)) === 'accepted')
          expect(formatCheckpointText(parseCheckpointText(text))).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });
});
