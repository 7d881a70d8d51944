import type { DatabaseSync } from 'node:sqlite';
import { emptyLog, openDurable } from '#event-store/sqlite/connection';
import { GroupCommit } from '#event-store/sqlite/group-commit';
import type { Ciphertext } from './sealing.js';

/** Ciphertexts by digest: backed up with the log, and deletable, which the log is not. */
export class SealedStore {
  private readonly db: DatabaseSync;
  private readonly commits: GroupCommit;
  private readonly insert;
  private readonly byDigest;
  private readonly byKid;
  private readonly remove;
  private readonly counted;

  /** @throws Error when the ciphertexts belong to another vault: their keys are not here, and that is not an erasure. */
  constructor(path: string, pair: Uint8Array) {
    this.db = openDurable(path);
    this.db.exec('PRAGMA secure_delete = ON');
    this.db.exec(
      'CREATE TABLE IF NOT EXISTS sealed (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID',
    );
    this.db.exec('CREATE TABLE IF NOT EXISTS pair (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT');
    this.db.prepare('INSERT INTO pair (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING').run(pair);
    const { id } = this.db.prepare('SELECT id FROM pair').get() as { id: Uint8Array };
    if (!Buffer.from(id).equals(pair)) {
      this.db.close();
      throw new Error(`${path} does not belong to this vault. Put the right vault back; nothing was changed.`);
    }
    // Ciphertexts of before this column are found by the events that name them.
    if (!this.db.prepare("SELECT 1 FROM pragma_table_info('sealed') WHERE name = 'kid'").get())
      this.db.exec('ALTER TABLE sealed ADD COLUMN kid TEXT');
    this.db.exec('CREATE INDEX IF NOT EXISTS sealed_by_key ON sealed (kid)');
    this.commits = new GroupCommit(this.db, () => false);
    // The name is the digest of the bytes: a second copy is the same copy.
    this.insert = this.db.prepare('INSERT INTO sealed (digest, bytes, kid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.byKid = this.db.prepare('DELETE FROM sealed WHERE kid = ?');
    this.remove = this.db.prepare('DELETE FROM sealed WHERE digest = ?');
    this.counted = this.db.prepare('SELECT count(*) AS n FROM sealed WHERE kid = ?');
    this.byDigest = this.db.prepare('SELECT bytes FROM sealed WHERE digest = ?');
  }

  /** Resolves when all of them are durable. */
  async put(ciphertexts: readonly Ciphertext[]): Promise<void> {
    await this.commits.run(() => {
      for (const { digest, bytes, kid } of ciphertexts) this.insert.run(Buffer.from(digest, 'base64'), bytes, kid);
    });
  }

  get(digest: string): Uint8Array | undefined {
    return (this.byDigest.get(Buffer.from(digest, 'base64')) as { bytes: Uint8Array } | undefined)?.bytes;
  }

  /** Deletes what was sealed with these keys, and what has these digests; overwritten on disk and out of the write-ahead log. */
  async purge(kids: readonly string[], digests: readonly string[] = []): Promise<number> {
    const deleted = await this.commits.run(() => {
      let count = 0;
      for (const kid of kids) count += Number(this.byKid.run(kid).changes);
      for (const digest of digests) count += Number(this.remove.run(Buffer.from(digest, 'base64')).changes);
      return count;
    });
    emptyLog(this.db);
    return deleted;
  }

  /** How many ciphertexts are left that were sealed with these keys. */
  countOf(kids: readonly string[]): number {
    return kids.reduce((sum, kid) => sum + (this.counted.get(kid) as { n: number }).n, 0);
  }

  get isBroken(): boolean {
    return this.commits.isBroken;
  }

  close(): void {
    this.commits.end();
    if (this.db.isOpen) this.db.close();
  }
}
