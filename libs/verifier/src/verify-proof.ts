import { toBase64 } from '#transparency-log/base64';
import { utf8 } from '#transparency-log/bytes';
import { parseProofFile, type ProofFile } from '#transparency-log/proof-file';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyInclusion } from '#transparency-log/verify-tree';
import { memoryFiles } from './bundle-files.js';
import { readEnvelope } from './envelope.js';
import { Findings } from './finding.js';
import { CHECKPOINT } from './paths.js';
import { checkSeal, type Outcome } from './seal.js';
import type { Trust } from './trust.js';
import type { Verdict } from './verdict.js';
import { checkWitnesses } from './witnesses.js';
import { type LevelId, NOT_PROVEN, TITLES } from './words.js';

/** How every tlog-proof begins, whichever its version. */
const HEADER = utf8('c2sp.org/tlog-proof@');

export const isProofFile = (bytes: Uint8Array): boolean => HEADER.every((byte, at) => bytes[at] === byte);

const NO_ENTRY =
  'You brought no entry, and the file holds none. So it cannot be told what this is a proof of. Get the entry from the address that your receipt names.';
const NOT_DONE = 'That anything was done about it. It shows that something was written down, not what became of it.';
const LEVELS: readonly LevelId[] = ['signed', 'cosigned', 'included'];

/** Whether the path leads from the entry to the root that was signed. */
const checkIncluded = (proof: ProofFile, given: Uint8Array | undefined, trust: Trust, findings: Findings): Outcome => {
  const { index, path, checkpoint } = proof;
  const entry = given ?? proof.extra;
  if (!entry) return { state: 'not-checked', says: NO_ENTRY };
  const { size, root } = checkpoint;
  try {
    verifyInclusion(trust.hasher, { index, size, leafHash: trust.hasher.leaf(entry), path, root });
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings.add('not-included', {}, `The proof does not lead from this entry to the root that was signed: ${error.message}.`); // prettier-ignore
    return { state: 'wrong', says: 'This entry is not the one that the proof is for, or the proof was changed.' };
  }
  const read = readEnvelope(0, entry);
  const what =
    typeof read === 'string' || 'foreign' in read ? '' : ` It is a ${read.type}, written down on ${read.recordedAt}.`;
  return { state: 'good', says: `The entry is number ${index + 1n} of ${size} in the record.${what}` };
};

/** What it shows, in one sentence; it never says more than was checked. */
const shows = (signed: Outcome, included: Outcome, index: bigint): string => {
  if (signed.state === 'wrong' || included.state === 'wrong') return 'It shows nothing: something in it is wrong.';
  if (included.state !== 'good') return 'It shows nothing yet, because the entry itself is missing.';
  if (signed.state !== 'good')
    return 'It shows that the entry fits the record that the file names. Whose record that is, nobody has vouched for: you gave no key.';
  return `It shows that this entry was written down, and stands as number ${index + 1n} in the record that was signed.`;
};

/**
 * Judges a single proof (C2SP tlog-proof), such as a receipt, with the words and levels of a bundle's verdict. `entry`:
 * the bytes that it is for; left out: those that the file brings along (`extra`), which its hash then vouches for.
 * @throws VerificationError when this is no proof file. What is wrong in one is in the verdict.
 */
export const verifyProof = async (
  file: Uint8Array,
  entry: Uint8Array | undefined,
  trust: Trust,
): Promise<Verdict & { readonly shows: string }> => {
  const proof = parseProofFile(file);
  const findings = new Findings();
  const seal = await checkSeal(memoryFiles([{ path: CHECKPOINT, bytes: utf8(proof.note) }]), trust, findings);
  const included = checkIncluded(proof, entry, trust, findings);
  const outcomes = { signed: seal.outcome, cosigned: await checkWitnesses(seal, trust, findings), included };
  const { origin, size, root } = proof.checkpoint;
  return {
    origin,
    size: size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : null,
    root: toBase64(root),
    shows: shows(seal.outcome, included, proof.index),
    levels: LEVELS.map((id) => ({ id, title: TITLES[id], ...outcomes[id as keyof typeof outcomes], findings: findings.of(id), more: findings.more(id) })), // prettier-ignore
    notProven: [NOT_DONE, ...NOT_PROVEN],
  };
};
