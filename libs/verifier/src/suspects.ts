import { sameBytes } from '#transparency-log/bytes';
import { parseProofFile } from '#transparency-log/proof-file';
import { TreeEdge } from '#transparency-log/tree-edge';
import type { TreeHasher } from '#transparency-log/tree-hasher';
import type { LeafRange } from '#transparency-log/tree-nodes';
import { inclusionRanges } from '#transparency-log/tree-proofs';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyInclusion } from '#transparency-log/verify-tree';
import type { BundleFiles } from './bundle-files.js';
import { BUNDLE_WIDTH, entriesFiles, splitEntries } from './entries.js';
import type { Findings } from './finding.js';
import { parseBundlePath } from './paths.js';

/**
 * When whoever changed the entries made their fingerprints fit, the proofs still tell where: a proof that leads to the
 * signed root names the hashes of subtrees that, together, cover every entry.
 */
interface Stretch extends LeafRange {
  readonly hash: Uint8Array;
}

const MOST_PROOFS = 8;
const MOST_STRETCHES = 12;

const stretchesOf = (file: Uint8Array, hasher: TreeHasher, size: number, root: Uint8Array): Stretch[] => {
  const { index, path, checkpoint } = parseProofFile(file);
  if (checkpoint.size !== BigInt(size) || !sameBytes(checkpoint.root, root)) return [];
  const ranges = inclusionRanges(Number(index), { start: 0, end: size });
  const leaf = { start: Number(index), end: Number(index) + 1 };
  // Which leaf hash the proof is for is not in it; whether any would do is told by the entry that stands there now.
  return ranges.length === path.length ? [...ranges.map((range, at) => ({ ...range, hash: path[at] as Uint8Array })), { ...leaf, hash: hasher.empty }] : []; // prettier-ignore
};

/** The roots of these ranges, which cover the log from the first entry to the last, in one pass. */
const rootsOf = async (
  files: BundleFiles,
  hasher: TreeHasher,
  ranges: readonly LeafRange[],
): Promise<(Uint8Array | undefined)[]> => {
  // prettier-ignore
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const edges = new Map(sorted.map((range) => [range, TreeEdge.empty(hasher)]));
  let [at, leaf] = [0, 0];
  for (const { path, index } of entriesFiles(files, 'entries')) {
    leaf = index * BUNDLE_WIDTH;
    for (const entry of splitEntries(await files.read(path)).entries) {
      while (at < sorted.length && (sorted[at] as LeafRange).end <= leaf) at += 1;
      const range = sorted[at];
      if (range && range.start <= leaf) edges.get(range)?.append(hasher.leaf(entry));
      leaf += 1;
    }
  }
  return ranges.map((range) => {
    const edge = edges.get(range);
    return edge && edge.size === range.end - range.start ? edge.root() : undefined;
  });
};

/** The stretches of the log that are not as this proof has them; undefined when the proof itself does not hold. */
const badStretches = async (
  files: BundleFiles,
  file: Uint8Array,
  hasher: TreeHasher,
  size: number,
  root: Uint8Array,
): Promise<LeafRange[] | undefined> => {
  // prettier-ignore
  const stretches = stretchesOf(file, hasher, size, root);
  const own = stretches.at(-1);
  if (!own) return undefined;
  const roots = await rootsOf(files, hasher, stretches);
  const leafHash = roots.at(-1);
  if (!leafHash) return undefined;
  try {
    verifyInclusion(hasher, { index: own.start, size, leafHash, path: stretches.slice(0, -1).map(({ hash }) => hash), root }); // prettier-ignore
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
  return stretches.slice(0, -1).filter(({ hash }, at) => !(roots[at] && sameBytes(hash, roots[at])));
};

/** Says between which entries the record is not the signed one, by the proof that narrows it down most. */
export const reportSuspects = async (
  files: BundleFiles,
  hasher: TreeHasher,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  findings: Findings,
): Promise<void> => {
  let best: LeafRange[] | undefined;
  const width = (ranges: readonly LeafRange[]): number => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  for (const path of files.paths.filter((each) => parseBundlePath(each)?.kind === 'proof').slice(0, MOST_PROOFS)) {
    const found = await findIn(files, path, hasher, size, root);
    if (found && found.length > 0 && (!best || width(found) < width(best))) best = found;
  }
  const ranges = best?.length && best.length <= MOST_STRETCHES ? best : [{ start: 0, end: size }];
  for (const { start, end } of ranges)
    findings.add('root-differs', { leaf: start, upTo: Math.max(start, end - 1) }, `Somewhere in the entries ${start} to ${Math.max(start, end - 1)} the record is not the one that was signed.`); // prettier-ignore
};

const findIn = async (files: BundleFiles, path: string, hasher: TreeHasher, size: number, root: Uint8Array) => {
  try {
    return await badStretches(files, await files.read(path), hasher, size, root);
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
};
