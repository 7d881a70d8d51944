import type { LedgerEntry, Target } from './erasure-ledger.js';
import type { SubjectKeys } from './subject-keys.js';
import type { VaultDatabase } from './vault-database.js';

export interface KeyOf {
  readonly kid: string;
  readonly subject: string;
  readonly stream: string;
}

/** Closing, opening again and destroying keys. Each is one durable transaction; no key stays in memory behind it. */
export class Forgetting {
  private readonly statements;

  constructor(
    private readonly vault: VaultDatabase,
    private readonly keys: Pick<SubjectKeys, 'drop'>,
  ) {
    const { db } = vault;
    this.statements = {
      all: db.prepare('SELECT kid, subject, stream FROM subject_key WHERE subject = ?'),
      one: db.prepare('SELECT kid, subject, stream FROM subject_key WHERE subject = ? AND stream = ?'),
      close: db.prepare('INSERT INTO closed_subject (subject, stream, why, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'), // prettier-ignore
      open: db.prepare('DELETE FROM closed_subject WHERE subject = ? AND stream = ? AND why = ?'),
      destroy: db.prepare('DELETE FROM subject_key WHERE kid = ?'),
      gone: db.prepare('INSERT INTO erased_key (kid, erased_on) VALUES (?, ?) ON CONFLICT DO NOTHING'),
      tomb: db.prepare('INSERT INTO erased_subject (subject, stream, erased_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'), // prettier-ignore
      hasKey: db.prepare('SELECT 1 FROM subject_key WHERE kid = ?'),
      hasTomb: db.prepare('SELECT 1 FROM erased_subject WHERE subject = ? AND stream = ?'),
      underWay: db.prepare('SELECT 1 FROM erasure WHERE id = ?'),
      records: db.prepare('DELETE FROM record WHERE subject = ?'),
      erasedOn: db.prepare('SELECT erased_on FROM erased_subject WHERE subject = ? AND stream = ?'),
    };
  }

  keysOf(targets: readonly Target[]): KeyOf[] {
    return targets.flatMap(({ subject, stream }) =>
      stream === '' ? this.statements.all.all(subject) : this.statements.one.all(subject, stream),
    ) as unknown as KeyOf[];
  }

  /** From here on nothing of theirs is shown. */
  async close(targets: readonly Target[], why: 'erasing' | 'restricted', since: string): Promise<void> {
    await this.vault.commits.run(() => {
      for (const { subject, stream } of targets) this.statements.close.run(subject, stream, why, since);
    });
    this.keys.drop();
  }

  async open(targets: readonly Target[], why: 'erasing' | 'restricted'): Promise<void> {
    await this.vault.commits.run(() => {
      for (const { subject, stream } of targets) this.statements.open.run(subject, stream, why);
    });
    this.keys.drop();
  }

  /** Destroys the keys and keeps their ids, the day, and whose they were: nobody gets another under the same name. */
  async destroy(targets: readonly Target[], kids: readonly string[], on: string): Promise<void> {
    await this.vault.commits.run(() => this.destroyNow(targets, kids, on));
    this.keys.drop();
    this.vault.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  erasedOn({ subject, stream }: Target): string | undefined {
    return (this.statements.erasedOn.get(subject, stream) as { erased_on: string } | undefined)?.erased_on;
  }

  /** What was erased before this vault was put back: answers the erasures that had to be carried out again. */
  replay(entries: readonly LedgerEntry[]): LedgerEntry[] {
    const again = entries.filter(
      ({ id, targets, kids }) =>
        // One that was cut off here is carried on where it stopped, with its reads closed; it needs no replay.
        this.statements.underWay.get(id) === undefined &&
        (kids.some((kid) => this.statements.hasKey.get(kid) !== undefined) ||
        targets.some(({ subject, stream }) => this.statements.hasTomb.get(subject, stream) === undefined)),
    );
    if (again.length === 0) return [];
    this.vault.db.exec('BEGIN IMMEDIATE');
    try {
      for (const { targets, kids, views, on } of again) {
        this.destroyNow(targets, [...kids, ...this.keysOf(targets).map(({ kid }) => kid)], on);
        for (const id of [...targets.filter(({ stream }) => stream === '').map(({ subject }) => subject), ...views])
          this.statements.records.run(id);
      }
      this.vault.db.exec('COMMIT');
    } catch (error) {
      if (this.vault.db.isTransaction) this.vault.db.exec('ROLLBACK');
      throw error;
    }
    this.keys.drop();
    this.vault.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return again;
  }

  private destroyNow(targets: readonly Target[], kids: readonly string[], on: string): void {
    for (const kid of kids) {
      this.statements.gone.run(kid, on);
      this.statements.destroy.run(kid);
    }
    for (const { subject, stream } of targets) {
      this.statements.tomb.run(subject, stream, on);
      this.statements.open.run(subject, stream, 'restricted');
    }
  }
}
