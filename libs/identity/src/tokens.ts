import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '#kernel/codes';
import { randomId } from '#event-store/ids';
import type { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import type { Who } from './who.js';

interface TokenRecord {
  readonly [key: string]: string | null;
  readonly role: Role;
  readonly authority: string | null;
  readonly ref: string;
  readonly createdAt: string;
}

/** API tokens: 256 random bits, kept only as a digest, each with one role and at most one authority. */
export class Tokens {
  private readonly records: VaultRecords<TokenRecord>;

  constructor(vault: Vault) {
    this.records = new VaultRecords(vault.database, 'token');
  }

  /** Makes a token; this is the only time it can be read. */
  async create(role: Role, authority: string | undefined, createdAt: string): Promise<string> {
    const token = `tl_${randomBytes(32).toString('base64url')}`;
    await this.records.put(digestOf(token), { role, authority: authority ?? null, ref: randomId(), createdAt });
    return token;
  }

  find(token: string): Who | undefined {
    const record = this.records.get(digestOf(token))?.value;
    return (
      record && {
        kind: 'token',
        role: record.role,
        ref: record.ref,
        ...(record.authority && { authority: record.authority }),
      }
    );
  }
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
