import { inTransaction } from '#event-store/sqlite/connection';
import type { LedgerEntry, Target } from './erasure-ledger.js';
import type { SubjectKeys } from './subject-keys.js';
import type { VaultDatabase } from './vault-database.js';

export interface KeyOf {
  readonly kid: string;
  readonly subject: string;
  readonly stream: string;
}

/** Closing and destroying keys. Each is one durable transaction; no key stays in memory behind it. */
export class Forgetting {
  private readonly statements;

  constructor(
    private readonly vault: Pick<VaultDatabase, 'db' | 'commits'>,
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
      begin: db.prepare('INSERT INTO erasure (id, body) VALUES (?, ?)'),
      end: db.prepare('DELETE FROM erasure WHERE id = ?'),
      underWay: db.prepare('SELECT 1 FROM erasure WHERE id = ?'),
      records: db.prepare("DELETE FROM record WHERE subject = ? AND kind <> 'card-code'"),
      erasedOn: db.prepare('SELECT erased_on FROM erased_subject WHERE subject = ? AND stream = ?'),
    };
  }

  keysOf(targets: readonly Target[]): KeyOf[] {
    return targets.flatMap(({ subject, stream }) =>
      stream === '' ? this.statements.all.all(subject) : this.statements.one.all(subject, stream),
    ) as unknown as KeyOf[];
  }

  /**
   * The first durable step of an erasure: what shall be done is written down, and nothing of theirs is shown any more.
   * The keys are listed in the same transaction: no key can come after.
   */
  async begin<T extends { readonly id: string; readonly targets: readonly Target[] }>(
    make: (keys: readonly KeyOf[]) => T,
    targets: readonly Target[],
    since: string,
  ): Promise<T> {
    const body = await this.vault.commits.run(() => {
      const made = make(this.keysOf(targets));
      this.statements.begin.run(made.id, JSON.stringify(made));
      for (const { subject, stream } of targets) this.statements.close.run(subject, stream, 'erasing', since);
      return made;
    });
    this.keys.drop();
    return body;
  }

  /** Erasures that were begun and not finished, as they were written down. */
  underWay<T>(): T[] {
    const rows = this.vault.db.prepare('SELECT body FROM erasure ORDER BY id').all() as { body: string }[];
    return rows.map(({ body }) => JSON.parse(body) as T);
  }

  /** Finished, or refused before anything was destroyed: then what was closed is open again. */
  async end({ id, targets }: { readonly id: string; readonly targets: readonly Target[] }): Promise<void> {
    await this.vault.commits.run(() => {
      this.statements.end.run(id);
      for (const { subject, stream } of targets) this.statements.open.run(subject, stream, 'erasing');
    });
    this.keys.drop();
  }

  /** Destroys the keys and keeps their ids, the day, and whose they were: nobody gets another under the same name. */
  async destroy(targets: readonly Target[], kids: readonly string[], on: string): Promise<void> {
    await this.vault.commits.run(() => this.destroyNow(targets, kids, on));
    this.keys.drop();
    this.vault.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** From here on nothing of theirs is opened but for themselves. */
  async restrict(targets: readonly Target[], since: string): Promise<void> {
    await this.vault.commits.run(() => {
      for (const { subject, stream } of targets) this.statements.close.run(subject, stream, 'restricted', since);
    });
    this.keys.drop();
  }

  async unrestrict(targets: readonly Target[]): Promise<void> {
    await this.vault.commits.run(() => {
      for (const { subject, stream } of targets) this.statements.open.run(subject, stream, 'restricted');
    });
    this.keys.drop();
  }

  erasedOn({ subject, stream }: Target): string | undefined {
    return (this.statements.erasedOn.get(subject, stream) as { erased_on: string } | undefined)?.erased_on;
  }

  /** How much was erased here that the list does not know: it was lost, or an older one was put in its place. */
  unlisted(entries: readonly LedgerEntry[]): number {
    const known = new Set(
      entries.flatMap(({ targets }) => targets.map(({ subject, stream }) => `${subject} ${stream}`)),
    );
    const erased = this.vault.db.prepare("SELECT subject || ' ' || stream AS name FROM erased_subject").all();
    return (erased as { name: string }[]).filter(({ name }) => !known.has(name)).length;
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
    inTransaction(this.vault.db, () => {
      for (const entry of again) {
        const { id, targets, kids, views, on } = entry;
        // Whoever erases finds it here and finishes it: the other stores, and the record itself.
        this.statements.begin.run(id, JSON.stringify({ ...entry, isReplay: true }));
        this.destroyNow(targets, [...kids, ...this.keysOf(targets).map(({ kid }) => kid)], on);
        // Codes of cards stay until the eraser goes on: each leads it to its second row.
        const whole = targets.filter(({ stream }) => stream === '').map(({ subject }) => subject);
        for (const subject of [...whole, ...views]) this.statements.records.run(subject);
      }
    });
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
