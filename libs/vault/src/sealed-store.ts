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

  constructor(path: string) {
    this.db = openDurable(path);
    this.db.exec('PRAGMA secure_delete = ON');
    this.db.exec(
      'CREATE TABLE IF NOT EXISTS sealed (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID',
    );
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

  close(): void {
    this.commits.end();
    if (this.db.isOpen) this.db.close();
  }
}
