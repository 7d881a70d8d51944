import type { Json } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { notice } from './noticing.js';
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

interface Row {
  revision: number;
  wrapped: Uint8Array;
  subject: string | null;
}

/** Sealed rows that are not events and may be deleted: names and contacts, cards, drafts of meetings. */
export class VaultRecords<T extends Json> {
  private readonly byId;
  private readonly closed;
  private readonly upsert;
  private readonly remove;
  private readonly gone;
  private readonly everyId;

  constructor(
    private readonly vault: VaultDatabase,
    private readonly kind: string,
  ) {
    this.byId = vault.db.prepare('SELECT revision, wrapped, subject FROM record WHERE kind = ? AND id = ?');
    this.upsert = vault.db.prepare(`INSERT INTO record (kind, id, subject, revision, wrapped) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET subject = excluded.subject, revision = excluded.revision, wrapped = excluded.wrapped`);
    this.closed = vault.db.prepare(
      "SELECT why FROM closed_subject WHERE subject = ? AND stream = '' ORDER BY why LIMIT 1",
    );
    this.gone = vault.db.prepare(`SELECT 1 FROM erased_subject WHERE subject = ?1 AND stream = ''
      UNION ALL SELECT 1 FROM closed_subject WHERE subject = ?1 AND stream = '' AND why = 'erasing' LIMIT 1`);
    this.everyId = vault.db.prepare('SELECT id FROM record WHERE kind = ? ORDER BY id');
    this.remove = vault.db.prepare('DELETE FROM record WHERE kind = ? AND id = ?');
  }

  /** Undefined also for a person who is being erased or whose data is restricted; `evenRestricted` shows them their own. */
  get(id: string, evenRestricted = false): VaultRecord<T> | undefined {
    const row = this.byId.get(this.kind, id) as Row | undefined;
    if (!row || (row.subject && this.isClosed(row.subject, evenRestricted))) return undefined;
    notice({ record: this.kind, id, subject: row.subject });
    const value = JSON.parse(this.vault.master.unwrap(row.wrapped, this.context(id)).toString('utf8')) as T;
    return { id, revision: row.revision, value };
  }

  /** All of this kind; for kinds of which there are few. */
  all(): readonly VaultRecord<T>[] {
    return [...this.each()];
  }

  /** One after the other; only the ids lie in memory. */
  *each(evenRestricted = false): Generator<VaultRecord<T>> {
    for (const { id } of this.everyId.all(this.kind) as { id: string }[]) {
      const record = this.get(id, evenRestricted);
      if (record) yield record;
    }
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

  /** Everything of this kind that belongs to one subject. */
  async deleteOf(subject: string): Promise<number> {
    const remove = this.vault.db.prepare('DELETE FROM record WHERE kind = ? AND subject = ?');
    return this.vault.commits.run(() => Number(remove.run(this.kind, subject).changes));
  }

  idsOf(subject: string): string[] {
    const rows = this.vault.db.prepare('SELECT id FROM record WHERE kind = ? AND subject = ?').all(this.kind, subject);
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  private putNow(id: string, value: T, subject: string | undefined, expected: number | undefined): number | 'stale' {
    const now = (this.byId.get(this.kind, id) as Row | undefined)?.revision ?? 0;
    if (expected !== undefined && expected !== now) return 'stale';
    if (subject !== undefined && this.gone.get(subject) !== undefined)
      throw refuse('erased', 'This person was erased for good. They cannot be recorded again under the same id.');
    const wrapped = this.vault.master.wrap(Buffer.from(JSON.stringify(value), 'utf8'), this.context(id));
    this.upsert.run(this.kind, id, subject ?? null, now + 1, wrapped);
    return now + 1;
  }

  private isClosed(subject: string, evenRestricted: boolean): boolean {
    const { why } = (this.closed.get(subject) ?? {}) as { why?: string };
    return why === 'erasing' || (why !== undefined && !evenRestricted);
  }

  private context(id: string): string {
    return `record ${this.kind} ${id}`;
  }
}
