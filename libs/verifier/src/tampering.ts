import { fromBase64, toBase64 } from '#transparency-log/base64';
import { concat, readUtf8, utf8 } from '#transparency-log/bytes';
import { formatBundle } from '#transparency-log/entry-bundle';
import type { Sha256 } from '#transparency-log/sha256';
import { treeHasher } from '#transparency-log/tree-hasher';
import type { BundleFile } from './bundle-files.js';
import { BUNDLE_WIDTH, entriesFiles, splitEntries } from './entries.js';
import { formatKeyFile, parseKeyFile } from './key-file.js';
import { formatManifest, parseManifest } from './manifest.js';
import { entriesPath, hashesPath, MANIFEST, parseBundlePath } from './paths.js';
import { memoryFiles } from './bundle-files.js';

/** A bundle in memory that can be spoilt: copies only what it changes. */
export class Spoilt {
  readonly files: Map<string, Uint8Array>;
  leaves: Uint8Array[] = [];

  constructor(
    good: readonly BundleFile[],
    private readonly sha256: Sha256,
    /** A whole number from 0 up to, not including, `below`. */
    readonly random: (below: number) => number,
  ) {
    this.files = new Map(good.map(({ path, bytes }) => [path, bytes]));
    for (const { path } of entriesFiles(memoryFiles(good), 'entries'))
      this.leaves.push(...splitEntries(this.files.get(path) as Uint8Array).entries);
  }

  paths(kind: string): string[] {
    return [...this.files.keys()].filter((path) => parseBundlePath(path)?.kind === kind).sort();
  }

  /** Any file; each kind of file as often as any other, so that the few are not lost among the many. */
  anyFile(): string {
    const byKind = new Map<string, string[]>();
    for (const path of [...this.files.keys()].sort()) {
      const kind = parseBundlePath(path)?.kind ?? 'single';
      const name = kind === 'single' ? path : kind;
      byKind.set(name, [...(byKind.get(name) ?? []), path]);
    }
    return this.pick(this.pick([...byKind.values()]));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.random(from.length)] as T;
  }

  /** Two different ones of at least two. */
  pair<T>(from: readonly T[]): [T, T] {
    const first = this.random(from.length);
    const second = (first + 1 + this.random(from.length - 1)) % from.length;
    return [from[first] as T, from[second] as T];
  }

  put(path: string, bytes: Uint8Array): void {
    this.files.set(path, bytes);
  }

  /** One bit of one byte. @returns where */
  flip(bytes: Uint8Array): { bytes: Uint8Array; at: number } {
    // Not slice(): some kinds of byte arrays would hand out the same memory.
    const copy = new Uint8Array(bytes);
    const at = this.random(copy.length);
    copy[at] = (copy[at] as number) ^ (1 << this.random(8));
    return { bytes: copy, at };
  }

  /** Writes the entries again after they were changed; `hashes`: and the list of their fingerprints with them. */
  repack(hashes: boolean): void {
    for (const path of this.paths('entries')) this.files.delete(path);
    if (hashes) for (const path of this.paths('hashes')) this.files.delete(path);
    const hasher = treeHasher(this.sha256);
    for (let index = 0; index * BUNDLE_WIDTH < this.leaves.length; index += 1) {
      const part = this.leaves.slice(index * BUNDLE_WIDTH, (index + 1) * BUNDLE_WIDTH);
      this.put(entriesPath(index, part.length), formatBundle(part));
      if (hashes) this.put(hashesPath(index, part.length), concat(...part.map((leaf) => hasher.leaf(leaf))));
    }
  }

  /** Makes the list of contents fit what is there now, as whoever spoils a bundle on purpose would. */
  mendManifest(): void {
    const manifest = parseManifest(this.files.get(MANIFEST) as Uint8Array);
    const listed = [...this.files].filter(([path]) => {
      const kind = parseBundlePath(path)?.kind;
      return path !== MANIFEST && kind !== 'entries' && kind !== 'hashes';
    });
    const files = Object.fromEntries(listed.map(([path, bytes]) => [path, toBase64(this.sha256(bytes))]));
    const { origin, size, root, scope } = manifest;
    this.put(MANIFEST, formatManifest({ origin, size, root: fromBase64(root), scope, files }));
  }

  /** The keys of two people, each under the other's name. */
  swapKeys(one: string, other: string): void {
    const kidOf = (path: string): string => /^keys\/(.*)\.json$/.exec(path)?.[1] ?? '';
    const keyIn = (path: string): Uint8Array => parseKeyFile(this.files.get(path) as Uint8Array, kidOf(path));
    const [first, second] = [keyIn(one), keyIn(other)];
    this.put(one, formatKeyFile(kidOf(one), second));
    this.put(other, formatKeyFile(kidOf(other), first));
  }

  /** Another letter or digit in an entry, so that it stays readable. */
  rewrite(leaf: number): void {
    const text = readUtf8(this.leaves[leaf] as Uint8Array);
    const places = [...text.matchAll(/[0-9a-z]/g)].map(({ index }) => index);
    const at = this.pick(places);
    const letter = this.pick([...'0123456789abcdefghijklmnopqrstuvwxyz'].filter((each) => each !== text[at]));
    this.leaves[leaf] = utf8(text.slice(0, at) + letter + text.slice(at + 1));
  }

  result(): BundleFile[] {
    return [...this.files].map(([path, bytes]) => ({ path, bytes }));
  }
}
