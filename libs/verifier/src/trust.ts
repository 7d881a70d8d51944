import { parseCheckpoint } from '#transparency-log/checkpoint';
import { parseVerifierKey, type VerifierKey } from '#transparency-log/key';
import { parsePolicy, type Policy } from '#transparency-log/policy';
import type { Sha256 } from '#transparency-log/sha256';
import { type TreeHasher, treeHasher } from '#transparency-log/tree-hasher';

/** What the officer brings along, from outside the bundle: nothing in a bundle can vouch for itself. */
export interface Trust {
  readonly sha256: Sha256;
  readonly hasher: TreeHasher;
  /** Keys of the log; none: nobody is trusted, and the verdict says so. */
  readonly logKeys: readonly VerifierKey[];
  readonly policy: Policy | undefined;
  /** A checkpoint of this log that was kept earlier. */
  readonly earlier: string | Uint8Array | undefined;
}

export interface GivenTrust {
  /** Keys as the council publishes them: NAME+ID+BASE64. */
  readonly keys?: readonly string[] | undefined;
  readonly policy?: string | Uint8Array | undefined;
  readonly earlier?: string | Uint8Array | undefined;
}

/** @throws VerificationError for a key, a policy or a checkpoint that cannot be read. */
export const readTrust = ({ keys = [], policy, earlier }: GivenTrust, sha256: Sha256): Trust => {
  const parsed = policy === undefined ? undefined : parsePolicy(policy, sha256);
  if (earlier !== undefined) parseCheckpoint(earlier);
  const pinned = keys.map((key) => parseVerifierKey(key.trim(), sha256));
  return {
    sha256,
    hasher: treeHasher(sha256),
    logKeys: pinned.length > 0 ? pinned : (parsed?.logs.map(({ key }) => key) ?? []),
    policy: parsed,
    earlier,
  };
};
