import type { Book } from './book.js';
import type { EntryType } from './entry-types.js';
import { type Envelope, isHashText } from './envelope.js';
import type { Findings, Place } from './finding.js';

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
  /** Keys whose ids are not 16 bytes in base64url. */
  private readonly odd = new Map<string, number>();
  private readonly erased = new Map<number, number>();
  private readonly commitments = new Map<string, string>();
  private erasures = 0;

  /** `files`: the keys whose files the bundle holds. */
  constructor(
    private readonly findings: Findings,
    private readonly book: Book,
    private readonly files: ReadonlySet<string>,
    private readonly nameOf: (stream: number) => string,
  ) {}

  get(kid: string): AnnouncedKey | undefined {
    const key = this.find(kid);
    return key < 0 ? undefined : { commitment: this.commitments.get(kid), erasedAt: this.erased.get(key) };
  }

  private find(kid: string): number {
    const at = this.book.kid(kid);
    return at === undefined ? (this.odd.get(kid) ?? NONE) : this.book.code.findKey(at);
  }

  get erasureCount(): number {
    return this.erasures;
  }

  /** An entry that announces or erases a key, or where something is wrong with the keys that it names. */
  take(entry: Envelope, stream: number, type: EntryType): void {
    if (type.announcesKey) this.announce(entry, stream);
    if (type.erases) this.erase(entry);
    entry.sealed.forEach(({ kid }, at) => this.use(entry, at, this.find(kid), stream));
  }

  private use(entry: Envelope, field: number, key: number, stream: number): void {
    const owner = key < 0 ? NONE : this.book.code.streamOfKey(key);
    if (key >= 0 && owner === stream && !this.erased.has(key)) return;
    const where = `${entry.sealed[field]?.pointer} of entry ${entry.index}`;
    if (key < 0)
      this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that no entry before it announces.`); // prettier-ignore
    else if (owner !== stream)
      this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that was announced for ${this.nameOf(owner)} only.`); // prettier-ignore
    else
      this.findings.add('sealed-after-erasure', placeOf(entry), `${where} is sealed with a key that entry ${this.erased.get(key)} says was destroyed.`); // prettier-ignore
  }

  private announce(entry: Envelope, stream: number): void {
    const { kid, commitment } = entry.data;
    if (typeof kid !== 'string' || !isHashText(commitment))
      return this.findings.add('rule-broken', placeOf(entry), `Entry ${entry.index} announces a key without its id or its fingerprint.`); // prettier-ignore
    if (!this.put(kid, stream))
      return this.findings.add('key-twice', placeOf(entry), `Entry ${entry.index} announces a key for the second time.`); // prettier-ignore
    if (this.files.has(kid)) this.commitments.set(kid, commitment);
  }

  /** @returns whether the key is a new one. */
  private put(kid: string, stream: number): boolean {
    const { code } = this.book;
    const at = this.book.kid(kid);
    if (at !== undefined) return code.putKey(at, stream) === 1;
    if (this.odd.has(kid)) return false;
    this.odd.set(kid, code.newKey(stream));
    return true;
  }

  private erase(entry: Envelope): void {
    const { kids, basis, authorisedBy } = entry.data;
    this.erasures += 1;
    // Who allowed it may be sealed, because it may name a person; then its place is empty and the field is listed.
    const isExplained = [basis, authorisedBy].every(isSaid);
    if (!isExplained || !Array.isArray(kids))
      this.findings.add('erasure-unexplained', placeOf(entry), `Entry ${entry.index} erases words without saying which, on what ground or who allowed it.`); // prettier-ignore
    for (const kid of Array.isArray(kids) ? (kids as unknown[]) : []) {
      const key = typeof kid === 'string' ? this.find(kid) : NONE;
      if (key < 0)
        this.findings.add('key-unannounced', placeOf(entry), `Entry ${entry.index} says that a key was destroyed that was never announced.`); // prettier-ignore
      else if (isExplained && !this.erased.has(key)) {
        this.erased.set(key, entry.index);
        this.book.code.destroyKey(key);
      }
    }
  }
}
