import type { Rows } from '#projections/rows';
import type { Json } from '#kernel/personal';
import type { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import type { RetentionKind } from './periods.js';

/** A sealed row of the vault. */
export interface StoredRecord {
  readonly record: string;
  readonly id: string;
}

/** Kept although its time is over: a court or an inquiry may ask for it. Who is held, and whose view is. */
const HELD_AT_ALL = "SELECT person FROM data_subject_step WHERE kind = 'hold' AND ended_at IS NULL";
const HELD = `SELECT person FROM (${HELD_AT_ALL}) UNION SELECT c.participant FROM contribution c WHERE c.participant IS NOT NULL AND c.id IN (${HELD_AT_ALL})
  UNION SELECT c.id FROM contribution c WHERE c.participant IN (${HELD_AT_ALL})`;

const NAMES = `SELECT p.id FROM participant p
  WHERE max(p.registered_at, coalesce((SELECT max(c.occurred_at) FROM contribution c WHERE c.participant = p.id), '')) < ?`;

/** Which records of the vault are kept too long, by kind; `cutoff` is the first day that counts. */
export class OverdueRecords {
  private readonly records;

  constructor(
    private readonly vault: Vault,
    private readonly rows: Rows,
  ) {
    this.records = vault.database.db.prepare('SELECT id, subject FROM record WHERE kind = ?');
  }

  of(kind: RetentionKind, cutoff: string): StoredRecord[] {
    switch (kind) {
      case 'names':
        return this.among('person', NAMES, cutoff);
      case 'letters':
        return this.among('data-request', 'SELECT id FROM data_request WHERE answered_on < ?', cutoff);
      case 'drafts':
        return this.among('draft', 'SELECT id FROM meeting WHERE starts_at < ?', cutoff);
      case 'cards':
        return this.cards(cutoff);
      case 'addresses':
        return this.addresses(cutoff);
      case 'staff':
        return this.staff(cutoff);
      case 'reads':
      case 'digests':
      case 'sessions':
        return [];
    }
  }

  /** Records whose own id a read model calls over, but for those that belong to somebody who is held. */
  private among(record: string, sql: string, cutoff: string): StoredRecord[] {
    const kept = new Map(this.idsOf(record).map(({ id, subject }) => [id, subject ?? id]));
    if (kept.size === 0) return [];
    const held = this.held();
    const isOver = ({ id }: { id: string }): boolean => kept.has(id) && !held.has(kept.get(id) ?? id);
    return this.rows.all<{ id: string }>(sql, cutoff).filter(isOver).map(({ id }) => ({ record, id })); // prettier-ignore
  }

  /** The code of a card, and the second row that finds it by the card. */
  private cards(cutoff: string): StoredRecord[] {
    const held = this.held();
    const old = new Set(this.rows.all<{ id: string }>('SELECT id FROM contribution WHERE occurred_at < ?', cutoff).map(({ id }) => id)); // prettier-ignore
    const codes = new VaultRecords<{ card: string }>(this.vault.database, 'card-code');
    return this.idsOf('card-code')
      .filter(({ subject }) => subject !== null && old.has(subject) && !held.has(subject))
      .flatMap(({ id }) => {
        const card = codes.get(id, true)?.value.card;
        return [{ record: 'card-code', id }, ...(card === undefined ? [] : [{ record: 'card', id: card }])];
      });
  }

  /** An address goes with the list of views under it; the views stay, and their cards open them. */
  private addresses(cutoff: string): StoredRecord[] {
    const held = this.held();
    type Account = { seenOn?: string; views: { contribution: string }[] };
    return new VaultRecords<Account & Json>(this.vault.database, 'person-account')
      .all()
      .filter(
        ({ value: { seenOn, views } }) =>
          seenOn !== undefined && seenOn < cutoff && !views.some(({ contribution }) => held.has(contribution)),
      ) // prettier-ignore
      .flatMap(({ id, value: { views } }) => [
        { record: 'person-account', id },
        ...views.map(({ contribution }) => ({ record: 'person-view', id: contribution })),
      ]);
  }

  /** Who works here no longer signs in no longer. What an account may do stands in the log and stays. */
  private staff(cutoff: string): StoredRecord[] {
    return new VaultRecords<{ lastSignIn: string | null }>(this.vault.database, 'staff-account')
      .all()
      .filter(({ value: { lastSignIn } }) => lastSignIn !== null && lastSignIn < cutoff)
      .map(({ id }) => ({ record: 'staff-account', id }));
  }

  private held(): ReadonlySet<string> {
    return new Set(this.rows.all<{ person: string }>(HELD).map(({ person }) => person));
  }

  private idsOf(record: string): { id: string; subject: string | null }[] {
    return this.records.all(record) as { id: string; subject: string | null }[];
  }
}
