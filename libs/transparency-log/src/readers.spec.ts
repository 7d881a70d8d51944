import fc from 'fast-check';
import { fromBase64 } from './base64.js';
import { parseCheckpoint } from './checkpoint.js';
import { parseCosignature } from './cosignature.js';
import { parseBundle } from './entry-bundle.js';
import { formatVerifierKey, KEY_TYPES, parseVerifierKey } from './key.js';
import { nodeSha256 } from './node-sha256.js';
import { MAX_NOTE_BYTES, parseNote, parseSignatureLines } from './note.js';
import { parsePolicy } from './policy.js';
import { parseProofFile } from './proof-file.js';
import { parseSigningKey } from './signing-key.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';
import { signerNamed } from './testing/signers.js';
import { parseTilePath } from './tile-path.js';
import { parseTile } from './tiles.js';
import { readSubmission } from './witness-decision.js';
import { parseAddCheckpoint, parseSizeBody } from './witness-messages.js';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const readers: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  note: parseNote,
  'signature lines': parseSignatureLines,
  checkpoint: parseCheckpoint,
  'proof file': parseProofFile,
  'request to a witness': parseAddCheckpoint,
  'size in an answer': parseSizeBody,
  policy: (bytes) => parsePolicy(bytes, nodeSha256),
  key: (bytes) => parseVerifierKey(latin1(bytes), nodeSha256),
  'path of a tile': (bytes) => parseTilePath(latin1(bytes)),
  bundle: (bytes) => parseBundle(bytes, 256),
  tile: (bytes) => parseTile(bytes, 255),
  cosignature: parseCosignature,
  base64: (bytes) => fromBase64(latin1(bytes)),
};
/** Words that mean something to one reader or another, so that chance gets past the first line. */
const words = fc.constantFrom(
  ...['\n', '\n\n', ' ', '\u2014 ', 'log ', 'witness ', 'group ', 'quorum ', 'none', 'any', 'old ', 'index ', 'extra '],
  ...['c2sp.org/tlog-proof@v1\n', '0', '1', '18446744073709551615', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  ...['log.example', '+', 'AQIDBAU=', 'tile/', 'entries/', 'x', '000', '.p/', '\r', '\0', '\ufeff', '\u00a0', '😀'],
);
const inputs = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(words, { maxLength: 30 }).map((parts) => new TextEncoder().encode(parts.join(''))),
);

describe.each(Object.entries(readers))('the reader of a %s', (_, read) => {
  it('fails in one way only, whatever it is given', () =>
    fc.assert(
      fc.property(inputs, (bytes) => {
        // refusalOf lets every other error through, which fails the test.
        expect(typeof refusalOf(() => read(bytes))).toBe('string');
      }),
      { numRuns: 2_000 },
    ));

  it.each([
    ['newlines', '\n'],
    ['dashes', '\u2014 a AQIDBAU=\n'],
    ['letters', 'A'],
    ['digits', '9'],
    ['groups', 'x001/'],
    ['comments', '#\n'],
    ['pluses', '+'],
  ])('answers at once about a million %s', (__, unit) => {
    const bytes = new TextEncoder().encode(unit.repeat(MAX_NOTE_BYTES / unit.length));
    const before = performance.now();
    refusalOf(() => read(bytes));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});

describe('what answers later', () => {
  it('fails in one way only, too', async () => {
    const log = await signerNamed('log.example', KEY_TYPES.ed25519);
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        expect((await readSubmission(bytes, () => [log.key])).isRefused).toBe(true);
        const text = `PRIVATE+KEY+${latin1(bytes)}`;
        expect(await refusalOfAsync(() => parseSigningKey(text, nodeSha256))).not.toBe('accepted');
        expect(formatVerifierKey(log.key)).not.toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
