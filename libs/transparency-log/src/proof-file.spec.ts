import fc from 'fast-check';
import { toBase64 } from './base64.js';
import { utf8 } from './bytes.js';
import { formatCheckpointText } from './checkpoint.js';
import { cosign } from './cosignature.js';
import { formatVerifierKey, KEY_TYPES } from './key.js';
import { formatNote } from './note.js';
import { nodeSha256 } from './node-sha256.js';
import { parsePolicy } from './policy.js';
import { formatProofFile, parseProofFile } from './proof-file.js';
import { signLine } from './sign-note.js';
import { byteLeaves, grown, hasher } from './testing/grown-tree.js';
import { refusalOf, refusalOfAsync } from './testing/refusal.js';
import { signerNamed } from './testing/signers.js';
import { inclusionProof } from './tree-proofs.js';
import { judgeProofFile, verifyProofFile } from './verify-proof-file.js';

const leaves = byteLeaves(11);
const { nodes, roots } = grown(leaves);
const log = await signerNamed('log.example', KEY_TYPES.ed25519);
const witness = await signerNamed('witness.example', KEY_TYPES.cosignature);
const text = formatCheckpointText({ origin: 'log.example', size: 11, root: roots[11]! });
const signatures = [await signLine(text, log), await cosign(text, witness, 1_700_000_000)];
const note = formatNote({ text, signatures });
const path = inclusionProof(hasher, nodes, 10, 11);
const file = formatProofFile({ index: 10, path, note });
const withExtra = formatProofFile({ extra: utf8('the event'), index: 10, path, note });

const policy = parsePolicy(
  `log ${formatVerifierKey(log.key)}\nwitness w ${formatVerifierKey(witness.key)}\nquorum w\n`,
  nodeSha256,
);
const trust = { hasher, policy };
const leafHash = hasher.leaf(leaves[10]!);

describe('a proof file', () => {
  it('is read as it is written', () => {
    expect(parseProofFile(file)).toMatchObject({ extra: undefined, index: 10n, path, note });
    expect(parseProofFile(utf8(withExtra)).extra).toEqual(utf8('the event'));
    expect(formatProofFile(parseProofFile(withExtra))).toBe(withExtra);
    const alone = formatProofFile({ index: 0, path: [], note });
    expect(parseProofFile(alone).path).toEqual([]);
  });

  const hash = toBase64(path[0]!);
  it.each([
    ['another version', file.replace('@v1', '@v2')],
    ['no header', file.slice(file.indexOf('\n') + 1)],
    ['a space after the header', file.replace('@v1', '@v1 ')],
    ['Windows newlines', file.replaceAll('\n', '\r\n')],
    ['no index', file.replace(/index.*\n/, '')],
    ['an index with a zero before', file.replace('index 10', 'index 010')],
    ['an index with a plus', file.replace('index 10', 'index +10')],
    ['an index beyond 64 bits', file.replace('index 10', 'index 18446744073709551616')],
    ['two spaces', file.replace('index 10', 'index  10')],
    ['two indexes', file.replace('index 10\n', 'index 10\nindex 10\n')],
    ['an empty extra', file.replace('index', 'extra \nindex')],
    ['an extra that is not base64', file.replace('index', 'extra Zh==\nindex')],
    ['two extras', withExtra.replace('index', 'extra Zg==\nindex')],
    ['an extra after the index', file.replace('index 10\n', 'index 10\nextra Zg==\n')],
    ['a short hash', file.replace(hash, toBase64(path[0]!.slice(1)))],
    ['an unpadded hash', file.replace(hash, hash.slice(0, -1))],
    ['too many hashes', file.replace(hash, `${hash}\n`.repeat(70).trim())],
    ['a blank line too many', file.replace('\n\n', '\n\n\n')],
    ['no blank line', file.replace('\n\n', '\n')],
    ['no checkpoint', file.slice(0, file.indexOf('\n\n') + 2)],
    ['no signatures', file.slice(0, file.lastIndexOf('\n\n') + 2)],
    ['no final newline', file.slice(0, -1)],
    ['something after it', `${file}more\n`],
  ])('is not made of %s', (_, bad) => expect(refusalOf(() => parseProofFile(bad))).not.toBe('accepted'));

  it('is refused or given back the same, whatever happens to it', () => {
    const putIn = fc.constantFrom('', '\n', ' ', '0', '=', '\r', '\0', 'extra Zg==\n', 'index 1\n', `${hash}\n`, 'é');
    fc.assert(
      fc.property(fc.nat(withExtra.length), putIn, fc.nat(3), (at, put, drop) => {
        const bent = withExtra.slice(0, at) + put + withExtra.slice(at + drop);
        if (refusalOf(() => parseProofFile(bent)) === 'accepted')
          expect(formatProofFile(parseProofFile(bent))).toBe(bent);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a proof', () => {
  it('is believed with its leaf, its log and its quorum', async () => {
    const proven = await verifyProofFile(withExtra, leafHash, trust);
    expect([proven.index, proven.checkpoint.size, proven.isQuorum]).toEqual([10n, 11n, true]);
    expect(proven.witnesses).toEqual([{ name: 'w', timestamp: 1_700_000_000n }]);
  });

  it('is not believed for another leaf or another place', async () => {
    expect(await refusalOfAsync(() => verifyProofFile(file, hasher.leaf(leaves[9]!), trust))).toBe('wrong-root');
    for (const index of [0, 9, 11])
      expect(
        await refusalOfAsync(() => verifyProofFile(formatProofFile({ index, path, note }), leafHash, trust)),
      ).toMatch(/^(wrong-root|bad-proof|bad-index)$/);
  });

  it('without its witnesses is signed but has no quorum', async () => {
    const lonely = formatProofFile({ index: 10, path, note: formatNote({ text, signatures: signatures.slice(0, 1) }) });
    expect(await refusalOfAsync(() => verifyProofFile(lonely, leafHash, trust))).toBe('no-quorum');
    expect((await judgeProofFile(lonely, leafHash, trust)).isQuorum).toBe(false);
  });

  it('needs a log to believe', async () => {
    const nobody = { hasher, policy: parsePolicy('quorum none\n', nodeSha256) };
    expect(await refusalOfAsync(() => verifyProofFile(file, leafHash, nobody))).toBe('no-log-key');
    expect(await refusalOfAsync(() => verifyProofFile(file, leafHash, { ...nobody, logs: [log.key] }))).toBe(
      'accepted',
    );
  });

  it('is not believed with any bit of its letters flipped', async () => {
    const bytes = utf8(file);
    let believed = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const bent = bytes.map((byte, here) => (here === at ? byte ^ (1 << (at % 7)) : byte));
      if ((await refusalOfAsync(() => verifyProofFile(bent, leafHash, trust))) === 'accepted') believed += 1;
    }
    expect(believed).toBe(0);
  });
});
