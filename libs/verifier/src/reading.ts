import { HASH_BYTES, type Sha256 } from '#transparency-log/sha256';
import { Book, HAS_SEALED, NEW_CATEGORY, NEW_TYPE, OF_KEYS, TAKEN } from './book.js';
import type { BundleFiles } from './bundle-files.js';
import { DomainRules, firstOf, TYPE_RULES } from './domain-rules.js';
import { BUNDLE_WIDTH, type EntriesFile } from './entries.js';
import { EntryTypes } from './entry-types.js';
import { type Envelope, readEnvelope } from './envelope.js';
import type { Findings } from './finding.js';
import type { HashedFile, HashEntries } from './hash-entries.js';
import { KeyBook } from './key-book.js';
import type { Machine } from './machine.js';
import type { Scope } from './manifest.js';
import { parseBundlePath } from './paths.js';
import type { CitedEntry } from './report-check.js';
import { END, ROW, START } from './row.js';
import { type ReadInRoom, Rooms } from './rooms.js';
import { RowEntry } from './row-entry.js';
import { SealedRules } from './sealed-rules.js';
import { StreamRules } from './stream-rules.js';
import type { WholeRecord } from './whole.js';

/** A file of entries, with its hashes and with those that were kept for it. */
type FetchedFile = EntriesFile & HashedFile & Pick<ReadInRoom, 'isOurs'> & { readonly kept: Uint8Array | undefined };
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
  /** The name of the log in its seal. */
  readonly origin: string | undefined;
  readonly scope: Scope | undefined;
  readonly sha256: Sha256;
  readonly machine: Machine;
}

/** Everything that one pass over the entries feeds. */
export class Reading {
  readonly streams: StreamRules;
  readonly keys: KeyBook;
  readonly sealed: SealedRules;
  readonly cited = new Map<number, CitedEntry>();
  foreign = 0;
  private readonly book: Book;
  private readonly rules: DomainRules;
  private readonly types: EntryTypes;
  private readonly row = new RowEntry();
  private readonly rooms = new Rooms();
  /** Entries that are read the slower way in any case: what is cited is kept, and the first is like no other. */
  private readonly slowly: readonly number[];
  private due = 0;

  constructor(
    private readonly files: BundleFiles,
    readonly whole: WholeRecord,
    private readonly findings: Findings,
    private readonly wanted: ReadonlySet<number>,
    private readonly wish: Wish,
  ) {
    const keyFiles = keysIn(files);
    this.slowly = [...new Set([0, ...wanted])].sort((a, b) => a - b);
    this.sealed = new SealedRules(files, wish.scope, (kid) => this.keys.get(kid), findings, wish.sha256);
    this.book = new Book(wish.machine, wish.isQuick ? 0 : wish.most, this.sealed.looks);
    this.streams = new StreamRules(findings, this.book, firstOf);
    this.types = new EntryTypes(this.book, TYPE_RULES, keyFiles.size > 0, (name) => this.streams.names.category(name));
    this.keys = new KeyBook(findings, this.book, keyFiles, (stream) => this.streams.nameOf(stream));
    this.rules = new DomainRules(findings, this.streams, wish.origin, this.book);
  }

  /** Reads and hashes a file, and reads what its hashes should be; judges nothing yet, so it may be done ahead. */
  async fetch(file: EntriesFile, hash: HashEntries): Promise<FetchedFile> {
    const guide = this.whole.guideOf(file.index);
    const { bytes, isOurs } = await this.rooms.read(this.files, file.path);
    const [hashed, kept] = await Promise.all([
      hash(bytes, this.wish.isQuick, isOurs),
      guide === undefined ? undefined : this.files.read(guide),
    ]);
    return { ...file, ...hashed, isOurs, kept };
  }

  async take(file: FetchedFile): Promise<void> {
    const { path, index, width, hashes, root, kept, rows, isBroken } = file;
    const count = rows.length / ROW;
    const start = index * BUNDLE_WIDTH;
    if (isBroken || count !== width)
      this.findings.add('entries-broken', { leaf: start + Math.min(count, width), upTo: start + width, file: path }, `The file ${path} should hold ${width} entries, but only ${count} can be read.`); // prettier-ignore
    this.whole.open(index, kept);
    this.whole.take(hashes, root);
    if (!this.whole.isAsKept(hashes)) this.compare(file, start);
    if (!this.wish.isQuick) await this.judgeAll(file, start, count);
    this.whole.close(index, count);
    this.rooms.giveBack(file);
  }

  /** Which entries are not the ones that the log keeps hashes for. */
  private compare({ bytes, rows, hashes }: FetchedFile, start: number): void {
    for (let at = 0; at * ROW < rows.length; at += 1) {
      const read = readEnvelope(start + at, entryAt(bytes, rows, at));
      this.whole.compare(start + at, hashAt(hashes, at), typeof read === 'string' ? {} : { stream: read.stream, revision: read.rev }); // prettier-ignore
    }
  }

  private async judgeAll(file: FetchedFile, start: number, count: number): Promise<void> {
    const { book, row, slowly } = this;
    const first = this.streams.open(start);
    book.open(file, count);
    row.open(file);
    let passed = -1;
    for (let at = 0; at < count;) {
      while ((slowly[this.due] ?? Infinity) < start + at) this.due += 1;
      at = book.code.judge(at, Math.min(count, (slowly[this.due] ?? Infinity) - start), first, passed);
      if (at === count) return;
      row.move(at, start + at);
      const reason = book.code.reason.value;
      if (reason === NEW_TYPE && this.types.add(row.type)) continue;
      if (reason === NEW_CATEGORY && this.streams.names.add(row.category)) continue;
      if (reason === HAS_SEALED && this.sealed.passes(row)) passed = at;
      else if (reason === TAKEN) this.tell(at++);
      else await this.takeEntry(file, at++);
    }
  }

  /** What the machine has taken, and what is left to say about it. */
  private tell(at: number): void {
    const { book, row } = this;
    const said = book.code.said.value;
    const [stream, type] = [book.streamAt(at), this.types.numbered(book.code.typeNumber.value)];
    this.streams.tell(row, said);
    if ((said & OF_KEYS) !== 0) this.keys.take(row, stream, type);
    this.rules.tell(row, stream, type, said);
  }

  /** After the last entry. */
  async end(): Promise<void> {
    if (this.wish.isQuick) return;
    this.sealed.counts.outOfScope += this.book.code.sealedCount.value;
    this.rules.end();
    await this.sealed.end();
  }

  /** An entry that is not in form, is cited, or has words to be opened. */
  private async takeEntry({ bytes, rows, hashes }: FetchedFile, at: number): Promise<void> {
    const leaf = this.row.index;
    const read = readEnvelope(leaf, entryAt(bytes, rows, at));
    const words = await this.judge(leaf, read);
    const isForeign = typeof read !== 'string' && 'foreign' in read;
    if (this.wanted.has(leaf) && !isForeign)
      this.cited.set(leaf, { hash: hashAt(hashes, at), envelope: isOwn(read) ? read : undefined, words });
  }

  private judge(leaf: number, read: ReadEntry): Words | Promise<Words> {
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
    this.rules.take(read, stream, type);
    return this.sealed.take(read);
  }
}

const entryAt = (bytes: Uint8Array, rows: Int32Array, at: number): Uint8Array =>
  bytes.subarray(rows[at * ROW + START], rows[at * ROW + END]);
const hashAt = (hashes: Uint8Array, at: number): Uint8Array => hashes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES);
