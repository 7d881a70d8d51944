import { parseCheckpoint, type CheckpointNote } from '#transparency-log/checkpoint';
import type { VerifierKey } from '#transparency-log/key';
import { formatVerifierKey } from '#transparency-log/key';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { parsePolicy, type Policy } from '#transparency-log/policy';
import { VerificationError } from '#transparency-log/verification-error';
import type { BundleFiles } from './bundle-files.js';
import type { Findings } from './finding.js';
import { CHECKPOINT, POLICY } from './paths.js';
import type { Trust } from './trust.js';

/** What a level of the verdict comes to. */
export interface Outcome {
  readonly state: 'good' | 'wrong' | 'not-checked';
  readonly says: string;
}

export interface Seal {
  /** The checkpoint as it was in the bundle, and what it says; undefined when it cannot be read. */
  readonly bytes: Uint8Array | undefined;
  readonly read: CheckpointNote | undefined;
  /** The keys that later checks hold other papers against: the trusted ones, or what the bundle itself names. */
  readonly keys: readonly VerifierKey[];
  readonly outcome: Outcome;
}

const wrong = (says: string): Outcome => ({ state: 'wrong', says });
const notChecked = (says: string): Outcome => ({ state: 'not-checked', says });

/** The policy that came with the bundle: good enough to look things up, never to believe. */
export const policyWithin = async (
  files: BundleFiles,
  trust: Trust,
  findings?: Findings,
): Promise<Policy | undefined> => {
  if (!files.paths.includes(POLICY)) return undefined;
  try {
    return parsePolicy(await files.read(POLICY), trust.sha256);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings?.add('policy-bad', { file: POLICY }, `The policy in the bundle cannot be read: ${error.message}.`);
    return undefined;
  }
};

const readCheckpoint = async (files: BundleFiles, findings: Findings) => {
  try {
    const bytes = await files.read(CHECKPOINT);
    return { bytes, read: parseCheckpoint(bytes) };
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings.add('checkpoint-bad', { file: CHECKPOINT }, `The seal of the record cannot be read: ${error.message}.`);
    return undefined;
  }
};

const signature = async (
  bytes: Uint8Array,
  keys: readonly VerifierKey[],
  findings: Findings,
): Promise<Outcome | undefined> => {
  try {
    await openCheckpoint(bytes, { log: keys, witnesses: [] });
    return undefined;
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    if (error.code === 'cannot-verify-here')
      return notChecked('This machine cannot check signatures. Use another browser or the command line.');
    const code = error.code === 'wrong-origin' ? 'wrong-log' : 'not-signed';
    const says = code === 'wrong-log' ? 'The seal is of another record than the key is for' : 'The seal is not signed by the key'; // prettier-ignore
    findings.add(code, { file: CHECKPOINT }, `${says}: ${error.message}.`);
    return wrong(`${says}.`);
  }
};

/** Level 1: who signed. */
export const checkSeal = async (files: BundleFiles, trust: Trust, findings: Findings): Promise<Seal> => {
  const found = await readCheckpoint(files, findings);
  const within = (await policyWithin(files, trust, findings))?.logs.map(({ key }) => key) ?? [];
  const isPinned = trust.logKeys.length > 0;
  const keys = isPinned ? trust.logKeys : within;
  if (!found) return { bytes: undefined, read: undefined, keys, outcome: wrong('There is no seal that can be read.') };
  const done = (outcome: Outcome): Seal => ({ ...found, keys, outcome });
  if (keys.length === 0)
    return done(notChecked('You gave no key, and the bundle names none. Nothing is known about who signed.'));
  const failed = await signature(found.bytes, keys, findings);
  if (failed) return done(failed);
  const { origin, size } = found.read.checkpoint;
  if (isPinned) return done({ state: 'good', says: `The key that you gave has signed the record ${origin} with ${size} entries.` }); // prettier-ignore
  const named = within.map(formatVerifierKey).join(', ');
  return done(notChecked(`You gave no key. The signature fits the key that the bundle itself names, which anybody can arrange. Compare that key with one from elsewhere: ${named}`)); // prettier-ignore
};
