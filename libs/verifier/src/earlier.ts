import { sameBytes } from '#transparency-log/bytes';
import { parseCheckpoint } from '#transparency-log/checkpoint';
import { linesOf } from '#transparency-log/note';
import { parseHashLines } from '#transparency-log/note-preamble';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { textOf } from '#transparency-log/bytes';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyConsistency } from '#transparency-log/verify-tree';
import type { BundleFiles } from './bundle-files.js';
import type { Findings } from './finding.js';
import { consistencyPath, parseBundlePath } from './paths.js';
import type { Outcome, Seal } from './seal.js';
import type { Trust } from './trust.js';
import type { WholeRecord } from './whole.js';

export const parseConsistency = (bytes: Uint8Array): Uint8Array[] => {
  const text = textOf(bytes, 10_000, 'the proof');
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new VerificationError('bad-proof', 'the proof is cut short');
  return parseHashLines(linesOf(text));
};

/** Sizes of checkpoints that came with the bundle or with the officer: the roots at which must be worked out. */
export const sizesToAsk = (files: BundleFiles, { earlier }: Trust): Set<number> => {
  const sizes = new Set<number>();
  for (const path of files.paths) {
    const parsed = parseBundlePath(path);
    if (parsed?.kind === 'history') sizes.add(parsed.index);
  }
  if (earlier !== undefined) sizes.add(Number(parseCheckpoint(earlier).checkpoint.size));
  return sizes;
};

interface Found {
  readonly seal: Seal;
  readonly whole: WholeRecord;
  readonly isWhole: boolean;
}

/** What could be said about one earlier seal. `unknown`: the entries are not the signed ones, and no proof came along. */
type Fits = 'fits' | 'contradicts' | 'unknown' | 'newer' | 'proof-bad';

const fits = async (
  files: BundleFiles,
  bytes: string | Uint8Array,
  trust: Trust,
  { seal, whole, isWhole }: Found,
): Promise<Fits> => {
  // prettier-ignore
  const { checkpoint } = await openCheckpoint(bytes, { log: seal.keys, witnesses: [] });
  const now = seal.read?.checkpoint;
  if (!now) return 'unknown';
  if (checkpoint.size > now.size) return 'newer';
  const size = Number(checkpoint.size);
  const computed = whole.rootAt(size);
  if (isWhole && computed && !sameBytes(computed, checkpoint.root)) return 'contradicts';
  const path = consistencyPath(size);
  if (files.paths.includes(path) && size > 0) {
    try {
      const proof = parseConsistency(await files.read(path));
      verifyConsistency(trust.hasher, { oldSize: checkpoint.size, oldRoot: checkpoint.root, size: now.size, root: now.root, path: proof }); // prettier-ignore
      return 'fits';
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      return 'proof-bad';
    }
  }
  return isWhole ? 'fits' : 'unknown';
};

/** How many entries from the first on are vouched for by an earlier seal that they still lead to. */
export const goodBeginning = async (
  files: BundleFiles,
  trust: Trust,
  seal: Seal,
  whole: WholeRecord,
): Promise<number> => {
  const notes: (string | Uint8Array)[] = trust.earlier === undefined ? [] : [trust.earlier];
  for (const path of files.paths) if (parseBundlePath(path)?.kind === 'history') notes.push(await files.read(path));
  let good = 0;
  for (const note of notes) {
    try {
      const { size, root } = (await openCheckpoint(note, { log: seal.keys, witnesses: [] })).checkpoint;
      const computed = whole.rootAt(Number(size));
      if (computed && sameBytes(computed, root)) good = Math.max(good, Number(size));
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
    }
  }
  return good;
};

/** The checkpoints that came with the bundle. */
const checkHistory = async (files: BundleFiles, trust: Trust, found: Found, findings: Findings): Promise<number> => {
  let good = 0;
  for (const file of files.paths) {
    const parsed = parseBundlePath(file);
    if (parsed?.kind === 'consistency' && !files.paths.includes(`history/${parsed.index}.checkpoint`))
      findings.add('history-bad', { file }, `The proof ${file} has no checkpoint that it belongs to.`);
    if (parsed?.kind !== 'history') continue;
    try {
      const bytes = await files.read(file);
      if (parseCheckpoint(bytes).checkpoint.size !== BigInt(parsed.index))
        findings.add('history-bad', { file }, `The checkpoint in ${file} is of another size than its name.`);
      const outcome = await fits(files, bytes, trust, found);
      if (outcome === 'fits') good += 1;
      if (outcome === 'contradicts')
        findings.add('earlier-differs', { leaf: 0, upTo: parsed.index - 1, file }, `The checkpoint in ${file} is signed, but its first ${parsed.index} entries are not the ones of this record.`); // prettier-ignore
      if (outcome === 'newer')
        findings.add('history-bad', { file }, `The checkpoint in ${file} is newer than the bundle.`);
      if (outcome === 'proof-bad')
        findings.add('history-bad', { file: consistencyPath(parsed.index) }, `The proof that belongs to ${file} does not lead from it to the seal.`); // prettier-ignore
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      findings.add('history-bad', { file }, `The checkpoint in ${file} cannot be believed: ${error.message}.`);
    }
  }
  return good;
};

const SAYS: Readonly<Record<Exclude<Fits, 'proof-bad'>, (size: bigint) => Outcome>> = {
  fits: (size) => ({ state: 'good', says: `Your checkpoint with ${size} entries is the beginning of this record.` }),
  contradicts: () => ({
    state: 'wrong',
    says: 'Your checkpoint and this bundle contradict each other, and both are signed.',
  }),
  unknown: (size) => ({ state: 'not-checked', says: `Whether your checkpoint with ${size} entries fits cannot be told, because the entries are not the signed ones.` }), // prettier-ignore
  newer: (size) => ({ state: 'wrong', says: `Your checkpoint has ${size} entries, more than this bundle.` }),
};

/** Level 4. */
export const checkEarlier = async (
  files: BundleFiles,
  trust: Trust,
  found: Found,
  findings: Findings,
): Promise<Outcome> => {
  const good = await checkHistory(files, trust, found, findings);
  const brought = good === 0 ? '' : ` ${good} checkpoint(s) that came with the bundle fit.`;
  const withFindings = (outcome: Outcome): Outcome =>
    findings.of('earlier').length > 0 ? { ...outcome, state: 'wrong' } : outcome;
  if (trust.earlier === undefined)
    return withFindings({ state: 'not-checked', says: `You gave no checkpoint that you kept earlier.${brought}` });
  const { size } = parseCheckpoint(trust.earlier).checkpoint;
  try {
    const outcome = await fits(files, trust.earlier, trust, found);
    const known = outcome === 'proof-bad' ? (found.isWhole ? 'fits' : 'unknown') : outcome;
    if (known === 'newer') findings.add('earlier-newer', {}, SAYS.newer(size).says);
    if (known === 'contradicts') findings.add('earlier-differs', { leaf: 0, upTo: Number(size) - 1 }, SAYS.contradicts(size).says); // prettier-ignore
    const { state, says } = SAYS[known](size);
    return withFindings({ state, says: `${says}${brought}` });
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings.add('earlier-bad', {}, `Your checkpoint cannot be compared: ${error.message}.`);
    return { state: 'wrong', says: 'Your checkpoint is not one that this log has signed.' };
  }
};
