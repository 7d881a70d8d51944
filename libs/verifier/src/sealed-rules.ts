import { fromBase64, toBase64 } from '#transparency-log/base64';
import type { Sha256 } from '#transparency-log/sha256';
import { VerificationError } from '#transparency-log/verification-error';
import type { BundleFiles } from './bundle-files.js';
import type { Envelope, SealedNote } from './envelope.js';
import type { Findings, Place } from './finding.js';
import { asciiAt } from './interned.js';
import type { AnnouncedKey } from './key-book.js';
import { parseKeyFile } from './key-file.js';
import type { Scope } from './manifest.js';
import { commitmentOf, importSealingKey, openSealed } from './open-sealed.js';
import { keyPath, parseBundlePath, sealedPath } from './paths.js';
import { DIGEST, HASH_LENGTH, NOTE, NOTES, NOTES_AT } from './row.js';
import type { RowEntry } from './row-entry.js';

/** What became of every sealed field. */
export interface SealedCounts {
  readable: number;
  /** Here and whole, but this reader was given no key. */
  closed: number;
  erased: number;
  missing: number;
  /** Of streams that the bundle does not cover. */
  outOfScope: number;
}

interface Waiting {
  count: number;
  /** The first place, to point at. */
  readonly place: Place;
  readonly says: string;
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const NONE: ReadonlyMap<string, unknown> = new Map();

const KEYS_AT_HAND = 1_000;

/** Readable, lawfully erased, or missing without erasure: three things that must never look alike. */
export class SealedRules {
  readonly counts: SealedCounts = { readable: 0, closed: 0, erased: 0, missing: 0, outOfScope: 0 };
  private readonly present: ReadonlySet<string>;
  /** Of the ciphertexts that are there, in base64 as entries name them. */
  private readonly digests = new Set<string>();
  private readonly streams: ReadonlySet<string> | 'all';
  private readonly opened = new Map<string, CryptoKey | undefined>();
  /** By key: fields that could not be had. Whether that is lawful is known only at the end of the log. */
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly files: BundleFiles,
    /** Undefined when the bundle does not say: then what is there is judged, and nothing is missed. */
    private readonly scope: Scope | undefined,
    private readonly announced: (kid: string) => AnnouncedKey | undefined,
    private readonly findings: Findings,
    private readonly sha256: Sha256,
  ) {
    this.present = new Set(files.paths);
    for (const path of files.paths) {
      const parsed = parseBundlePath(path);
      if (parsed?.kind === 'sealed') this.digests.add(toBase64(fromHex(parsed.name)));
    }
    this.streams = scope?.streams === 'all' ? 'all' : new Set(scope?.streams ?? []);
  }

  /** Whether sealed fields of some entries may have to be looked at; where not, all are counted by the machine. */
  get looks(): boolean {
    return this.streams === 'all' || this.streams.size > 0 || this.digests.size > 0;
  }

  /** Whether those of this entry have not; then they are counted. */
  passes(entry: RowEntry): boolean {
    const count = entry.int(NOTES);
    if (this.streams === 'all' || (this.streams.size > 0 && this.streams.has(entry.stream))) return false;
    for (let at = 0, from = entry.int(NOTES_AT); this.digests.size > 0 && at < count; at += 1, from += NOTE) {
      const digestAt = entry.extra[from + DIGEST] as number;
      if (this.digests.has(asciiAt(entry.bytes, digestAt, digestAt + HASH_LENGTH))) return false;
    }
    this.counts.outOfScope += count;
    return true;
  }

  /** @returns what could be opened, by pointer. Answers at once where nothing is to be opened, as for most entries. */
  take(entry: Envelope): ReadonlyMap<string, unknown> | Promise<ReadonlyMap<string, unknown>> {
    if (entry.sealed.length === 0) return NONE;
    const inScope = this.streams === 'all' || this.streams.has(entry.stream);
    if (inScope || (this.digests.size > 0 && entry.sealed.some(({ digest }) => this.digests.has(digest))))
      return this.open(entry, inScope);
    this.counts.outOfScope += entry.sealed.length;
    return NONE;
  }

  private async open(entry: Envelope, inScope: boolean): Promise<ReadonlyMap<string, unknown>> {
    const words = new Map<string, unknown>();
    for (const field of entry.sealed) {
      const opened = await this.field(entry, field, inScope);
      if (opened) words.set(field.pointer, opened.value);
    }
    return words;
  }

