import { toBase64 } from '#transparency-log/base64';
import { type BundleFiles, badBundle } from './bundle-files.js';
import { checkEarlier, goodBeginning, sizesToAsk } from './earlier.js';
import { BUNDLE_WIDTH, checkCount, entriesFiles } from './entries.js';
import { AHEAD, ahead, type HashEntries, hashEntries } from './hash-entries.js';
import { Findings } from './finding.js';
import type { Manifest } from './manifest.js';
import { checkFiles, checkManifest, checkProof, readManifest } from './papers.js';
import { CHECKPOINT, MANIFEST, parseBundlePath, proofPath } from './paths.js';
import { Reading } from './reading.js';
import { checkReport } from './report-check.js';
import { checkSeal, type Outcome, type Seal } from './seal.js';
import { Machine } from './machine.js';
import { papersSay, rulesSay, sealedSay, wholeSays } from './says.js';
import { reportSuspects } from './suspects.js';
import type { Trust } from './trust.js';
import type { Verdict } from './verdict.js';
import { checkWitnesses } from './witnesses.js';
import { WholeRecord } from './whole.js';
import { type BundleLevelId, LEVELS, NOT_PROVEN, TITLES } from './words.js';

export interface VerifyOptions {
  /** Told now and then how many entries have been read. */
  readonly onProgress?: (entries: number) => void;
  /** Hashes the entries somewhere else, such as in a second thread. Left out: here. */
  readonly hashEntries?: HashEntries;
  /** Only who signed what, and whether these are those entries: the last three levels stay "not checked". */
  readonly quick?: boolean;
}

const citedIn = (files: BundleFiles): Set<number> =>
  new Set(
    files.paths.map((path) => parseBundlePath(path)).flatMap((each) => (each?.kind === 'proof' ? [each.index] : [])),
  );

const UNASKED: Outcome = { state: 'not-checked', says: 'You asked for the seal and the entries only.' };

/** Level 7. */
const checkPapers = async (
  files: BundleFiles,
  what: {
    readonly seal: Seal;
    readonly trust: Trust;
    readonly manifest: Manifest | undefined;
    readonly size: number | undefined;
    readonly reading: Reading;
    readonly findings: Findings;
  },
): Promise<Outcome> => {
  const { seal, trust, manifest, size, reading, findings } = what;
  const { streams, cited } = reading;
  await checkFiles(files, { manifest, size }, trust, findings);
  if (manifest) checkManifest(files, manifest, { seal, streams }, findings);
  for (const index of citedIn(files))
    await checkProof(files, proofPath(index), cited.get(index)?.hash, { seal, trust }, findings);
  const report = await checkReport(files, cited, (stream) => streams.has(stream), findings);
  return papersSay(cited.size, report, findings);
};

/**
 * Judges a bundle, reading one file at a time: memory grows with the number of things, not with the bytes.
 * @throws VerificationError when this is no bundle at all, or a file cannot be read. What is wrong in a bundle is in
 * the verdict.
 */
export const verifyBundle = async (files: BundleFiles, trust: Trust, options: VerifyOptions = {}): Promise<Verdict> => {
  const entries = entriesFiles(files, 'entries');
  if (!files.paths.includes(CHECKPOINT) && !files.paths.includes(MANIFEST) && entries.length === 0)
    throw badBundle('this is not a bundle: there is no checkpoint, no manifest.json and no entries');
  const whole = new WholeRecord(files, trust.hasher, sizesToAsk(files, trust));
  const findings = new Findings();
  const machine = new Machine();
  const seal = await checkSeal(files, trust, findings);
  const checkpoint = seal.read?.checkpoint;
  const isQuick = options.quick === true;
  const manifest = isQuick ? undefined : await readManifest(files, findings);
  const { origin } = checkpoint ?? {};
  const wish = {
    isQuick,
    most: entries.length * BUNDLE_WIDTH,
    origin,
    scope: manifest?.scope,
    sha256: trust.sha256,
    machine,
  };
  const reading = new Reading(files, whole, findings, citedIn(files), wish);
  const { streams, keys, sealed } = reading;
  const size = checkpoint && checkpoint.size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(checkpoint.size) : undefined;
  if (size !== undefined) checkCount(entries, size, findings);
  const hash = options.hashEntries ?? hashEntries(trust.sha256, machine);
  // What is hashed here is judged before the next file takes its place in the machine.
  for await (const file of ahead(entries, options.hashEntries ? AHEAD : 1, (each) => reading.fetch(each, hash))) {
    await reading.take(file);
    options.onProgress?.(whole.count);
  }
  await reading.end();

  const isWhole = checkpoint !== undefined && size !== undefined && (await whole.end(size, checkpoint.root, findings));
  if (
    checkpoint &&
    size !== undefined &&
    !isWhole &&
    !findings.has('entry-changed', 'entry-missing', 'entry-inserted', 'entry-moved')
  )
    // prettier-ignore
    await reportSuspects(files, trust.hasher, { size, root: checkpoint.root, good: await goodBeginning(files, trust, seal, whole) }, findings);
  const earlier = await checkEarlier(files, trust, { seal, whole, isWhole }, findings);
  const papers = options.quick ? UNASKED : await checkPapers(files, { seal, trust, manifest, size, reading, findings });

  const outcomes: Readonly<Record<BundleLevelId, Outcome>> = {
    signed: seal.outcome,
    cosigned: await checkWitnesses(seal, trust, findings),
    whole: wholeSays(whole.count, checkpoint !== undefined, isWhole, findings),
    earlier,
    rules: options.quick ? UNASKED : rulesSay(streams.count, reading.foreign, keys.erasureCount, findings),
    sealed: options.quick ? UNASKED : sealedSay(sealed.counts, findings),
    papers,
  };
  return {
    origin: checkpoint?.origin ?? null,
    size: size ?? null,
    root: checkpoint ? toBase64(checkpoint.root) : null,
    levels: LEVELS.map((id) => ({ id, title: TITLES[id], ...outcomes[id], findings: findings.of(id), more: findings.more(id) })), // prettier-ignore
    notProven: NOT_PROVEN,
  };
};
