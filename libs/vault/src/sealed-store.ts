import type { DatabaseSync } from 'node:sqlite';
import { openDurable } from '#event-store/sqlite/connection';
import { GroupCommit } from '#event-store/sqlite/group-commit';
import type { Ciphertext } from './sealing.js';

/** Ciphertexts by digest: backed up with the log, and deletable, which the log is not. */
export class SealedStore {
  private readonly db: DatabaseSync;
  private readonly commits: GroupCommit;
  private readonly insert;
  private readonly byDigest;

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
    this.commits = new GroupCommit(this.db, () => false);
    // The name is the digest of the bytes: a second copy is the same copy.
    this.insert = this.db.prepare('INSERT INTO sealed (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.byDigest = this.db.prepare('SELECT bytes FROM sealed WHERE digest = ?');
  }

  /** Resolves when all of them are durable. */
  async put(ciphertexts: readonly Ciphertext[]): Promise<void> {
    await this.commits.run(() => {
      for (const { digest, bytes } of ciphertexts) this.insert.run(Buffer.from(digest, 'base64'), bytes);
    });
  }

  get(digest: string): Uint8Array | undefined {
    return (this.byDigest.get(Buffer.from(digest, 'base64')) as { bytes: Uint8Array } | undefined)?.bytes;
  }

  get isBroken(): boolean {
    return this.commits.isBroken;
  }

  close(): void {
    this.commits.end();
    if (this.db.isOpen) this.db.close();
  }
}
