import { createHash, randomBytes } from 'node:crypto';
import type { AnnouncedKey } from '#event-store/sealer';
import { refuse } from '#kernel/refusal';
import type { VaultDatabase } from './vault-database.js';

interface KeyRow {
  kid: string;
  wrapped: Uint8Array;
  subject: string;
  stream: string;
  /** The newest reason why it is closed, `erasing` before `restricted`. */
  why: 'erasing' | 'restricted' | null;
  since: string | null;
}

/** Here, but not to be used: an erasure has begun, or the person asked that their data be kept and not used (Art 18). */
export interface ClosedKey {
  readonly closed: 'erasing' | 'restricted';
  readonly since: string;
}

/** What can be said of a key: here it is, it is closed, it was destroyed on a day, or nobody knows (which is not the same). */
export type KeyState = { readonly key: Uint8Array } | ClosedKey | { readonly erasedOn: string } | undefined;

/** A key lies in memory at most this long; it is dropped at once when the vault changes in this process or another. */
const CACHE_MS = 60_000;

/** SHA-256 over id and key: binds a ciphertext to one key, because AES-GCM alone can be opened under two. */
export const commitmentOf = (kid: string, key: Uint8Array): string =>
  createHash('sha256').update(`throughline/kc/v1\n${kid}\n`).update(key).digest('base64');

const ROW = `SELECT k.kid, k.wrapped, k.subject, k.stream, c.why, c.since FROM subject_key k
  LEFT JOIN closed_subject c ON c.subject = k.subject AND c.stream IN ('', k.stream)`;

/** One key per data subject and stream, so that what survives an erasure cannot be joined across streams. */
export class SubjectKeys {
  private readonly cache = new Map<string, { key: Uint8Array; until: number }>();
  private readonly bySubject;
  private readonly byKid;
  private readonly erased;
  private readonly insert;
  private readonly gone;
  private readonly dataVersion;
  private seenVersion = -1;

  constructor(private readonly vault: VaultDatabase) {
    this.bySubject = vault.db.prepare(`${ROW} WHERE k.subject = ? AND k.stream = ? ORDER BY c.why LIMIT 1`);
    this.byKid = vault.db.prepare(`${ROW} WHERE k.kid = ? ORDER BY c.why LIMIT 1`);
    this.erased = vault.db.prepare('SELECT erased_on FROM erased_key WHERE kid = ?');
    this.insert = vault.db.prepare('INSERT INTO subject_key (kid, subject, stream, wrapped) VALUES (?, ?, ?, ?)');
    this.gone = vault.db.prepare(`SELECT 1 FROM erased_subject WHERE subject = ?1 AND stream IN ('', ?2)
      UNION ALL SELECT 1 FROM closed_subject WHERE subject = ?1 AND stream IN ('', ?2) AND why = 'erasing' LIMIT 1`);
    this.dataVersion = vault.db.prepare('PRAGMA data_version');
  }

  /** @throws Refusal for a person who was erased: their key never comes back, whoever asks. */
  async keysFor(subjects: readonly string[], stream: string): Promise<ReadonlyMap<string, AnnouncedKey>> {
    for (const subject of subjects) this.assertNotErased(subject, stream);
    const missing = subjects.filter((subject) => this.bySubject.get(subject, stream) === undefined);
    if (missing.length > 0)
      await this.vault.commits.run(() => missing.forEach((subject) => this.create(subject, stream)));
    return new Map(
      subjects.map((subject) => [subject, this.announce(this.bySubject.get(subject, stream) as unknown as KeyRow)]),
    );
  }

  /** @param evenRestricted for the person themselves, whose right to see what is held a restriction does not end. */
  state(kid: string, evenRestricted: boolean): KeyState {
    this.noticeOthers();
    const cached = this.cache.get(kid);
    if (cached && cached.until > performance.now()) return { key: cached.key };
    const row = this.byKid.get(kid) as unknown as KeyRow | undefined;
    if (row?.why === 'erasing' || (row?.why && !evenRestricted)) return { closed: row.why, since: row.since ?? '' };
    // What is restricted is opened for one reader and never kept at hand.
    if (row) return { key: this.unwrap(row, row.why === null) };
    const gone = this.erased.get(kid) as { erased_on: string } | undefined;
    return gone && { erasedOn: gone.erased_on };
  }

  /** Also the key of a restricted person: what they tell us is kept, and not shown. @throws Error for any other key that is not here. */
  toSealWith(kid: string): Uint8Array {
    const state = this.state(kid, true);
    if (!state || !('key' in state)) throw new Error(`no key ${kid} to seal with`);
    return state.key;
  }

  /** Every key in memory is overwritten and forgotten. */
  drop(): void {
    for (const { key } of this.cache.values()) key.fill(0);
    this.cache.clear();
  }

  /** Another process may have erased somebody: SQLite tells by its data version that anything was written. */
  private noticeOthers(): void {
    const { data_version: now } = this.dataVersion.get() as { data_version: number };
    if (now === this.seenVersion) return;
    this.seenVersion = now;
    this.cache.clear();
  }

  private create(subject: string, stream: string): void {
    this.assertNotErased(subject, stream);
    // Another writer of the same batch may have made it meanwhile.
    if (this.bySubject.get(subject, stream) !== undefined) return;
    const kid = randomBytes(16).toString('base64url');
    this.insert.run(kid, subject, stream, this.vault.master.wrap(randomBytes(32), `key ${kid}`));
  }

  private assertNotErased(subject: string, stream: string): void {
    if (this.gone.get(subject, stream) !== undefined)
      throw refuse('erased', 'These words were erased for good. Nothing can be added to them.');
  }

  private announce(row: KeyRow): AnnouncedKey {
    return { kid: row.kid, commitment: commitmentOf(row.kid, this.unwrap(row, false)) };
  }

  private unwrap(row: KeyRow, mayKeep: boolean): Uint8Array {
    const key = this.vault.master.unwrap(row.wrapped, `key ${row.kid}`);
    if (this.cache.size > 10_000) this.cache.clear();
    if (mayKeep) this.cache.set(row.kid, { key, until: performance.now() + CACHE_MS });
    return key;
  }
}
