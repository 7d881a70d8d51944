import fc from 'fast-check';
import { toHex, utf8 } from './bytes.js';
import { nodeSha256 } from './node-sha256.js';
import { pureSha256 } from './pure-sha256.js';

/** The examples of FIPS 180-4's companion page, and OpenSSL as the other opinion. */
describe.each([
  ['our own SHA-256', pureSha256],
  ["Node's SHA-256", nodeSha256],
])('%s', (_, sha256) => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('hashes %.10s', (text, hex) => expect(toHex(sha256(utf8(text)))).toBe(hex));
});

it('agrees with OpenSSL at every length around the block borders, and wherever the bytes lie', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 7 + 1) % 256);
  for (let start = 0; start < 4; start += 1)
    for (let end = start; end <= bytes.length; end += 1) {
      const part = bytes.subarray(start, end);
      expect(toHex(pureSha256(part))).toBe(toHex(nodeSha256(part)));
    }
});

it('agrees with OpenSSL on anything', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      expect(toHex(pureSha256(bytes))).toBe(toHex(nodeSha256(bytes)));
    }),
  ));
