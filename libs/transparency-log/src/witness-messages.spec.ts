import fc from 'fast-check';
import { toBase64 } from './base64.js';
import { formatCheckpointText } from './checkpoint.js';
import { cosign } from './cosignature.js';
import { KEY_TYPES } from './key.js';
import { nodeSha256 } from './node-sha256.js';
import { signLine, signNote } from './sign-note.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';
import { signerNamed } from './testing/signers.js';
import {
  formatAddCheckpoint,
  formatCosignatures,
  formatSizeBody,
  monitorPath,
  parseAddCheckpoint,
  parseSizeBody,
  readCosignatures,
} from './witness-messages.js';

const log = await signerNamed('log.example', KEY_TYPES.ed25519);
const witness = await signerNamed('witness.example', KEY_TYPES.cosignature);
const other = await signerNamed('other.example', KEY_TYPES.cosignature);
const text = formatCheckpointText({ origin: 'log.example', size: 5, root: new Uint8Array(32) });
const note = await signNote(text, [log]);
const hash = new Uint8Array(32).fill(1);
const request = formatAddCheckpoint({ oldSize: 3, proof: [hash, hash], note });

describe('a request to a witness', () => {
  it('is read as it is written', () => {
    expect(request).toBe(`old 3\n${toBase64(hash)}\n${toBase64(hash)}\n\n${note}`);
    expect(parseAddCheckpoint(request)).toMatchObject({ oldSize: 3n, proof: [hash, hash], note: { text } });
    const most = Array.from({ length: 63 }, () => hash);
    expect(parseAddCheckpoint(formatAddCheckpoint({ oldSize: 2n ** 64n - 1n, proof: most, note })).proof.length).toBe(
      63,
    );
    expect(parseAddCheckpoint(`old 0\n\n${note}`).proof).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['no old size', request.slice(request.indexOf('\n') + 1)],
    ['a zero before the size', request.replace('old 3', 'old 03')],
    ['a sign before the size', request.replace('old 3', 'old +3')],
    ['a negative size', request.replace('old 3', 'old -3')],
    ['two spaces', request.replace('old 3', 'old  3')],
    ['a tab', request.replace('old 3', 'old\t3')],
    ['a capital', request.replace('old 3', 'Old 3')],
    ['a size beyond 64 bits', request.replace('old 3', 'old 18446744073709551616')],
    ['Windows newlines', request.replaceAll('\n', '\r\n')],
    ['64 lines of proof', `old 3\n${`${toBase64(hash)}\n`.repeat(64)}\n${note}`],
    ['a short hash', request.replace(toBase64(hash), 'AQ==')],
    ['leftover bits', request.replace(toBase64(hash), toBase64(hash).replace('E=', 'F='))],
    ['no blank line', request.replace('\n\n', '\n')],
    ['a blank line too many', request.replace('\n\n', '\n\n\n')],
    ['no checkpoint', `old 3\n\n`],
    ['a checkpoint without signatures', `old 3\n\n${text}`],
    ['a note that is no checkpoint', `old 3\n\nlog\n\n${note.slice(note.lastIndexOf('\u2014'))}`],
    ['no final newline', request.slice(0, -1)],
  ])('is not made of %s', (_, bad) => expect(refusalOf(() => parseAddCheckpoint(bad))).not.toBe('accepted'));

  it('is refused or written back the same, whatever happens to it', () => {
    const putIn = fc.constantFrom('', '\n', '\n\n', ' ', '0', '=', '\r', 'old 1\n', `${toBase64(hash)}\n`, '\u2014 ');
    fc.assert(
      fc.property(fc.nat(request.length), putIn, fc.nat(3), (at, put, drop) => {
        const bent = request.slice(0, at) + put + request.slice(at + drop);
        if (refusalOf(() => parseAddCheckpoint(bent)) !== 'accepted') return;
        const { oldSize, proof } = parseAddCheckpoint(bent);
        expect(formatAddCheckpoint({ oldSize, proof, note: bent.slice(bent.indexOf('\n\n') + 2) })).toBe(bent);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the answer of a witness', () => {
  it('is its cosignatures, and those of others are passed over', async () => {
    const lines = [await cosign(text, other, 9), await cosign(text, witness, 7)];
    const found = await readCosignatures(formatCosignatures(lines), text, [witness.key]);
    expect(found.map(({ name, timestamp }) => [name, timestamp])).toEqual([['witness.example', 7n]]);
  });

  it('is not believed for another checkpoint, from others alone, without a time, or cut short', async () => {
    const body = formatCosignatures([await cosign(text, witness, 7)]);
    const read = (answer: string, about = text, keys = [witness.key]) =>
      refusalOfAsync(() => readCosignatures(answer, about, keys));
    expect(await read(body)).toBe('accepted');
    expect(await read(body, text.replace('5', '6'))).toBe('bad-signature');
    expect(await read(body, text, [other.key])).toBe('no-trusted-signature');
    expect(await read(formatCosignatures([await signLine(text, log)]), text, [log.key])).toBe('bad-response');
    for (const bad of ['', '\n', body.slice(0, -1), `${body}\n`, note]) expect(await read(bad)).not.toBe('accepted');
  });

  it('of 409 is a size and a newline', () => {
    expect(formatSizeBody(5)).toBe('5\n');
    expect(parseSizeBody('18446744073709551615\n')).toBe(2n ** 64n - 1n);
    for (const bad of ['', '\n', '5', '5\r\n', '05\n', '5\n\n', ' 5\n', '-1\n', '5 \n', '1'.repeat(200)])
      expect(refusalOf(() => parseSizeBody(bad))).not.toBe('accepted');
  });

  it('is also shown under the hash of the origin', () =>
    expect(monitorPath('', nodeSha256)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/checkpoint',
    ));
});
