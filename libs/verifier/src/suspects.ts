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

/** How far an entry may have moved from its place and still be tried as the one that a proof is for. */
const NEAR = 32;

/** The roots of these ranges, which cover the log from the first entry to the last, and the hashes near one of them. */
const rootsOf = async (files: BundleFiles, hasher: TreeHasher, ranges: readonly LeafRange[], near: number) => {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const edges = new Map(sorted.map((range) => [range, TreeEdge.empty(hasher)]));
  const nearby: Uint8Array[] = [];
  let at = 0;
  for (const { path, index } of entriesFiles(files, 'entries')) {
    let leaf = index * BUNDLE_WIDTH;
    for (const entry of splitEntries(await files.read(path)).entries) {
      while (at < sorted.length && (sorted[at] as LeafRange).end <= leaf) at += 1;
      const range = sorted[at];
      const hash = hasher.leaf(entry);
      if (Math.abs(leaf - near) <= NEAR) nearby.push(hash);
      if (range && range.start <= leaf) edges.get(range)?.append(hash);
      leaf += 1;
    }
  }
  const roots = ranges.map((range) => {
    const edge = edges.get(range);
    return edge && edge.size === range.end - range.start ? edge.root() : undefined;
  });
  return { roots, nearby };
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
  const own = stretches.pop();
  if (!own) return undefined;
  const { roots, nearby } = await rootsOf(files, hasher, stretches, own.start);
  const path = stretches.map(({ hash }) => hash);
  const leadsToRoot = (leafHash: Uint8Array): boolean => {
    try {
      verifyInclusion(hasher, { index: own.start, size, leafHash, path, root });
      return true;
    } catch (error) {
      if (error instanceof VerificationError) return false;
      throw error;
    }
  };
  // After something was taken out or put in, the entry that the proof is for stands a little further on.
  return nearby.some(leadsToRoot) ? stretches.filter(({ hash }, at) => !(roots[at] && sameBytes(hash, roots[at]))) : undefined; // prettier-ignore
};

/**
 * Says between which entries the record is not the signed one, by the proof that narrows it down most. `good`: so many
 * entries at the beginning are vouched for by an earlier seal.
 */
export const reportSuspects = async (
  files: BundleFiles,
  hasher: TreeHasher,
  { size, root, good }: { readonly size: number; readonly root: Uint8Array; readonly good: number },
  findings: Findings,
): Promise<void> => {
  let best: LeafRange[] | undefined;
  const width = (ranges: readonly LeafRange[]): number => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  for (const path of files.paths.filter((each) => parseBundlePath(each)?.kind === 'proof').slice(0, MOST_PROOFS)) {
    const bad = await findIn(files, path, hasher, size, root);
    if (bad && bad.length > 0 && (!best || width(bad) < width(best))) best = bad;
  }
  const found = best?.length && best.length <= MOST_STRETCHES ? best : [{ start: 0, end: size }];
  const after = found.filter(({ end }) => end > good).map(({ start, end }) => ({ start: Math.max(start, good), end }));
  const ranges = after.length > 0 ? after : [{ start: good, end: size }];
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
