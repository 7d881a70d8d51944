import type { Vault } from '#vault/vault';
import type { VaultDatabase } from '#vault/vault-database';
import { identityTables } from './identity-tables.js';
import { digestOf } from './secret.js';

/** Secrets that count once, in all processes of one data folder together (the `state` of a sign-in). */
export class UsedOnce {
  private readonly vault: VaultDatabase;
  private readonly insert;
  private readonly sweep;

  constructor(vault: Vault) {
    this.vault = identityTables(vault.database);
    this.insert = this.vault.db.prepare('INSERT INTO used_once VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.sweep = this.vault.db.prepare('DELETE FROM used_once WHERE until <= ?');
  }

  /** True the first time. @param until milliseconds since 1970; afterwards the secret must not count anyway. */
  async first(secret: string, now: number, until: number): Promise<boolean> {
    return this.vault.commits.run(() => {
      this.sweep.run(now);
      return this.insert.run(digestOf(secret), until).changes === 1;
    });
  }
}
