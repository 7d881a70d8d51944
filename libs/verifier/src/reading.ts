import { HASH_BYTES } from '#transparency-log/sha256';
import type { BundleFiles } from './bundle-files.js';
import type { DomainRules } from './domain-rules.js';
import { BUNDLE_WIDTH, type EntriesFile } from './entries.js';
import { EntryTypes } from './entry-types.js';
import { type Envelope, readEnvelope } from './envelope.js';
import { Findings } from './finding.js';
import type { HashedFile, HashEntries } from './hash-entries.js';
import { KeyBook } from './key-book.js';
import { parseBundlePath } from './paths.js';
import type { CitedEntry } from './report-check.js';
import { END, FLAGS, ROW, START } from './row.js';
import { RowEntry } from './row-entry.js';
import type { SealedRules } from './sealed-rules.js';
import { StreamRules } from './stream-rules.js';
import type { WholeRecord } from './whole.js';

/** A file of entries, with its hashes and with those that were kept for it. */
type FetchedFile = EntriesFile & HashedFile & { readonly kept: Uint8Array | undefined };
type ReadEntry = ReturnType<typeof readEnvelope>;
type Words = ReadonlyMap<string, unknown>;

const NO_WORDS: Words = new Map();
const isOwn = (read: ReadEntry): read is Envelope => typeof read !== 'string' && !('foreign' in read);

const keysIn = (files: BundleFiles): Set<string> =>
  new Set(files.paths.flatMap((path) => (parseBundlePath(path)?.kind === 'key' ? [path.slice('keys/'.length, -'.json'.length)] : []))); // prettier-ignore

/** What a reading of the entries is for. */
interface Wish {
  readonly isQuick: boolean;
  /** So many entries there are at most. */
  readonly most: number;
}

/** Everything that one pass over the entries feeds. */
export class Reading {
  readonly findings = new Findings();
  readonly streams: StreamRules;
  readonly keys: KeyBook;
  readonly cited = new Map<number, CitedEntry>();
  foreign = 0;
  private readonly types = new EntryTypes();
  private readonly row = new RowEntry();

  constructor(
    private readonly files: BundleFiles,
    readonly whole: WholeRecord,
    private readonly wanted: ReadonlySet<number>,
    private readonly wish: Wish,
  ) {
    const most = wish.isQuick ? 0 : wish.most;
    this.streams = new StreamRules(this.findings, most);
    this.keys = new KeyBook(this.findings, most, keysIn(files), (stream) => this.streams.nameOf(stream));
  }

  /** Reads and hashes a file, and reads what its hashes should be; judges nothing yet, so it may be done ahead. */
  async fetch(file: EntriesFile, hash: HashEntries): Promise<FetchedFile> {
    const guide = this.whole.guideOf(file.index);
    const [hashed, kept] = await Promise.all([
      this.files.read(file.path).then((bytes) => hash(bytes, this.wish.isQuick)),
      guide === undefined ? undefined : this.files.read(guide),
    ]);
    return { ...file, ...hashed, kept };
  }

  async take(file: FetchedFile, rules: DomainRules, sealed: SealedRules): Promise<void> {
    const { path, index, width, hashes, root, kept, rows, isBroken } = file;
    const count = rows.length / ROW;
    const start = index * BUNDLE_WIDTH;
    if (isBroken || count !== width)
      this.findings.add('entries-broken', { leaf: start + Math.min(count, width), upTo: start + width, file: path }, `The file ${path} should hold ${width} entries, but only ${count} can be read.`); // prettier-ignore
    this.whole.open(index, kept);
    this.whole.take(hashes, root);
    if (!this.whole.isAsKept(hashes)) this.compare(file, start);
    if (!this.wish.isQuick) {
      this.streams.open(start);
      this.row.open(file);
      for (let at = 0; at < count; at += 1) {
        this.row.move(at * ROW, start + at);
        if (this.isPlain(start + at) && sealed.passes(this.row)) this.takeRow(rules);
        // To wait for each of a million entries takes longer than to read them.
        else await this.takeEntry(file, at, rules, sealed);
      }
    }
    this.whole.close(index, count);
  }

  /** Which entries are not the ones that the log keeps hashes for. */
  private compare({ bytes, rows, hashes }: FetchedFile, start: number): void {
    for (let at = 0; at * ROW < rows.length; at += 1) {
      const read = readEnvelope(start + at, entryAt(bytes, rows, at));
      this.whole.compare(start + at, hashAt(hashes, at), typeof read === 'string' ? {} : { stream: read.stream, revision: read.rev }); // prettier-ignore
    }
  }

  private isPlain(leaf: number): boolean {
    return this.row.int(FLAGS) !== 0 && !this.wanted.has(leaf);
  }

  private takeRow(rules: DomainRules): void {
    const { row } = this;
    const type = this.types.ofRow(row);
    const stream = this.streams.takeRow(row);
    this.keys.takeRow(row, stream, type);
    rules.take(row, stream, type);
  }

  /** An entry that is not in form, is cited, or has words to be opened. */
  private async takeEntry(
    { bytes, rows, hashes }: FetchedFile,
    at: number,
    rules: DomainRules,
    sealed: SealedRules,
  ): Promise<void> {
    const leaf = this.row.index;
    const read = readEnvelope(leaf, entryAt(bytes, rows, at));
    const words = await this.judge(leaf, read, rules, sealed);
    const isForeign = typeof read !== 'string' && 'foreign' in read;
    if (this.wanted.has(leaf) && !isForeign)
      this.cited.set(leaf, { hash: hashAt(hashes, at), envelope: isOwn(read) ? read : undefined, words });
  }

  private judge(leaf: number, read: ReadEntry, rules: DomainRules, sealed: SealedRules): Words | Promise<Words> {
    if (typeof read === 'string') {
      this.findings.add('unreadable-entry', { leaf }, `Entry ${leaf} is not an entry of this record: ${read}.`);
      return NO_WORDS;
    }
    const stream = this.streams.take(read);
    if (!isOwn(read)) {
      this.foreign += 1;
      return NO_WORDS;
    }
    const type = this.types.of(read.type);
    this.keys.take(read, stream, type);
    rules.take(read, stream, type);
    return sealed.take(read);
  }
}

const entryAt = (bytes: Uint8Array, rows: Int32Array, at: number): Uint8Array =>
  bytes.subarray(rows[at * ROW + START], rows[at * ROW + END]);
const hashAt = (hashes: Uint8Array, at: number): Uint8Array => hashes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES);
