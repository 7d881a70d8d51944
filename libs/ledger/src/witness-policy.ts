import { readFileSync } from 'node:fs';
import { formatVerifierKey, type VerifierKey } from '#transparency-log/key';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { parsePolicy, type Policy, policyWord } from '#transparency-log/policy';

/** Nobody is asked and nobody is watched: what a single server says of itself until others take part. */
export const NO_WITNESSES: Policy = { logs: [], witnesses: [], groups: [], quorum: undefined };

/**
 * One file for both sides (C2SP tlog-policy): its `witness` lines are whom we ask, its `log` lines whom we watch.
 * @throws Error that names the file and the line.
 */
export const readWitnessPolicy = (path: string): Policy => {
  try {
    return parsePolicy(readFileSync(path), nodeSha256);
  } catch (error) {
    throw new Error(`WITNESS_POLICY ${path}: ${error instanceof Error ? error.message : 'it cannot be read'}`, {
      cause: error,
    });
  }
};

/** What others need to check this log: our key, whom we ask, and how many of them it takes. */
export const publicPolicy = (log: VerifierKey, url: string, { witnesses, groups, quorum }: Policy): string => {
  const lines = [
    `log ${formatVerifierKey(log)} ${url}`,
    ...witnesses.map(
      ({ name, key, url: at }) => `witness ${policyWord(name)} ${formatVerifierKey(key)}${at ? ` ${policyWord(at)}` : ''}`,
    ),
    ...groups.map(
      ({ name, threshold, members }) => `group ${policyWord(name)} ${threshold} ${members.map(policyWord).join(' ')}`,
    ),
    `quorum ${quorum === undefined ? 'none' : policyWord(quorum)}`,
  ]; // prettier-ignore
  return `${lines.join('\n')}\n`;
};
