import { hasQuorum } from '#transparency-log/quorum';
import { policyWord } from '#transparency-log/policy';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyNote } from '#transparency-log/verify-note';
import type { Findings } from './finding.js';
import { CHECKPOINT } from './paths.js';
import type { Outcome, Seal } from './seal.js';
import type { Trust } from './trust.js';

/** The last second that a date can say. */
const LAST_SECOND = 8_640_000_000_000n;

const day = (seconds: bigint): string =>
  seconds > LAST_SECOND
    ? 'a time that no calendar has'
    : `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`;

/** Level 2: each witness by itself, so that one bad line does not hide the others. */
export const checkWitnesses = async (seal: Seal, { policy }: Trust, findings: Findings): Promise<Outcome> => {
  if (!seal.read) return { state: 'wrong', says: 'There is no seal that could have been seen.' };
  if (!policy)
    return { state: 'not-checked', says: 'You gave no list of witnesses (a policy). Nothing is known about who else has seen this record.' }; // prettier-ignore
  const cosigned = new Map<string, bigint>();
  for (const { name, key } of policy.witnesses) {
    const word = policyWord(name);
    try {
      const { verified } = await verifyNote(seal.read.note, [key]);
      cosigned.set(name, verified[0]?.timestamp ?? 0n);
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      if (error.code === 'no-trusted-signature' || error.code === 'cannot-verify-here') continue;
      findings.add(
        'witness-bad',
        { file: CHECKPOINT },
        `The signature of the witness ${word} is not good: ${error.message}.`,
      );
    }
  }
  const newest = [...cosigned.values()].reduce((a, b) => (a > b ? a : b), 0n);
  const when = newest > 0n ? `, the last at ${day(newest)}` : '';
  const says = `${cosigned.size} of ${policy.witnesses.length} witnesses have seen this record${when}.`;
  if (findings.has('witness-bad')) return { state: 'wrong', says };
  if (hasQuorum(policy, new Set(cosigned.keys())))
    return { state: 'good', says: policy.quorum === undefined ? `${says} Your policy asks for none.` : says };
  findings.add('too-few-witnesses', { file: CHECKPOINT }, `${says} Your policy asks for more.`);
  return { state: 'wrong', says: `${says} That is too few for your policy.` };
};
