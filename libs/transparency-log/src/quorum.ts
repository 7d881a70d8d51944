import type { VerifierKey } from './key.js';
import { type OpenedCheckpoint, openCheckpoint } from './open-checkpoint.js';
import type { Policy } from './policy.js';
import { VerificationError } from './verification-error.js';

/** Whether the witnesses named have reached the policy's quorum. Groups come after their members, so one pass is enough. */
export const hasQuorum = (policy: Policy, cosigned: ReadonlySet<string>): boolean => {
  if (policy.quorum === undefined) return true;
  const met = new Set(policy.witnesses.map(({ name }) => name).filter((name) => cosigned.has(name)));
  for (const { name, threshold, members } of policy.groups)
    if (members.filter((member) => met.has(member)).length >= threshold) met.add(name);
  return met.has(policy.quorum);
};

export interface PolicyVerdict extends OpenedCheckpoint {
  readonly isQuorum: boolean;
  /** Who cosigned, by their names in the policy, and the time each vouches for (POSIX seconds). */
  readonly witnesses: readonly { readonly name: string; readonly timestamp: bigint | undefined }[];
}

/**
 * A checkpoint by a policy. Missing witnesses are a verdict, not an error: "signed, but not yet witnessed" is a state.
 * @throws VerificationError when no log of the policy (or of `logs`, for a policy that names none) has signed it.
 */
export const judgeCheckpoint = async (
  note: string | Uint8Array,
  policy: Policy,
  logs: readonly VerifierKey[] = policy.logs.map(({ key }) => key),
): Promise<PolicyVerdict> => {
  if (logs.length === 0) throw new VerificationError('no-log-key', 'the policy names no log to believe');
  const opened = await openCheckpoint(note, { log: logs, witnesses: policy.witnesses.map(({ key }) => key) });
  const witnesses = policy.witnesses.flatMap(({ name, key }) =>
    opened.cosignedBy.filter((line) => line.key === key).map(({ timestamp }) => ({ name, timestamp })),
  );
  return { ...opened, witnesses, isQuorum: hasQuorum(policy, new Set(witnesses.map(({ name }) => name))) };
};
