import { sameBytes } from '#transparency-log/bytes';
import { HASH_BYTES } from '#transparency-log/sha256';
import { TreeEdge } from '#transparency-log/tree-edge';
import type { TreeHasher } from '#transparency-log/tree-hasher';
import type { BundleFiles } from './bundle-files.js';
import { Differences } from './differences.js';
import { BUNDLE_WIDTH, type EntriesFile, entriesFiles, widthIn } from './entries.js';
import { hashesPath } from './paths.js';
import type { Findings } from './finding.js';

/** A full file of entries is a subtree of its own. */
const BUNDLE_LEVEL = Math.log2(BUNDLE_WIDTH);

/** Level 3: the root over every entry, and the place where it goes wrong, with the leaf hashes that came along. */
export class WholeRecord {
  private readonly edge: TreeEdge;
  private readonly guides: ReadonlyMap<number, EntriesFile>;
  private readonly differences = new Differences();
  private readonly differing = new Set<string>();
  /** Roots at the sizes that somebody asked for. */
  private readonly roots = new Map<number, Uint8Array>();
  private guide: { readonly path: string; readonly hashes: Uint8Array } | undefined;

  constructor(
    private readonly files: BundleFiles,
    private readonly hasher: TreeHasher,
    private readonly asked: ReadonlySet<number>,
  ) {
    this.edge = TreeEdge.empty(hasher);
    this.guides = new Map(entriesFiles(files, 'hashes').map((file) => [file.index, file]));
    if (asked.has(0)) this.roots.set(0, hasher.empty);
  }

  get count(): number {
    return this.edge.size;
  }

  get root(): Uint8Array {
    return this.edge.root();
  }

  /** The root as it was at an earlier size, as far as the entries go. */
  rootAt(size: number): Uint8Array | undefined {
    return this.roots.get(size);
  }

  /** To be called before the entries of a file, with the hashes that were kept for them. */
  open(index: number, hashes: Uint8Array | undefined): void {
    const file = this.guides.get(index);
    this.guide = file && hashes && { path: file.path, hashes };
  }

  /** Where the hashes of a file of entries lie. */
  guideOf(index: number): string | undefined {
    return this.guides.get(index)?.path;
  }

  /** The hashes of a file of entries; `root` over them where the file is full, which saves hashing its nodes here. */
  take(hashes: Uint8Array, root: Uint8Array | undefined): void {
    const end = this.edge.size + hashes.length / HASH_BYTES;
    const isAskedWithin = [...this.asked].some((size) => size > this.edge.size && size < end);
    if (root && this.edge.size % BUNDLE_WIDTH === 0 && !isAskedWithin) this.edge.appendSubtree(BUNDLE_LEVEL, root);
    else for (let at = 0; at < hashes.length; at += HASH_BYTES) this.takeOne(hashes.slice(at, at + HASH_BYTES));
    this.keepRoot();
  }

  private takeOne(hash: Uint8Array): void {
    this.edge.append(hash);
    this.keepRoot();
  }

  private keepRoot(): void {
    if (this.asked.has(this.edge.size)) this.roots.set(this.edge.size, this.edge.root());
  }

  /** Whether these are, one and all, the hashes that the log keeps for this file. Without its list nothing can be told: true. */
  isAsKept(hashes: Uint8Array): boolean {
    return !this.guide || sameBytes(this.guide.hashes, hashes);
  }

  /** Notes an entry whose hash is not the one that the log keeps for its place. */
  compare(leaf: number, hash: Uint8Array, label: { stream?: string; revision?: number }): void {
    if (!this.guide) return;
    const expected = this.expected(leaf % BUNDLE_WIDTH);
    if (expected && sameBytes(expected, hash)) return;
    this.differing.add(this.guide.path);
    this.differences.add({ leaf, got: hash, expected, stream: label.stream, revision: label.revision });
  }

  /** To be called after the entries of a file: hashes for which there was no entry. */
  close(index: number, count: number): void {
    if (!this.guide) return;
    const kept = this.guide.hashes.length / HASH_BYTES;
    if (!Number.isInteger(kept)) this.differing.add(this.guide.path);
    for (let at = count; at < Math.floor(kept); at += 1)
      this.differences.add({ leaf: index * BUNDLE_WIDTH + at, got: undefined, expected: this.expected(at), stream: undefined, revision: undefined }); // prettier-ignore
    if (count < kept) this.differing.add(this.guide.path);
  }

  private expected(at: number): Uint8Array | undefined {
    const hash = this.guide?.hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
    return hash?.length === HASH_BYTES ? hash : undefined;
  }

  /** @returns whether every entry hashes into the root. Says where not, as exactly as the bundle allows. */
  async end(size: number, root: Uint8Array, findings: Findings): Promise<boolean> {
    if (this.count === size && sameBytes(this.root, root)) {
      this.missingGuides(size, findings);
      for (const file of this.differing)
        findings.add(
          'hashes-differ',
          { file },
          `All entries are good, but the list of their fingerprints in ${file} is not.`,
        );
      return true;
    }
    if (await this.guidesLeadTo(size, root)) this.differences.report(findings);
    return false;
  }

  private missingGuides(size: number, findings: Findings): void {
    for (let index = 0; index * BUNDLE_WIDTH < size; index += 1) {
      const file = hashesPath(index, widthIn(size, index));
      if (this.guides.get(index)?.path !== file)
        findings.add('hashes-differ', { leaf: index * BUNDLE_WIDTH, file }, `The list of fingerprints ${file} is not in the bundle.`); // prettier-ignore
    }
  }

  /** The lists are only believed when they themselves lead to the signed root. */
  private async guidesLeadTo(size: number, root: Uint8Array): Promise<boolean> {
    if (this.guides.size !== Math.ceil(size / BUNDLE_WIDTH)) return false;
    const edge = TreeEdge.empty(this.hasher);
    for (let index = 0; index < this.guides.size; index += 1) {
      const file = this.guides.get(index);
      if (!file) return false;
      const hashes = await this.files.read(file.path);
      for (let at = 0; at + HASH_BYTES <= hashes.length; at += HASH_BYTES)
        edge.append(hashes.slice(at, at + HASH_BYTES));
    }
    return edge.size === size && sameBytes(edge.root(), root);
  }
}
