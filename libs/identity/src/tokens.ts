import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '#kernel/codes';
import { randomId } from '#event-store/ids';
import type { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { ACROSS, type Who } from './who.js';

interface TokenRecord {
  readonly [key: string]: string | null;
  readonly role: Role;
  readonly authority: string | null;
  readonly ref: string;
  readonly createdAt: string;
  /** Null: made before tokens had an end; a year after it was made. */
  readonly endsAt: string | null;
}

/** A token as its owner may see it: what it may do and until when, never the token. */
export interface TokenRow {
  readonly ref: string;
  readonly role: Role;
  readonly authority: string | null;
  readonly createdAt: string;
  readonly endsAt: string;
}

const YEAR_MS = 365 * 86_400_000;

/** API tokens: 256 random bits, kept only as a digest, each with one role, at most one authority and an end. */
export class Tokens {
  private readonly records: VaultRecords<TokenRecord>;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'token');
  }

  /** Makes a token; this is the only time it can be read. @param endsAt left out: a year from now. */
  async create(role: Role, authority: string | undefined, createdAt: string, endsAt?: string): Promise<string> {
    const token = `tl_${randomBytes(32).toString('base64url')}`;
    const end = endsAt ?? aYearAfter(createdAt);
    await this.records.put(digestOf(token), {
      role,
      authority: authority ?? null,
      ref: randomId(),
      createdAt,
      endsAt: end,
    });
    return token;
  }

  /** Undefined for anything that is not a token of ours, was revoked or has ended. @param now ISO 8601 UTC. */
  find(token: string, now: string): Who | undefined {
    const record = this.records.get(digestOf(token))?.value;
    if (!record || now >= endOf(record)) return undefined;
    // A role that belongs to one council must never stand for all of them.
    if (!record.authority && !ACROSS.includes(record.role)) return undefined;
    return {
      kind: 'token',
      role: record.role,
      ref: record.ref,
      ...(record.authority && { authority: record.authority }),
    };
  }

  /** Every token there is, oldest first; few, because each stands for one machine. */
  list(): readonly TokenRow[] {
    return this.records
      .all()
      .map(({ value }) => ({
        ref: value.ref,
        role: value.role,
        authority: value.authority,
        createdAt: value.createdAt,
        endsAt: endOf(value),
      }))
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** It does not count from now on, in no process. False: there is no such token. */
  async revoke(ref: string): Promise<boolean> {
    const found = this.records.all().find(({ value }) => value.ref === ref);
    if (found) await this.records.delete(found.id);
    return found !== undefined;
  }
}

const aYearAfter = (instant: string): string => new Date(Date.parse(instant) + YEAR_MS).toISOString();
const endOf = ({ endsAt, createdAt }: TokenRecord): string => endsAt ?? aYearAfter(createdAt);
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
