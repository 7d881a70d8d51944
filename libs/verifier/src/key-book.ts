import type { EntryType } from './entry-types.js';
import { type Envelope, isHashText } from './envelope.js';
import type { Findings, Place } from './finding.js';
import { KidNames } from './kid-names.js';
import { NOTE, NOTES, NOTES_AT } from './row.js';
import type { RowEntry } from './row-entry.js';

export interface AnnouncedKey {
  /** SHA-256 over id and key, base64; kept for keys of which the bundle has a file. */
  readonly commitment: string | undefined;
  /** The entry that says that it was destroyed. */
  readonly erasedAt: number | undefined;
}

const placeOf = ({ index, stream, rev }: Envelope): Place => ({ leaf: index, stream, revision: rev });
const isSaid = (value: unknown): boolean => value !== undefined && value !== '';
const NONE = -1;

/** Which keys the log has announced, and which it has said to be destroyed. */
export class KeyBook {
  private readonly names: KidNames;
  /** By key: the stream that it was announced for. */
  private readonly streams: Int32Array;
  private readonly erased = new Map<number, number>();
  private readonly commitments = new Map<string, string>();
  private erasures = 0;

  /** `most`: so many entries there are at most; `files`: the keys whose files the bundle holds. */
  constructor(
    private readonly findings: Findings,
    most: number,
    private readonly files: ReadonlySet<string>,
    private readonly nameOf: (stream: number) => string,
  ) {
    this.names = new KidNames(most);
    this.streams = new Int32Array(most);
  }

  get(kid: string): AnnouncedKey | undefined {
    const key = this.names.find(kid);
    return key < 0 ? undefined : { commitment: this.commitments.get(kid), erasedAt: this.erased.get(key) };
  }

  get erasureCount(): number {
    return this.erasures;
  }

  takeRow(entry: RowEntry, stream: number, type: EntryType): void {
    if (type.announcesKey) this.announceRow(entry, stream);
    if (type.erases) this.erase(entry);
    const count = entry.int(NOTES);
    for (let at = 0, from = entry.int(NOTES_AT); at < count; at += 1, from += NOTE)
      this.use(entry, at, this.names.findWords(entry.extra, from), stream);
  }

  /** The same for an entry that is not in form. */
  take(entry: Envelope, stream: number, type: EntryType): void {
    if (type.announcesKey) this.announce(entry, stream);
    if (type.erases) this.erase(entry);
    entry.sealed.forEach(({ kid }, at) => this.use(entry, at, this.names.find(kid), stream));
  }

  private use(entry: Envelope, field: number, key: number, stream: number): void {
    if (key >= 0 && this.streams[key] === stream && !(this.erased.size > 0 && this.erased.has(key))) return;
    const where = `${entry.sealed[field]?.pointer} of entry ${entry.index}`;
    if (key < 0)
      this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that no entry before it announces.`); // prettier-ignore
    else if (this.streams[key] !== stream)
      this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that was announced for ${this.nameOf(this.streams[key] as number)} only.`); // prettier-ignore
    else
      this.findings.add('sealed-after-erasure', placeOf(entry), `${where} is sealed with a key that entry ${this.erased.get(key)} says was destroyed.`); // prettier-ignore
  }

  private announceRow(entry: RowEntry, stream: number): void {
    const kidAt = this.files.size > 0 ? NONE : entry.announcedAt();
    if (kidAt < 0 || !this.names.readWords(entry.bytes, kidAt)) return this.announce(entry, stream);
    this.note(entry, this.names.putRead(), stream);
  }

  private announce(entry: Envelope, stream: number): void {
    const { kid, commitment } = entry.data;
    if (typeof kid !== 'string' || !isHashText(commitment))
      return this.findings.add('rule-broken', placeOf(entry), `Entry ${entry.index} announces a key without its id or its fingerprint.`); // prettier-ignore
    if (this.note(entry, this.names.put(kid), stream) && this.files.has(kid)) this.commitments.set(kid, commitment);
  }

  /** @returns whether the key is a new one. */
  private note(entry: Envelope, { number, isNew }: { number: number; isNew: boolean }, stream: number): boolean {
    if (isNew) this.streams[number] = stream;
    else this.findings.add('key-twice', placeOf(entry), `Entry ${entry.index} announces a key for the second time.`);
    return isNew;
  }

  private erase(entry: Envelope): void {
    const { kids, basis, authorisedBy } = entry.data;
    this.erasures += 1;
    // Who allowed it may be sealed, because it may name a person; then its place is empty and the field is listed.
    const isExplained = [basis, authorisedBy].every(isSaid);
    if (!isExplained || !Array.isArray(kids))
      this.findings.add('erasure-unexplained', placeOf(entry), `Entry ${entry.index} erases words without saying which, on what ground or who allowed it.`); // prettier-ignore
    for (const kid of Array.isArray(kids) ? (kids as unknown[]) : []) {
      const key = typeof kid === 'string' ? this.names.find(kid) : NONE;
      if (key < 0)
        this.findings.add('key-unannounced', placeOf(entry), `Entry ${entry.index} says that a key was destroyed that was never announced.`); // prettier-ignore
      else if (isExplained && !this.erased.has(key)) this.erased.set(key, entry.index);
    }
  }
}
