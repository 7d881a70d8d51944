import { toBase64 } from '#transparency-log/base64';
import { sameBytes } from '#transparency-log/bytes';
import { openCheckpoint } from '#transparency-log/open-checkpoint';
import { parseProofFile } from '#transparency-log/proof-file';
import { VerificationError } from '#transparency-log/verification-error';
import { verifyInclusion } from '#transparency-log/verify-tree';
import type { BundleFiles } from './bundle-files.js';
import type { Findings, Place } from './finding.js';
import type { FindingCode } from './words.js';
import { type Manifest, parseManifest } from './manifest.js';
import { widthIn } from './entries.js';
import { MANIFEST, parseBundlePath } from './paths.js';
import type { Seal } from './seal.js';
import type { StreamRules } from './stream-rules.js';
import type { Trust } from './trust.js';

/** Runs a check of one file; what it cannot read is a finding about that file. */
export const attempt = async <T>(
  findings: Findings,
  code: FindingCode,
  place: Place,
  work: () => Promise<T> | T,
): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    findings.add(code, place, `${place.file ?? 'The bundle'} cannot be believed: ${error.message}.`);
    return undefined;
  }
};

export const readManifest = (files: BundleFiles, findings: Findings): Promise<Manifest | undefined> =>
  attempt(findings, 'manifest-bad', { file: MANIFEST }, async () => parseManifest(await files.read(MANIFEST)));

const hasDigest = (path: string): boolean => {
  const kind = parseBundlePath(path)?.kind;
  return path !== MANIFEST && kind !== 'entries' && kind !== 'hashes';
};

/** Every file is one that a bundle has, and is the one that the list of contents means. */
export const checkFiles = async (
  files: BundleFiles,
  { manifest, size }: { readonly manifest: Manifest | undefined; readonly size: number | undefined },
  { sha256 }: Trust,
  findings: Findings,
): Promise<void> => {
  // prettier-ignore
  const there = new Set(files.paths);
  const unfit: string[] = [];
  for (const path of files.paths) {
    const parsed = parseBundlePath(path);
    // A second file for the same entries would never be read, so something could lie in it.
    const isStray = parsed && 'width' in parsed && size !== undefined && widthIn(size, parsed.index) !== parsed.width;
    if (!parsed || isStray)
      findings.add('file-unknown', { file: path }, `The file ${path} does not belong into a bundle.`);
    if (!manifest || !hasDigest(path)) continue;
    const digest = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    const isFit = digest !== undefined && toBase64(sha256(await files.read(path))) === digest;
    if (!isFit) unfit.push(path);
    if (digest === undefined)
      findings.add('file-unknown', { file: path }, `The file ${path} is not on the list of contents.`);
    else if (!isFit)
      findings.add('file-damaged', { file: path }, `The file ${path} is not the one on the list of contents.`);
  }
  for (const path of Object.keys(manifest?.files ?? {}))
    if (!there.has(path)) {
      unfit.push(path);
      findings.add('file-missing', { file: path }, `The file ${path} is not in the bundle.`);
    }
  if (unfit.length > 0)
    findings.add('manifest-bad', { file: MANIFEST }, `The list of contents does not fit ${unfit.length} of the files: either they were changed, or the list was.`); // prettier-ignore
  for (const [file, why] of files.damaged ?? [])
    findings.add('file-damaged', { file }, `The file ${file} was damaged: ${why}.`);
};

/** The list of contents against the seal and against what is there. */
export const checkManifest = (
  files: BundleFiles,
  { origin, size, root, scope }: Manifest,
  { seal, streams }: { readonly seal: Seal; readonly streams: StreamRules },
  findings: Findings,
): void => {
  const bad = (says: string): void => findings.add('manifest-bad', { file: MANIFEST }, `The list of contents ${says}.`);
  const checkpoint = seal.read?.checkpoint;
  if (checkpoint) {
    if (origin !== checkpoint.origin) bad(`says that this is the record ${origin}, the seal says ${checkpoint.origin}`);
    if (BigInt(size) !== checkpoint.size) bad(`says that there are ${size} entries, the seal says ${checkpoint.size}`);
    if (root !== toBase64(checkpoint.root)) bad('has another root than the seal');
  }
  const kinds = files.paths.map((path) => parseBundlePath(path));
  const proofs = kinds.flatMap((parsed) => (parsed?.kind === 'proof' ? [parsed.index] : [])).sort((a, b) => a - b);
  if (proofs.join() !== scope.cited.join()) bad('names other entries than there are proofs for');
  if (!scope.keys && kinds.some((parsed) => parsed?.kind === 'key')) bad('says that there are no keys, but there are');
  if (scope.streams !== 'all')
    for (const stream of scope.streams) if (!streams.has(stream)) bad(`covers ${stream}, which is not in the record`);
};

/** Each proof stands alone: it leads from its entry to a seal of the same log. */
export const checkProof = async (
  files: BundleFiles,
  file: string,
  leafHash: Uint8Array | undefined,
  { seal, trust }: { readonly seal: Seal; readonly trust: Trust },
  findings: Findings,
): Promise<void> => {
  const parsed = parseBundlePath(file);
  const leaf = parsed?.kind === 'proof' ? parsed.index : 0;
  const bad = (says: string): void => findings.add('proof-bad', { leaf, file }, `The proof ${file} ${says}.`);
  if (!leafHash) return bad('is for an entry that is not in the bundle');
  await attempt(findings, 'proof-bad', { leaf, file }, async () => {
    const { index, path, note, checkpoint, extra } = parseProofFile(await files.read(file));
    if (index !== BigInt(leaf)) return bad('is for another entry than its name');
    if (extra) return bad('holds more than a proof');
    if (seal.keys.length > 0) await openCheckpoint(note, { log: seal.keys, witnesses: [] });
    if (
      seal.read &&
      checkpoint.size === seal.read.checkpoint.size &&
      !sameBytes(checkpoint.root, seal.read.checkpoint.root)
    )
      return bad('leads to another root than the seal');
    const { size, root } = checkpoint;
    verifyInclusion(trust.hasher, { index, size, leafHash, path, root });
  });
};
