import { fromBase64, toBase64 } from '#transparency-log/base64';
import { concat, utf8 } from '#transparency-log/bytes';
import { parseCheckpoint } from '#transparency-log/checkpoint';
import { toSafeNumber } from '#transparency-log/count';
import { formatBundle } from '#transparency-log/entry-bundle';
import { formatHashLines } from '#transparency-log/note-preamble';
import { formatProofFile } from '#transparency-log/proof-file';
import type { Sha256 } from '#transparency-log/sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import { type BundleFile, badBundle } from './bundle-files.js';
import { BUNDLE_WIDTH } from './entries.js';
import { type Envelope, readEnvelope } from './envelope.js';
import { formatKeyFile } from './key-file.js';
import { formatManifest, type Scope } from './manifest.js';
import { importSealingKey, openSealed } from './open-sealed.js';
import * as at from './paths.js';
import { provOf } from './prov.js';
import { reportPage } from './report-page.js';
import { type Claim, claimOf, formatReport, reportOf } from './report.js';

/** Where a bundle comes from: the log, its seal, and the vault as far as the reader may look into it. */
export interface BundleSource {
  /** The checkpoint with all its signatures; the bundle holds exactly the entries that it counts. */
  readonly note: string;
  /** Every entry from the first on, as stored. */
  leaves(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Leaf to root, in the tree of the checkpoint. */
  inclusionProof(leaf: number): readonly Uint8Array[];
  /** Earlier checkpoints, each with the proof that leads from it to this one (empty at the same size). */
  readonly history?: readonly { readonly note: string; readonly proof: readonly Uint8Array[] }[];
  readonly policy?: string;
  readonly scope: Scope;
  /** The stream that the report is about; without it there is no report. */
  readonly about?: string;
  /** By the base64 digest of the leaf; undefined when it is gone. */
  ciphertext(digest: string): Uint8Array | undefined;
  /** Only asked for when the scope has keys; undefined when it was destroyed. */
  key(kid: string): Uint8Array | undefined;
}

/** Collects what belongs to the entries in scope while they pass. */
class Collected {
  readonly files: BundleFile[] = [];
  readonly claims: Claim[] = [];
  private readonly paths = new Set<string>();
  private readonly cited: ReadonlySet<number>;

  constructor(private readonly source: BundleSource) {
    this.cited = new Set(source.scope.cited);
  }

  private add(path: string, bytes: Uint8Array): void {
    if (this.paths.has(path)) return;
    this.paths.add(path);
    this.files.push({ path, bytes });
  }

  async take(index: number, leaf: Uint8Array): Promise<void> {
    const { streams } = this.source.scope;
    const entry = readEnvelope(index, leaf);
    if (typeof entry === 'string' || 'foreign' in entry) return;
    const words = streams === 'all' || streams.includes(entry.stream) ? await this.words(entry) : new Map<string, unknown>(); // prettier-ignore
    if (this.cited.has(index)) this.claims.push(claimOf(entry, words));
  }

  private async words(entry: Envelope): Promise<Map<string, unknown>> {
    const words = new Map<string, unknown>();
    for (const field of entry.sealed) {
      const bytes = this.source.ciphertext(field.digest);
      if (bytes) this.add(at.sealedPath(fromBase64(field.digest)), bytes);
      const key = this.source.scope.keys ? this.source.key(field.kid) : undefined;
      if (key) this.add(at.keyPath(field.kid), formatKeyFile(field.kid, key));
      const opened = key && bytes && (await openSealed(await importSealingKey(key), entry, field, bytes));
      if (opened) words.set(field.pointer, opened.value);
    }
    return words;
  }
}

/** The papers beside the entries, in the order in which a bundle has them. */
const papers = (source: BundleSource, { files, claims }: Collected): BundleFile[] => {
  const { note, history = [], policy, scope, about } = source;
  const report = about === undefined ? undefined : reportOf(about, claims);
  return [
    { path: at.CHECKPOINT, bytes: utf8(note) },
    ...history.flatMap(({ note: earlier, proof }) => {
      const size = toSafeNumber(parseCheckpoint(earlier).checkpoint.size, 'the size of a checkpoint');
      return [
        { path: at.historyPath(size), bytes: utf8(earlier) },
        { path: at.consistencyPath(size), bytes: utf8(formatHashLines(proof)) },
      ];
    }),
    ...(policy === undefined ? [] : [{ path: at.POLICY, bytes: utf8(policy) }]),
    ...scope.cited.map((leaf) => ({
      path: at.proofPath(leaf),
      bytes: utf8(formatProofFile({ index: leaf, path: source.inclusionProof(leaf), note })),
    })),
    ...[...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    ...(report
      ? [
          { path: at.REPORT, bytes: formatReport(report) },
          { path: at.REPORT_PAGE, bytes: reportPage(report) },
          { path: at.PROV, bytes: provOf(report) },
        ]
      : []),
  ];
};

/**
 * The files of a bundle, one by one: the entries as they are read, the list of contents last. The same source makes the
 * same bytes. @throws VerificationError when there are fewer entries than the checkpoint counts.
 */
export async function* makeBundle(source: BundleSource, sha256: Sha256): AsyncGenerator<BundleFile> {
  const { checkpoint } = parseCheckpoint(source.note);
  const size = toSafeNumber(checkpoint.size, 'the size of the log');
  const hasher = treeHasher(sha256);
  const collected = new Collected(source);
  let [count, pending, hashes]: [number, Uint8Array[], Uint8Array[]] = [0, [], []];
  const flush = (): BundleFile[] => {
    const [index, width] = [Math.ceil(count / BUNDLE_WIDTH) - 1, pending.length];
    const files = [
      { path: at.entriesPath(index, width), bytes: formatBundle(pending) },
      { path: at.hashesPath(index, width), bytes: concat(...hashes) },
    ];
    [pending, hashes] = [[], []];
    return files;
  };
  for await (const leaf of source.leaves()) {
    if (count === size) break;
    await collected.take(count, leaf);
    pending.push(leaf);
    hashes.push(hasher.leaf(leaf));
    count += 1;
    if (pending.length === BUNDLE_WIDTH) yield* flush();
  }
  if (pending.length > 0) yield* flush();
  if (count !== size) throw badBundle(`the log has ${count} entries, but its checkpoint counts ${size}`);
  const beside = papers(source, collected);
  yield* beside;
  const files = Object.fromEntries(beside.map(({ path, bytes }) => [path, toBase64(sha256(bytes))]));
  yield { path: at.MANIFEST, bytes: formatManifest({ origin: checkpoint.origin, size, root: checkpoint.root, scope: source.scope, files }) }; // prettier-ignore
}
