import { toBase64 } from './base64.js';
import { toHex } from './bytes.js';
import { formatVerifierKey, isKeyName, KEY_TYPES, parseVerifierKey, requireDistinct, verifierKey } from './key.js';
import { nodeSha256 } from './node-sha256.js';
import { formatSigningKey, parseSigningKey, signerFromSeed } from './signing-key.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';

const seed = Uint8Array.from({ length: 32 }, (_, at) => at);
const parse = (text: string) => parseVerifierKey(text, nodeSha256);

describe('the keys of verifiers', () => {
  // RFC 8032 §7.1, test 1.
  it('are derived from a seed as RFC 8032 says', async () => {
    const test1 = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const signer = await signerFromSeed('log.example', KEY_TYPES.ed25519, test1, nodeSha256);
    expect(toHex(signer.key.publicKey)).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    expect(toHex(await signer.sign(new Uint8Array()))).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  it.each(Object.entries(KEY_TYPES))('of type %s are read as they are written', (_, type) => {
    const key = verifierKey('log.example/é', type, new Uint8Array(type === KEY_TYPES.mlDsa44 ? 1312 : 32), nodeSha256);
    expect(parse(formatVerifierKey(key))).toEqual(key);
    // The same key as another type, or under another name, is another key.
    expect(refusalOf(() => parse(formatVerifierKey({ ...key, name: 'other.example' })))).toBe('wrong-key-id');
  });

  const key = verifierKey('log.example', KEY_TYPES.ed25519, seed, nodeSha256);
  const good = formatVerifierKey(key);
  const material = (bytes: readonly number[]) => `log.example+${key.id}+${toBase64(Uint8Array.from(bytes))}`;
  it.each([
    ['nothing', ''],
    ['no name', good.slice('log.example'.length)],
    ['a space before', ` ${good}`],
    ['a newline after', `${good}\n`],
    ['a name with a space', good.replace('.', ' ')],
    ['an id in capitals', good.replace(key.id, key.id.toUpperCase())],
    ['an id of another key', good.replace(key.id, '00000000')],
    ['a short id', good.replace(key.id, key.id.slice(1))],
    ['no bytes', `log.example+${key.id}+`],
    ['a short key', material([1, ...seed.slice(1)])],
    ['a long key', material([1, ...seed, 0])],
    ['a short ML-DSA-44 key', material([6, ...seed])],
    ['an ECDSA key', material([2, ...seed])],
    ['a reserved type', material([3, ...seed])],
    ['type zero', material([0, ...seed])],
    ['stray padding', `${good}====`],
    ['base64 for addresses', good.replaceAll('A', '-')],
  ])('are not made of %s', (_, text) => expect(refusalOf(() => parse(text))).not.toBe('accepted'));

  it('have names without spaces or pluses', () => {
    expect(['a', 'log.example/a', 'é', '😀', '\u200b'].map(isKeyName)).toEqual([true, true, true, true, true]);
    expect(['', ' ', 'a b', 'a+b', 'a\n', 'a\u2028', '\ud800', 'a\0'].some(isKeyName)).toBe(false);
  });

  it('are listed once', () => {
    expect(refusalOf(() => requireDistinct([key, { ...key, name: 'x' }]))).toBe('accepted');
    expect(refusalOf(() => requireDistinct([key, { ...key }]))).toBe('ambiguous-key');
  });
});

describe('the keys of signers', () => {
  it('are read as they are written, and only with the right id', async () => {
    for (const type of [KEY_TYPES.ed25519, KEY_TYPES.cosignature] as const) {
      const signer = await signerFromSeed('log.example', type, seed, nodeSha256);
      const text = formatSigningKey(signer.key, seed);
      expect((await parseSigningKey(text, nodeSha256)).key).toEqual(signer.key);
      for (const bad of [text.replace('example', 'other'), text.slice(8), text.slice(0, -4), `${text}AAAA`, ''])
        expect(await refusalOfAsync(() => parseSigningKey(bad, nodeSha256))).not.toBe('accepted');
    }
  });

  it('of ML-DSA-44 are not supported', async () =>
    expect(
      await refusalOfAsync(() =>
        parseSigningKey(`PRIVATE+KEY+a+00000000+${toBase64(Uint8Array.of(6, ...seed))}`, nodeSha256),
      ),
    ).toBe('unsupported-key'));
});
