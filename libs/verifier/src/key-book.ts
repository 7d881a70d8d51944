import { type Envelope, isHashText, kindOf } from './envelope.js';
import type { Findings, Place } from './finding.js';

export interface AnnouncedKey {
  readonly stream: string;
  /** SHA-256 over id and key, base64. */
  readonly commitment: string;
  /** The entry that says that it was destroyed. */
  erasedAt?: number;
}

const placeOf = ({ index, stream, rev }: Envelope): Place => ({ leaf: index, stream, revision: rev });
const isSaid = (value: unknown): boolean => value !== undefined && value !== '';

/** Which keys the log has announced, and which it has said to be destroyed. */
export class KeyBook {
  private readonly keys = new Map<string, AnnouncedKey>();
  private erasures = 0;

  constructor(private readonly findings: Findings) {}

  get(kid: string): AnnouncedKey | undefined {
    return this.keys.get(kid);
  }

  get erasureCount(): number {
    return this.erasures;
  }

  take(entry: Envelope): void {
    const kind = kindOf(entry.type);
    if (kind === 'subject-key-created') this.announce(entry);
    if (kind === 'subject-erased') this.erase(entry);
    for (const { pointer, kid } of entry.sealed) {
      const key = this.keys.get(kid);
      if (key && key.stream === entry.stream && key.erasedAt === undefined) continue;
      const where = `${pointer} of entry ${entry.index}`;
      if (!key)
        this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that no entry before it announces.`); // prettier-ignore
      else if (key.stream !== entry.stream)
        this.findings.add('key-unannounced', placeOf(entry), `${where} is sealed with a key that was announced for ${key.stream} only.`); // prettier-ignore
      else
        this.findings.add('sealed-after-erasure', placeOf(entry), `${where} is sealed with a key that entry ${key.erasedAt} says was destroyed.`); // prettier-ignore
    }
  }

  private announce(entry: Envelope): void {
    const { kid, commitment } = entry.data;
    if (typeof kid !== 'string' || !isHashText(commitment))
      return this.findings.add('rule-broken', placeOf(entry), `Entry ${entry.index} announces a key without its id or its fingerprint.`); // prettier-ignore
    if (this.keys.has(kid))
      return this.findings.add(
        'key-twice',
        placeOf(entry),
        `Entry ${entry.index} announces a key for the second time.`,
      );
    this.keys.set(kid, { stream: entry.stream, commitment });
  }

  private erase(entry: Envelope): void {
    const { kids, basis, authorisedBy } = entry.data;
    this.erasures += 1;
    // Who allowed it may be sealed, because it may name a person; then its place is empty and the field is listed.
    const isExplained = [basis, authorisedBy].every(isSaid);
    if (!isExplained || !Array.isArray(kids))
      this.findings.add('erasure-unexplained', placeOf(entry), `Entry ${entry.index} erases words without saying which, on what ground or who allowed it.`); // prettier-ignore
    for (const kid of Array.isArray(kids) ? (kids as unknown[]) : []) {
      const key = typeof kid === 'string' ? this.keys.get(kid) : undefined;
      if (!key)
        this.findings.add('key-unannounced', placeOf(entry), `Entry ${entry.index} says that a key was destroyed that was never announced.`); // prettier-ignore
      else if (isExplained) key.erasedAt ??= entry.index;
    }
  }
}
