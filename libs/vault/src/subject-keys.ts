import { createHash, randomBytes } from 'node:crypto';
import type { AnnouncedKey } from '#event-store/sealer';
import type { VaultDatabase } from './vault-database.js';

interface KeyRow {
  kid: string;
  wrapped: Uint8Array;
}

/** What can be said of a key: here it is, it was destroyed on a day, or nobody knows (which is not the same). */
export type KeyState = { readonly key: Uint8Array } | { readonly erasedOn: string } | undefined;

const CACHE_MS = 60_000;

/** SHA-256 over id and key: binds a ciphertext to one key, because AES-GCM alone can be opened under two. */
export const commitmentOf = (kid: string, key: Uint8Array): string =>
  createHash('sha256').update(`throughline/kc/v1\n${kid}\n`).update(key).digest('base64');

/** One key per data subject and stream, so that what survives an erasure cannot be joined across streams. */
export class SubjectKeys {
  private readonly cache = new Map<string, { key: Uint8Array; until: number }>();
  private readonly bySubject;
  private readonly byKid;
  private readonly erased;
  private readonly insert;

  constructor(private readonly vault: VaultDatabase) {
    this.bySubject = vault.db.prepare('SELECT kid, wrapped FROM subject_key WHERE subject = ? AND stream = ?');
    this.byKid = vault.db.prepare('SELECT kid, wrapped FROM subject_key WHERE kid = ?');
    this.erased = vault.db.prepare('SELECT erased_on FROM erased_key WHERE kid = ?');
    this.insert = vault.db.prepare('INSERT INTO subject_key (kid, subject, stream, wrapped) VALUES (?, ?, ?, ?)');
  }

  async keysFor(subjects: readonly string[], stream: string): Promise<ReadonlyMap<string, AnnouncedKey>> {
    const missing = subjects.filter((subject) => this.bySubject.get(subject, stream) === undefined);
    if (missing.length > 0)
      await this.vault.commits.run(() => missing.forEach((subject) => this.create(subject, stream)));
    return new Map(
      subjects.map((subject) => [subject, this.announce(this.bySubject.get(subject, stream) as unknown as KeyRow)]),
    );
  }

  state(kid: string): KeyState {
    const cached = this.cache.get(kid);
    if (cached && cached.until > performance.now()) return { key: cached.key };
    const row = this.byKid.get(kid) as unknown as KeyRow | undefined;
    if (row) return { key: this.unwrap(row) };
    const gone = this.erased.get(kid) as { erased_on: string } | undefined;
    return gone && { erasedOn: gone.erased_on };
  }

  private create(subject: string, stream: string): void {
    // Another writer of the same batch may have made it meanwhile.
    if (this.bySubject.get(subject, stream) !== undefined) return;
    const kid = randomBytes(16).toString('base64url');
    this.insert.run(kid, subject, stream, this.vault.master.wrap(randomBytes(32), `key ${kid}`));
  }

  private announce(row: KeyRow): AnnouncedKey {
    return { kid: row.kid, commitment: commitmentOf(row.kid, this.unwrap(row)) };
  }

  private unwrap(row: KeyRow): Uint8Array {
    const key = this.vault.master.unwrap(row.wrapped, `key ${row.kid}`);
    if (this.cache.size > 10_000) this.cache.clear();
    this.cache.set(row.kid, { key, until: performance.now() + CACHE_MS });
    return key;
  }
}
