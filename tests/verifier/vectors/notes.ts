import { fromBase64, toBase64 } from '#transparency-log/base64';
import { parseCheckpointText } from '#transparency-log/checkpoint';
import { parseCosignature } from '#transparency-log/cosignature';
import { formatVerifierKey, parseVerifierKey } from '#transparency-log/key';
import { parseNote } from '#transparency-log/note';
import type { Sha256 } from '#transparency-log/sha256';
import { signNote } from '#transparency-log/sign-note';
import { parseSigningKey } from '#transparency-log/signing-key';
import type { NoteVectors } from '#transparency-log/testing/note-vectors';
import { refusalOf } from '#transparency-log/testing/refusal';
import { verifyNote } from '#transparency-log/verify-note';
import { is, refused, type Row, saidOf } from './row.js';

/** Every proper part of a key, and every key with one letter moved on by one. */
const mangled = (vkey: string): string[] =>
  Array.from(vkey, (letter, at) => [
    vkey.slice(0, at) + String.fromCharCode(letter.charCodeAt(0) + 1) + vkey.slice(at + 1),
    ...Array.from(vkey.slice(at), (_, length) => vkey.slice(at, at + length)),
    ...(at > 0 ? [vkey.slice(at)] : []),
  ]).flat();

export const judgeNotes = async (vectors: NoteVectors, sha256: Sha256): Promise<Row[]> => {
  const key = (text: string) => parseVerifierKey(text, sha256);
  const rows: Row[] = [];
  for (const [name, { vkey, skey }] of Object.entries(vectors.keys)) {
    rows.push(is(`key of ${name}`, await saidOf(() => formatVerifierKey(key(vkey))), vkey));
    if (skey === undefined) continue;
    rows.push(is(`signed by ${name}`, await saidOf(async () => signNote(vectors.text, [await parseSigningKey(skey, sha256)])), vectors.signExpect)); // prettier-ignore
    for (const text of mangled(vkey))
      rows.push(
        refused(
          `key ${text}`,
          refusalOf(() => key(text)),
        ),
      );
  }
  for (const text of vectors.badVkeys)
    rows.push(
      refused(
        `key ${text}`,
        refusalOf(() => key(text)),
      ),
    );
  for (const { name, note, trust, verified, unverified, error } of vectors.open) {
    const said = await saidOf(async () => {
      const opened = await verifyNote(note, trust.map((each) => key(vectors.keys[each]?.vkey ?? ''))); // prettier-ignore
      return [opened.text, opened.verified.map((each) => each.name), opened.unverified.map((each) => each.name)];
    });
    const wanted = JSON.stringify([vectors.text, verified, unverified]);
    rows.push(error === undefined ? is(name, said, wanted) : { vector: name, verdict: said, isRight: !said.startsWith('[') }); // prettier-ignore
  }
  vectors.malformedNotesB64.forEach((base64, at) =>
    rows.push(
      refused(
        `malformed note ${at}`,
        refusalOf(() => parseNote(fromBase64(base64))),
      ),
    ),
  );
  return rows;
};

export interface KeyVectors {
  readonly validVkeys: readonly string[];
  readonly mldsa44VkeyWithMismatchedKeyId: string;
  readonly invalidVkeys: readonly string[];
  readonly timestamps: readonly { readonly sigB64: string; readonly unix?: number }[];
}

export const judgeKeys = async (vectors: KeyVectors, sha256: Sha256): Promise<Row[]> => {
  const said = (text: string) => saidOf(() => formatVerifierKey(parseVerifierKey(text, sha256)));
  const rows: Row[] = [];
  for (const text of vectors.validVkeys) rows.push(is(text, await said(text), text));
  for (const text of vectors.invalidVkeys)
    rows.push(refused(text, refusalOf(() => parseVerifierKey(text, sha256)))); // prettier-ignore
  const mismatched = vectors.mldsa44VkeyWithMismatchedKeyId;
  rows.push(is('ML-DSA-44 key with another id', await said(mismatched), 'wrong-key-id'));
  for (const { sigB64, unix } of vectors.timestamps) {
    const time = await saidOf(() => parseCosignature(fromBase64(sigB64).subarray(4)).timestamp.toString());
    rows.push(is(`time ${sigB64}`, time, unix === undefined ? 'bad-cosignature' : `${unix}`));
  }
  return rows;
};

export interface CheckpointVectors {
  readonly cases: readonly { readonly desc: string; readonly text: string; readonly ok: boolean }[];
}

/** The vectors' good roots are not 32 bytes long; we insist on it, and on nothing else that they do not. */
export const judgeCheckpoints = async ({ cases }: CheckpointVectors): Promise<Row[]> => {
  const root = toBase64(new Uint8Array(32).fill(7));
  return Promise.all(
    cases.flatMap(({ desc, text, ok }) => {
      const said = (what: string) => saidOf(() => {
        const { origin, size } = parseCheckpointText(what);
        return `${origin}, ${size}`;
      }); // prettier-ignore
      const [name = '', size = ''] = text.split('\n');
      const full = text.replace(/^(.*\n.*\n).*\n/, `$1${root}\n`);
      const asIs = said(text).then((verdict) => ({ vector: desc, verdict, isRight: ok === (verdict === 'bad-hash') }));
      return ok ? [asIs, said(full).then((verdict) => is(`${desc}, 32 bytes`, verdict, `${name}, ${size}`))] : [asIs];
    }),
  );
};
