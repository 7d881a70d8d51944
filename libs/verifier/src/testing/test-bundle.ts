import { cosign } from '#transparency-log/cosignature';
import { formatCheckpointText, parseCheckpoint } from '#transparency-log/checkpoint';
import { formatNote } from '#transparency-log/note';
import { formatVerifierKey, KEY_TYPES } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { signLine } from '#transparency-log/sign-note';
import { grown, hasher } from '#transparency-log/testing/grown-tree';
import { signerNamed } from '#transparency-log/testing/signers';
import { consistencyProof, inclusionProof } from '#transparency-log/tree-proofs';
import type { BundleFile } from '../bundle-files.js';
import { makeBundle } from '../make-bundle.js';
import { readTrust, type Trust } from '../trust.js';
import { exampleLog, type TestLog } from './test-log.js';

export const ORIGIN = 'ledger.essex.example/record';
const WITNESSES = ['north', 'east', 'south'];

/** Signs like the council, and cosigns like its witnesses. */
export const council = async (name = ORIGIN) => {
  const signer = await signerNamed(name, KEY_TYPES.ed25519);
  const witnesses = await Promise.all(WITNESSES.map((each) => signerNamed(`${each}.example`, KEY_TYPES.cosignature)));
  const key = formatVerifierKey(signer.key);
  const policy = [
    `log ${key}`,
    ...witnesses.map((each, at) => `witness ${WITNESSES[at]} ${formatVerifierKey(each.key)}`),
    `group all 2 ${WITNESSES.join(' ')}`.replace('group all', 'group two'),
    'quorum two',
    '',
  ].join('\n');
  const note = async (size: number, root: Uint8Array, cosigners = witnesses.length): Promise<string> => {
    const text = formatCheckpointText({ origin: name, size, root });
    const lines = [await signLine(text, signer)];
    for (const each of witnesses.slice(0, cosigners)) lines.push(await cosign(text, each, 1_795_600_000));
    return formatNote({ text, signatures: lines });
  };
  return { key, policy, note };
};

export interface TestBundle {
  readonly files: BundleFile[];
  readonly trust: Trust;
  readonly given: { readonly key: string; readonly policy: string; readonly earlier: string };
  readonly note: string;
}

export interface BundleWish {
  readonly views?: number;
  readonly keys?: boolean;
  readonly streams?: 'all' | readonly string[];
  readonly cosigners?: number;
  /** Changes the log before it is signed: what a dishonest council would do. */
  readonly before?: (log: TestLog, about: string) => void;
}

export const bundleOf = async (
  log: TestLog,
  about: string,
  cited: readonly number[],
  wish: BundleWish = {},
): Promise<TestBundle> => {
  // prettier-ignore
  const { key, policy, note } = await council();
  const { nodes, roots } = grown(log.leaves);
  const size = log.leaves.length;
  const old = Math.floor(size / 3);
  const earlier = await note(old, roots[old]!);
  const sealed = await note(size, roots[size]!, wish.cosigners);
  const files: BundleFile[] = [];
  const source = {
    note: sealed,
    leaves: () => log.leaves,
    inclusionProof: (leaf: number) => inclusionProof(hasher, nodes, leaf, size),
    history: [{ note: earlier, proof: consistencyProof(hasher, nodes, old, size) }],
    policy,
    scope: { streams: wish.streams ?? 'all', keys: wish.keys ?? true, cited },
    about,
    ciphertext: (digest: string) => log.ciphertexts.get(digest),
    key: (kid: string) => log.keys.get(kid),
  };
  for await (const file of makeBundle(source, nodeSha256)) files.push(file);
  const oldest = await note(5, roots[5]!);
  const given = { key, policy, earlier: oldest };
  const trust = readTrust({ keys: [key], policy, earlier: oldest }, nodeSha256);
  return { files, trust, given, note: parseCheckpoint(sealed) && sealed };
};

export const testBundle = (wish: BundleWish = {}): Promise<TestBundle> => {
  const { log, about, cited } = exampleLog(wish.views ?? 300);
  wish.before?.(log, about);
  return bundleOf(log, about, cited, wish);
};
