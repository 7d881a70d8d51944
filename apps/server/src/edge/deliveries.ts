import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '#event-store/canonical-json';
import { Vault } from '#vault/vault';

/**
 * Which body came with which command id, so that one key with another body is refused instead of silently answered with
 * the first result. What a client chose is kept only as a keyed digest.
 */
@Injectable()
export class Deliveries {
  private readonly key: Buffer;
  private readonly find;
  private readonly insert;
  private readonly remove;

  constructor(private readonly vault: Vault) {
    this.key = vault.database.master.derive('request-digest');
    const { db } = vault.database;
    this.find = db.prepare('SELECT digest FROM request WHERE command_id = ?');
    this.insert = db.prepare('INSERT INTO request (command_id, digest, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.remove = db.prepare('DELETE FROM request WHERE command_id = ?');
  }

  /** `other`: this key came before with another body. */
  async reserve(commandId: string, body: unknown, at: string): Promise<'first' | 'again' | 'other'> {
    const digest = createHmac('sha256', this.key)
      .update(canonicalJson(body ?? null))
      .digest();
    const known = this.digestOf(commandId);
    if (known) return digest.equals(known) ? 'again' : 'other';
    await this.vault.database.commits.run(() => void this.insert.run(commandId, digest, at));
    const now = this.digestOf(commandId);
    return now && digest.equals(now) ? 'first' : 'other';
  }

  /** A refused command may be corrected and sent again under the same key. */
  async release(commandId: string): Promise<void> {
    await this.vault.database.commits.run(() => void this.remove.run(commandId));
  }

  private digestOf(commandId: string): Uint8Array | undefined {
    return (this.find.get(commandId) as { digest: Uint8Array } | undefined)?.digest;
  }
}
