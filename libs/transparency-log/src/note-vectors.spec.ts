import { readUtf8 } from './bytes.js';
import { parseCheckpointText } from './checkpoint.js';
import { parseCosignature } from './cosignature.js';
import { fromBase64 } from './base64.js';
import { formatVerifierKey, parseVerifierKey } from './key.js';
import { nodeSha256 } from './node-sha256.js';
import { parseNote } from './note.js';
import { pureSha256 } from './pure-sha256.js';
import { signNote } from './sign-note.js';
import { parseSigningKey } from './signing-key.js';
import type { NoteVectors } from './testing/note-vectors.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';
import { describeWithVectors } from './testing/vectors.js';
import { verifyNote } from './verify-note.js';

const key = (text: string) => parseVerifierKey(text, nodeSha256);

describeWithVectors<NoteVectors>('notes/go-sumdb-note.json', "notes, by the vectors of Go's sumdb", (vectors) => {
  const { peter } = vectors.keys;

  it('signs the same note, byte for byte', async () => {
    const signer = await parseSigningKey(peter.skey ?? '', nodeSha256);
    expect(formatVerifierKey(signer.key)).toBe(peter.vkey);
    expect(await signNote(vectors.text, [signer])).toBe(vectors.signExpect);
  });

  it('reads every good key, with either SHA-256', () => {
    for (const { vkey } of Object.values(vectors.keys)) {
      expect(formatVerifierKey(key(vkey))).toBe(vkey);
      expect(parseVerifierKey(vkey, pureSha256)).toEqual(key(vkey));
    }
  });

  it('refuses every bad key', () => {
    const { vkey } = peter;
    const mangled = Array.from(vkey, (_, at) => [
      vkey.slice(0, at),
      vkey.slice(at + 1),
      vkey.slice(0, at) + String.fromCharCode(vkey.charCodeAt(at) + 1) + vkey.slice(at + 1),
      ...Array.from(vkey.slice(at + 1), (__, length) => vkey.slice(at, at + length)),
    ]).flat();
    expect([...vectors.badVkeys, ...mangled].filter((text) => refusalOf(() => key(text)) === 'accepted')).toEqual([]);
  });

  it.each(vectors.open.map((open) => [open.name, open] as const))('opens or refuses: %s', async (_, open) => {
    const keys = open.trust.map((name) => key(vectors.keys[name as 'peter' | 'enoch'].vkey));
    if (open.error !== undefined)
      return expect(await refusalOfAsync(() => verifyNote(open.note, keys))).not.toBe('accepted');
    const found = await verifyNote(open.note, keys);
    expect(found.text).toBe(vectors.text);
    expect(found.verified.map(({ name }) => name)).toEqual(open.verified);
    expect(found.unverified.map(({ name }) => name)).toEqual(open.unverified);
  });

  it.each(vectors.malformedNotesB64)('refuses the malformed note %#', (base64) =>
    expect(refusalOf(() => parseNote(fromBase64(base64)))).not.toBe('accepted'),
  );
});

interface Formats {
  readonly validVkeys: readonly string[];
  readonly mldsa44VkeyWithMismatchedKeyId: string;
  readonly invalidVkeys: readonly string[];
  readonly timestamps: readonly { readonly sigB64: string; readonly unix?: number }[];
}
describeWithVectors<Formats>('notes/vkeys-and-timestamps.json', "keys and times, by others' vectors", (vectors) => {
  it.each(vectors.validVkeys)('reads %s', (text) => expect(formatVerifierKey(key(text))).toBe(text));
  it.each(vectors.invalidVkeys)('refuses %s', (text) => expect(refusalOf(() => key(text))).not.toBe('accepted'));
  it('refuses an ML-DSA-44 key whose id is another', () =>
    expect(refusalOf(() => key(vectors.mldsa44VkeyWithMismatchedKeyId))).toBe('wrong-key-id'));
  it.each(vectors.timestamps.map((one) => [one.unix, one.sigB64] as const))('reads the time %s', (unix, base64) => {
    const field = fromBase64(base64).subarray(4);
    if (unix === undefined) expect(refusalOf(() => parseCosignature(field))).toBe('bad-cosignature');
    else expect(parseCosignature(field).timestamp).toBe(BigInt(unix));
  });
});

interface Checkpoints {
  readonly cases: readonly { readonly desc: string; readonly text: string; readonly ok: boolean }[];
}
describeWithVectors<Checkpoints>(
  'notes/formats-checkpoint-parse.json',
  "checkpoints, by others' vectors",
  ({ cases }) =>
    it.each(cases.map((one) => [one.desc, one] as const))('%s', (_, { text, ok }) => {
      const refusal = refusalOf(() => parseCheckpointText(text));
      // The vectors' good roots are not 32 bytes long; we insist on it, and on nothing else that they do not.
      if (ok) expect(['accepted', 'bad-hash']).toContain(refusal);
      else expect(['accepted', 'bad-hash']).not.toContain(refusal);
      const root = Buffer.alloc(32, 7).toString('base64');
      if (ok) expect(parseCheckpointText(text.replace(/^(.*\n.*\n).*\n/, `$1${root}\n`)).root.length).toBe(32);
    }),
);

it('verifies the example of the signed-note specification', async () => {
  const example =
    'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const found = await verifyNote(example, [
    key('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'),
  ]);
  expect(readUtf8(new TextEncoder().encode(found.text))).toBe('This is an example message.\n');
});
