import type { VerifierKey } from './key.js';
import type { Policy } from './policy.js';
import { parseProofFile } from './proof-file.js';
import { judgeCheckpoint, type PolicyVerdict } from './quorum.js';
import type { TreeHasher } from './tree-hasher.js';
import { VerificationError } from './verification-error.js';
import { verifyInclusion } from './verify-tree.js';

export interface ProvenLeaf extends PolicyVerdict {
  readonly index: bigint;
}

/**
 * The four steps of tlog-proof, without the quorum, which the answer tells: for what has been signed but not yet seen
 * by witnesses. `leafHash` is the caller's own, made from the data at hand.
 * @throws VerificationError unless a log of the policy has signed a tree with that leaf.
 */
export const judgeProofFile = async (
  file: string | Uint8Array,
  leafHash: Uint8Array,
  trust: { readonly hasher: TreeHasher; readonly policy: Policy; readonly logs?: readonly VerifierKey[] },
): Promise<ProvenLeaf> => {
  const { index, path, note, checkpoint } = parseProofFile(file);
  const verdict = await judgeCheckpoint(note, trust.policy, trust.logs);
  const { size, root } = checkpoint;
  verifyInclusion(trust.hasher, { index, size, leafHash, path, root });
  return { ...verdict, index };
};

/** @throws VerificationError also when too few witnesses have cosigned. */
export const verifyProofFile = async (...what: Parameters<typeof judgeProofFile>): Promise<ProvenLeaf> => {
  const proven = await judgeProofFile(...what);
  if (!proven.isQuorum) throw new VerificationError('no-quorum', 'too few witnesses have cosigned the checkpoint');
  return proven;
};
