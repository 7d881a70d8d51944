import { randomUUID } from 'node:crypto';
import type { Json } from '#kernel/personal';
import type { Vault } from '#vault/vault';
import type { VaultDatabase } from '#vault/vault-database';
import { identityTables } from './identity-tables.js';
import { digestOf, isSecret, newSecret } from './secret.js';

/** How long a session may last, in milliseconds: `idle` without a request, `absolute` whatever happens. */
export interface Lifetime {
  readonly idle: number;
  readonly absolute: number;
}

/** A session as an administrator and the person may see it: no secret, no content. */
export interface SessionRow {
  readonly id: string;
  readonly startedAt: number;
  readonly seenAt: number;
}

/** Writing "seen" at every request would cost an fsync each; a minute's difference costs nobody anything. */
const SEEN_EVERY = 60_000;
/** Clocks of two servers differ a little; a session from further in the future does not count (a clock was set back). */
const CLOCK_SKEW = 60_000;
const SWEEP_EVERY = 10 * 60_000;

interface Row {
  readonly id: string;
  readonly wrapped: Uint8Array;
  readonly seen_at: number;
  readonly ends_at: number;
}

/**
 * Sessions of one kind, kept on the server: the cookie holds 256 random bits and nothing else, the vault its digest. Every
 * process of one data folder reads the same rows at every request, so that what ends here has ended everywhere.
 */
export class Sessions<T extends Json> {
  private readonly vault: VaultDatabase;
  private readonly find;
  private readonly insert;
  private readonly touch;
  private readonly remove;
  private readonly removeOf;
  private readonly removeOne;
  private readonly removeOthers;
  private readonly listOf;
  private readonly sweepOld;
  private sweptAt = 0;

  constructor(
    vault: Vault,
    private readonly kind: string,
    readonly lifetime: Lifetime,
  ) {
    this.vault = identityTables(vault.database);
    const { db } = this.vault;
    this.find = db.prepare('SELECT id, wrapped, seen_at, ends_at FROM session WHERE digest = ? AND kind = ?');
    this.insert = db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.touch = db.prepare('UPDATE session SET seen_at = ? WHERE digest = ? AND seen_at < ?');
    this.remove = db.prepare('DELETE FROM session WHERE digest = ? AND kind = ?');
    this.removeOf = db.prepare('DELETE FROM session WHERE subject = ? AND kind = ?');
    this.removeOne = db.prepare('DELETE FROM session WHERE id = ? AND subject = ? AND kind = ?');
    this.removeOthers = db.prepare('DELETE FROM session WHERE subject = ? AND kind = ? AND digest <> ?');
    this.listOf = db.prepare(`SELECT id, started_at AS startedAt, seen_at AS seenAt FROM session
      WHERE subject = ? AND kind = ? AND ends_at > ? AND seen_at > ? ORDER BY started_at`);
    this.sweepOld = db.prepare('DELETE FROM session WHERE ends_at <= ?');
  }

  /**
   * A new session with an id of its own; the one that this browser came with, if any, ends in the same commit (session
   * fixation, ASVS 7.2.4). Answers what goes into the cookie; this is the only time it can be read.
   */
  async start(subject: string, value: T, now: number, instead?: string): Promise<string> {
    return this.vault.commits.run(() => this.startNow(subject, value, now, instead));
  }

  /** As {@link start}, for callers that are inside a commit of the vault already. */
  startNow(subject: string, value: T, now: number, instead?: string): string {
    const secret = newSecret();
    const id = randomUUID();
    const wrapped = this.vault.master.wrap(Buffer.from(JSON.stringify(value)), this.context(id));
    if (isSecret(instead)) this.remove.run(digestOf(instead), this.kind);
    this.insert.run(digestOf(secret), id, this.kind, subject, wrapped, now, now, now + this.lifetime.absolute);
    if (now - this.sweptAt > SWEEP_EVERY) {
      this.sweptAt = now;
      this.sweepOld.run(now);
    }
    return secret;
  }

  /** Undefined for a session that never was, was ended, was idle too long or is over. */
  open(secret: string | undefined, now: number): T | undefined {
    if (!isSecret(secret)) return undefined;
    const digest = digestOf(secret);
    const row = this.find.get(digest, this.kind) as Row | undefined;
    if (!row || !this.counts(row, now)) return undefined;
    if (now - row.seen_at > SEEN_EVERY)
      // Losing this is losing a minute of idle time, no reason to refuse the request.
      void this.vault.commits.run(() => void this.touch.run(now, digest, now)).catch(() => undefined);
    return JSON.parse(this.vault.master.unwrap(row.wrapped, this.context(row.id)).toString('utf8')) as T;
  }

  async end(secret: string | undefined): Promise<void> {
    if (!isSecret(secret)) return;
    await this.vault.commits.run(() => void this.remove.run(digestOf(secret), this.kind));
  }

  /** Ends every session of one subject (a person who was stopped, a role that was taken away). Answers how many. */
  async endAllOf(subject: string): Promise<number> {
    return this.vault.commits.run(() => Number(this.removeOf.run(subject, this.kind).changes));
  }

  /** Ends one session, if it is this subject's. */
  async endOneOf(subject: string, id: string): Promise<void> {
    await this.vault.commits.run(() => void this.removeOne.run(id, subject, this.kind));
  }

  /** Ends every session of one subject but the one that holds this secret. */
  async endOthersOf(subject: string, secret: string): Promise<void> {
    await this.vault.commits.run(() => void this.removeOthers.run(subject, this.kind, digestOf(secret)));
  }

  /** Which of the listed holds this secret. */
  idOf(secret: string): string | undefined {
    return (this.find.get(digestOf(secret), this.kind) as Row | undefined)?.id;
  }

  listed(subject: string, now: number): readonly SessionRow[] {
    return this.listOf.all(subject, this.kind, now, now - this.lifetime.idle) as unknown as readonly SessionRow[];
  }

  private counts(row: Row, now: number): boolean {
    const idle = now - row.seen_at;
    return now < row.ends_at && idle >= -CLOCK_SKEW && idle < this.lifetime.idle;
  }

  private context(id: string): string {
    return `session ${this.kind} ${id}`;
  }
}
