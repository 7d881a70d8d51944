import { utf8 } from './bytes.js';
import { cosign, cosignedMessage, parseCosignature } from './cosignature.js';
import { formatCheckpointText } from './checkpoint.js';
import { KEY_TYPES, verifierKey } from './key.js';
import { formatNote, type NoteSignature, parseNote } from './note.js';
import { nodeSha256 } from './node-sha256.js';
import { openCheckpoint } from './open-checkpoint.js';
import { addSignatures, signLine, signNote } from './sign-note.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';
import { signerNamed } from './testing/signers.js';
import { verifyNote } from './verify-note.js';

const text = formatCheckpointText({ origin: 'log.example', size: 5, root: new Uint8Array(32).fill(9) });
const log = await signerNamed('log.example', KEY_TYPES.ed25519);
const other = await signerNamed('other.example', KEY_TYPES.ed25519);
const witness = await signerNamed('witness.example', KEY_TYPES.cosignature);
const byLog = await signLine(text, log);
const byWitness = await cosign(text, witness, 1_700_000_000);
const write = (...signatures: NoteSignature[]) => formatNote({ text, signatures });
const spoilt = (line: NoteSignature): NoteSignature => ({
  ...line,
  signature: line.signature.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
});

describe('signatures', () => {
  it('of a log and a witness are told apart, with the time', async () => {
    const { verified, unverified } = await verifyNote(write(byLog, byWitness), [log.key, witness.key]);
    expect(verified.map(({ name, timestamp }) => [name, timestamp])).toEqual([
      ['log.example', undefined],
      ['witness.example', 1_700_000_000n],
    ]);
    expect(unverified).toEqual([]);
  });

  it('of unknown keys are passed over, also when the name or the id alone is known', async () => {
    const sameName = { ...spoilt(byLog), id: '00000000' };
    const sameId = { ...spoilt(byLog), name: 'x.example' };
    const found = await verifyNote(write(sameName, sameId, byLog), [log.key]);
    expect([found.verified.length, found.unverified.length]).toEqual([1, 2]);
  });

  it('that are bad condemn the whole note, even beside a good one of the same key', async () => {
    const keys = [log.key, witness.key];
    expect(await refusalOfAsync(() => verifyNote(write(byLog, spoilt(byWitness)), keys))).toBe('bad-signature');
    expect(await refusalOfAsync(() => verifyNote(write(byLog, spoilt(byLog)), keys))).toBe('bad-signature');
    const short = { ...byLog, signature: byLog.signature.slice(1) };
    expect(await refusalOfAsync(() => verifyNote(write(short), keys))).toBe('bad-signature');
    const plain = { ...byWitness, signature: byWitness.signature.slice(8) };
    expect(await refusalOfAsync(() => verifyNote(write(byLog, plain), keys))).toBe('bad-cosignature');
  });

  it('count once per key, the first', async () => {
    const later = await cosign(text, witness, 1_800_000_000);
    const { verified } = await verifyNote(write(byWitness, byWitness, later), [witness.key]);
    expect(verified.map(({ timestamp }) => timestamp)).toEqual([1_700_000_000n]);
    const added = addSignatures(parseNote(write(byLog, byWitness)), [later]);
    expect((await verifyNote(added, [witness.key])).verified[0]!.timestamp).toBe(1_800_000_000n);
  });

  it('of nobody known prove nothing', async () => {
    expect(await refusalOfAsync(() => verifyNote(write(byLog), []))).toBe('no-trusted-signature');
    expect(await refusalOfAsync(() => verifyNote(write(byLog), [other.key]))).toBe('no-trusted-signature');
    expect(await refusalOfAsync(() => verifyNote(write(byLog), [log.key, log.key]))).toBe('ambiguous-key');
  });

  it('cover every byte of the text, and the time', async () => {
    for (const changed of [text.replace('5', '6'), text.replace('log', 'lag'), `${text}more\n`]) {
      const note = formatNote({ text: changed, signatures: [byLog] });
      expect(await refusalOfAsync(() => verifyNote(note, [log.key]))).toBe('bad-signature');
      const cosigned = formatNote({ text: changed, signatures: [byWitness] });
      expect(await refusalOfAsync(() => verifyNote(cosigned, [witness.key]))).toBe('bad-signature');
    }
    const late = { ...byWitness, signature: byWitness.signature.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) };
    expect(await refusalOfAsync(() => verifyNote(write(late), [witness.key]))).toBe('bad-signature');
  });

  it('are made with the right kind of key only', async () => {
    expect(await refusalOfAsync(() => signLine(text, witness))).toBe('unsupported-key');
    expect(await refusalOfAsync(() => cosign(text, log, 1))).toBe('unsupported-key');
    expect(await refusalOfAsync(() => cosign('no checkpoint\n', witness, 1))).not.toBe('accepted');
    expect(await refusalOfAsync(() => cosign(text, witness, 0))).toBe('bad-cosignature');
    expect(await refusalOfAsync(() => cosign(text, witness, 2n ** 63n))).toBe('bad-cosignature');
    expect(await refusalOfAsync(() => signNote('a\r\n', [log]))).toBe('bad-note');
  });
});

