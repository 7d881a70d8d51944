import fc from 'fast-check';
import { fromBase64, toBase64 } from './base64.js';
import { utf8 } from './bytes.js';
import { refusalOf } from './testing/refusal.js';

describe('canonical base64', () => {
  // RFC 4648 §10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes %j as %j', (plain, text) => {
    expect(toBase64(utf8(plain))).toBe(text);
    expect(fromBase64(text)).toEqual(utf8(plain));
  });

  it.each([
    ...['Zg', 'Zg=', 'Zg===', 'Zh==', 'Zm9=', 'Zm8', 'Z===', '====', '=', '==', 'Zg==Zg==', 'Zm9v=', '=Zm9v'],
    ...['Zm9v\n', 'Zm 9v', ' Zm9v', 'Zm\n9v', 'Zm9-', 'Zm9_', 'Zm9v====', 'Zm9\u0000', 'Zm9ŵ', 'Zm9é', 'Z=g=', 'Zg=\n'],
  ])('refuses %j', (text) => expect(refusalOf(() => fromBase64(text))).toBe('bad-base64'));

  it('reads what it writes, as others write it', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    ));

  it('accepts a text only if it would write the very same', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZaz09+/=-_ \n'), maxLength: 12 }), (text) => {
        let bytes: Uint8Array;
        try {
          bytes = fromBase64(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-base64' });
          return;
        }
        expect(toBase64(bytes)).toBe(text);
      }),
      { numRuns: 20_000 },
    ));
});
