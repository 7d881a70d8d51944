import type { Json } from '#kernel/personal';
import type { VaultDatabase } from './vault-database.js';

export class StaleRecord extends Error {
  constructor(readonly current: VaultRecord<Json> | undefined) {
    super('somebody else changed this meanwhile');
    this.name = 'StaleRecord';
  }
}

export interface VaultRecord<T extends Json> {
  readonly id: string;
  readonly revision: number;
  readonly value: T;
}

/** Sealed rows that are not events and may be deleted: names and contacts, cards, drafts of meetings. */
export class VaultRecords<T extends Json> {
  private readonly byId;
  private readonly upsert;
  private readonly remove;
  private readonly everyId;

  constructor(
    private readonly vault: VaultDatabase,
    private readonly kind: string,
  ) {
    this.byId = vault.db.prepare('SELECT revision, wrapped FROM record WHERE kind = ? AND id = ?');
    this.upsert = vault.db.prepare(`INSERT INTO record (kind, id, subject, revision, wrapped) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET subject = excluded.subject, revision = excluded.revision, wrapped = excluded.wrapped`);
    this.everyId = vault.db.prepare('SELECT id FROM record WHERE kind = ? ORDER BY id');
    this.remove = vault.db.prepare('DELETE FROM record WHERE kind = ? AND id = ?');
  }

  get(id: string): VaultRecord<T> | undefined {
    const row = this.byId.get(this.kind, id) as { revision: number; wrapped: Uint8Array } | undefined;
    return (
      row && {
        id,
        revision: row.revision,
        value: JSON.parse(this.vault.master.unwrap(row.wrapped, this.context(id)).toString('utf8')) as T,
      }
    );
  }

  /** All of this kind; for kinds of which there are few. */
  all(): readonly VaultRecord<T>[] {
    const rows = this.everyId.all(this.kind) as { id: string }[];
    return rows.flatMap(({ id }) => this.get(id) ?? []);
  }

  /**
   * Writes the record and answers its new revision.
   * @param expected the revision this change started from (0: must be new); left out: whatever is there is replaced.
   * @throws StaleRecord with what is there now.
   */
  async put(
    id: string,
    value: T,
    { subject, expected }: { subject?: string; expected?: number } = {},
  ): Promise<number> {
    return this.vault.commits
      .run(() => this.putNow(id, value, subject, expected))
      .then((result) => {
        if (result === 'stale') throw new StaleRecord(this.get(id));
        return result;
      });
  }

  async delete(id: string): Promise<void> {
    await this.vault.commits.run(() => void this.remove.run(this.kind, id));
  }

  private putNow(id: string, value: T, subject: string | undefined, expected: number | undefined): number | 'stale' {
    const now = (this.byId.get(this.kind, id) as { revision: number } | undefined)?.revision ?? 0;
    if (expected !== undefined && expected !== now) return 'stale';
    const wrapped = this.vault.master.wrap(Buffer.from(JSON.stringify(value), 'utf8'), this.context(id));
    this.upsert.run(this.kind, id, subject ?? null, now + 1, wrapped);
    return now + 1;
  }

  private context(id: string): string {
    return `record ${this.kind} ${id}`;
  }
}
