import { sameBytes } from '#transparency-log/bytes';
import { HASH_BYTES } from '#transparency-log/sha256';
import { TreeEdge } from '#transparency-log/tree-edge';
import type { TreeHasher } from '#transparency-log/tree-hasher';
import type { BundleFiles } from './bundle-files.js';
import { Differences } from './differences.js';
import { BUNDLE_WIDTH, type EntriesFile, entriesFiles, widthIn } from './entries.js';
import { hashesPath } from './paths.js';
import type { Findings } from './finding.js';

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

  /** To be called before the entries of a file. */
  async open(index: number): Promise<void> {
    const file = this.guides.get(index);
    this.guide = file && { path: file.path, hashes: await this.files.read(file.path) };
  }

  take(leaf: number, bytes: Uint8Array): Uint8Array {
    const hash = this.hasher.leaf(bytes);
    this.edge.append(hash);
    if (this.asked.has(this.edge.size)) this.roots.set(this.edge.size, this.edge.root());
    return hash;
  }

  /** Whether the hash is the one that the log keeps for this place. Without its list nothing can be told: true. */
  isExpected(leaf: number, hash: Uint8Array): boolean {
    if (!this.guide) return true;
    const { hashes } = this.guide;
    const start = (leaf % BUNDLE_WIDTH) * HASH_BYTES;
    for (let at = 0; at < HASH_BYTES; at += 1) if (hashes[start + at] !== hash[at]) return false;
    return true;
  }

  /** Keeps what differs, for the end. */
  compare(leaf: number, hash: Uint8Array, label: { stream?: string; revision?: number }): void {
    if (!this.guide || this.isExpected(leaf, hash)) return;
    const expected = this.expected(leaf % BUNDLE_WIDTH);
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