  private async field(
    entry: Envelope,
    field: SealedNote,
    inScope: boolean,
  ): Promise<{ readonly value: unknown } | undefined> {
    const place: Place = { leaf: entry.index, stream: entry.stream, revision: entry.rev };
    if (!this.digests.has(field.digest)) {
      if (inScope)
        this.wait(field.kid, place, `The words ${field.pointer} of entry ${entry.index} are not in the bundle`);
      else this.counts.outOfScope += 1;
      return undefined;
    }
    const path = sealedPath(fromBase64(field.digest));
    const where = { ...place, file: path };
    if (!inScope && this.scope)
      this.findings.add('words-not-in-scope', where, `The words ${field.pointer} of entry ${entry.index} are in the bundle, but its list of contents does not say so.`); // prettier-ignore
    const bytes = await this.files.read(path);
    if (toBase64(this.sha256(bytes)) !== field.digest)
      return void this.findings.add('words-changed', where, `The sealed words ${field.pointer} of entry ${entry.index} were changed.`); // prettier-ignore
    const key = await this.key(field.kid);
    if (key) return this.openField(key, entry, field, bytes, where);
    if (this.announced(field.kid) && this.scope?.keys && !this.present.has(keyPath(field.kid)))
      this.wait(field.kid, where, `The key to the words ${field.pointer} of entry ${entry.index} is not in the bundle`);
    else this.counts.closed += 1;
    return undefined;
  }

  private async openField(key: CryptoKey, entry: Envelope, field: SealedNote, bytes: Uint8Array, where: Place) {
    const opened = await openSealed(key, entry, field, bytes);
    if (opened) this.counts.readable += 1;
    else
      this.findings.add('words-changed', where, `The sealed words ${field.pointer} of entry ${entry.index} do not open with their key: they were sealed for another place, or with another key.`); // prettier-ignore
    return opened;
  }

  private wait(kid: string, place: Place, says: string): void {
    const waiting = this.waiting.get(kid);
    if (waiting) waiting.count += 1;
    else this.waiting.set(kid, { count: 1, place, says });
  }

  /** The key with that id if the bundle brings it, and if it is the one that was announced. */
  private async key(kid: string): Promise<CryptoKey | undefined> {
    const path = keyPath(kid);
    if (!this.present.has(path)) return undefined;
    if (this.opened.has(kid)) return this.opened.get(kid);
    if (this.opened.size >= KEYS_AT_HAND) this.opened.clear();
    const key = await this.readKey(kid, path);
    this.opened.set(kid, key);
    return key;
  }

  private async readKey(kid: string, path: string): Promise<CryptoKey | undefined> {
    const announced = this.announced(kid);
    let key: Uint8Array;
    try {
      key = parseKeyFile(await this.files.read(path), kid);
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      return void this.findings.add('key-wrong', { file: path }, `The file ${path} cannot be read: ${error.message}.`);
    }
    if (announced && commitmentOf(this.sha256, kid, key) !== announced.commitment)
      return void this.findings.add('key-wrong', { file: path }, `The key in ${path} is not the one that the record announced.`); // prettier-ignore
    return importSealingKey(key);
  }

  /** After the last entry: what was erased by then, and what is simply gone. */
  async end(): Promise<void> {
    for (const [kid, { count, place, says }] of this.waiting) {
      if (this.announced(kid)?.erasedAt !== undefined) {
        this.counts.erased += count;
        continue;
      }
      this.counts.missing += count;
      const others = count > 1 ? `, nor are ${count - 1} others of the same person there` : '';
      this.findings.add('words-missing', place, `${says}${others}, and no entry says that they were erased.`);
    }
    for (const path of this.files.paths) {
      const kid = /^keys\/(.*)\.json$/.exec(path)?.[1];
      if (kid === undefined) continue;
      const erasedAt = this.announced(kid)?.erasedAt;
      if (erasedAt !== undefined)
        this.findings.add('erased-key-kept', { leaf: erasedAt, file: path }, `Entry ${erasedAt} says that the key ${kid} was destroyed, but it is in the bundle.`); // prettier-ignore
      else if (!this.announced(kid))
        this.findings.add('key-wrong', { file: path }, `The key in ${path} was never announced in the record.`);
      // A key whose words are all gone is still held against what was announced.
      else await this.key(kid);
    }
  }
}
