import { createHash } from 'node:crypto';
import { digestOf, isSecret, newSecret } from './secret.js';

it('is told from what can be none before anything is looked up', () => {
  const secret = newSecret();
  expect(isSecret(secret)).toBe(true);
  for (const none of [undefined, '', secret.slice(1), `${secret}A`, `${secret.slice(1)}=`, `${secret.slice(1)}\n`, ` ${secret.slice(1)}`])
    expect([none, isSecret(none)]).toEqual([none, false]);
}); // prettier-ignore

it('is kept as a digest of all of it', () =>
  expect(digestOf('words')).toEqual(createHash('sha256').update('words').digest()));

it('cannot be foretold: every letter of 100,000 tokens is as likely as any other, and none comes twice', () => {
  const SIZE = 100_000;
  const counts = new Uint32Array(256);
  const seen = new Set<string>();
  for (let n = 0; n < SIZE; n++) {
    const token = newSecret();
    seen.add(token);
    for (const byte of Buffer.from(token, 'base64url')) counts[byte] = (counts[byte] ?? 0) + 1;
  }
  const expected = (SIZE * 32) / 256;
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  process.stdout.write(`tokens: chi-square ${chi.toFixed(1)} of 255 degrees over ${SIZE} tokens of 256 bits\n`);
  // One run in a million is above; a generator with a bias is far above.
  expect([seen.size, chi < 375]).toEqual([SIZE, true]);
});