describe('cosignatures', () => {
  it('are over the time and the whole checkpoint', () =>
    expect(cosignedMessage({ algorithm: 'Ed25519', timestamp: 1679315147n }, text, 'w')).toEqual(
      utf8(`cosignature/v1\ntime 1679315147\n${text}`),
    ));

  it('of ML-DSA-44 are over the named witness, the log, the size and the root', () => {
    const message = cosignedMessage({ algorithm: 'ML-DSA-44', timestamp: 1n }, text, 'w');
    expect(Buffer.from(message).toString('latin1')).toBe(
      `subtree/v1\n\0\x01w${'\0'.repeat(7)}\x01\x0blog.example${'\0'.repeat(8)}${'\0'.repeat(7)}\x05${'\x09'.repeat(32)}`,
    );
  });

  it('of ML-DSA-44 are read, and checked where the machine can', async () => {
    const pair = await crypto.subtle
      .generateKey({ name: 'ML-DSA-44' } as never, true, ['sign', 'verify'])
      .catch(() => undefined);
    const publicKey = pair && new Uint8Array(await crypto.subtle.exportKey('raw-public' as 'raw', pair.publicKey));
    const key = verifierKey('pq.example', KEY_TYPES.mlDsa44, publicKey ?? new Uint8Array(1312), nodeSha256);
    const message = cosignedMessage({ algorithm: 'ML-DSA-44', timestamp: 7n }, text, 'pq.example');
    const made = pair
      ? new Uint8Array(await crypto.subtle.sign({ name: 'ML-DSA-44' }, pair.privateKey, new Uint8Array(message)))
      : new Uint8Array(2420);
    const field = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7, ...made);
    const line = { name: key.name, id: key.id, signature: field };
    const { verified, unchecked } = await verifyNote(write(byLog, line), [log.key, key]);
    expect(pair ? verified[1]?.timestamp : unchecked.length).toBe(pair ? 7n : 1);
    if (pair) expect(await refusalOfAsync(() => verifyNote(write(spoilt(line)), [key]))).toBe('bad-signature');
  });

  it.each([0, 8, 64, 71, 73, 2420, 2427, 2429])('are not %i bytes long', (length) =>
    expect(refusalOf(() => parseCosignature(new Uint8Array(length)))).toBe('bad-cosignature'),
  );

  it('do not speak of times beyond 2^63', () => {
    const field = new Uint8Array(72);
    field[0] = 0x80;
    expect(refusalOf(() => parseCosignature(field))).toBe('bad-cosignature');
    field.fill(0xff, 1, 8)[0] = 0x7f;
    expect(parseCosignature(field).timestamp).toBe(2n ** 63n - 1n);
  });
});

describe('a checkpoint', () => {
  const keys = { log: [log.key, other.key], witnesses: [witness.key] };
  it('is opened with the key of its own log', async () => {
    const found = await openCheckpoint(write(byLog, byWitness), keys);
    expect(found.checkpoint.size).toBe(5n);
    expect(found.signedBy.map(({ name }) => name)).toEqual(['log.example']);
    expect(found.cosignedBy.map(({ name }) => name)).toEqual(['witness.example']);
  });

  it('is not opened by another log, or by a witness alone', async () => {
    const byOther = await signLine(text, other);
    expect(await refusalOfAsync(() => openCheckpoint(write(byOther), keys))).toBe('wrong-origin');
    expect(await refusalOfAsync(() => openCheckpoint(write(byWitness), keys))).toBe('no-trusted-signature');
  });
});
