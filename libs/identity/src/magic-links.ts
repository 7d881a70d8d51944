import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Vault } from '#vault/vault';
import type { VaultDatabase } from '#vault/vault-database';
import { identityTables } from './identity-tables.js';
import { digestOf, isSecret, newSecret } from './secret.js';

/** Milliseconds. At this age to the millisecond a link no longer counts. */
export const LINK_LIFE = 600_000;
/** Wrong codes for one link; after that nobody can use it. */
const MOST_CODES = 5;
/** Thirty letters and figures that are hard to mix up. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What goes into the e-mail, into the browser that asked, and onto its screen. Each can be read this once. */
export interface Begun {
  readonly token: string;
  readonly browser: string;
  readonly code: string;
}

interface Row {
  readonly account: string;
  readonly wrapped: Uint8Array;
  readonly browser: Uint8Array;
  readonly code: Uint8Array;
  readonly until: number;
  readonly wrong: number;
}

/**
 * Links by e-mail: 256 random bits, kept only as a digest, ten minutes, once. They count in the browser that asked, or with
 * the code that stands on its screen, so that whoever only reads the mail, or fetches its links, gets nothing.
 */
export class MagicLinks {
  private readonly vault: VaultDatabase;
  private readonly key: Buffer;
  private readonly insert;
  private readonly find;
  private readonly remove;
  private readonly count;
  private readonly removeOf;
  private readonly sweep;

  constructor(vault: Vault) {
    this.vault = identityTables(vault.database);
    this.key = vault.database.master.derive('magic-link-code');
    const { db } = this.vault;
    this.insert = db.prepare('INSERT INTO magic_link VALUES (?, ?, ?, ?, ?, ?, 0)');
    this.find = db.prepare('SELECT account, wrapped, browser, code, until, wrong FROM magic_link WHERE digest = ?');
    this.remove = db.prepare('DELETE FROM magic_link WHERE digest = ?');
    this.count = db.prepare('UPDATE magic_link SET wrong = wrong + 1 WHERE digest = ?');
    this.removeOf = db.prepare('DELETE FROM magic_link WHERE account = ?');
    this.sweep = db.prepare('DELETE FROM magic_link WHERE until <= ?');
  }

  /** @param address sealed until the link is used; @param account a keyed digest of it */
  async begin(account: string, address: string, now: number): Promise<Begun> {
    const [token, browser, code] = [newSecret(), newSecret(), newCode()];
    const digest = digestOf(token);
    const wrapped = this.vault.master.wrap(Buffer.from(address, 'utf8'), contextOf(account));
    await this.vault.commits.run(() => {
      this.sweep.run(now);
      this.insert.run(digest, account, wrapped, digestOf(browser), this.codeDigest(digest, code), now + LINK_LIFE);
    });
    return { token, browser, code };
  }

  /**
   * Uses a link up, in one commit: however many ask at once, one gets it. Undefined, always alike, for a link that never
   * was, was used, is over, or was brought by another browser without the right code; only the last leaves it as it was.
   */
  async use(
    token: string,
    proof: { readonly browser?: string | undefined; readonly code?: string | undefined },
    now: number,
  ): Promise<{ readonly account: string; readonly address: string } | undefined> {
    if (!isSecret(token)) return undefined;
    const digest = digestOf(token);
    const row = await this.vault.commits.run(() => {
      const found = this.find.get(digest) as Row | undefined;
      if (!found || now >= found.until || found.wrong >= MOST_CODES) return undefined;
      if (!this.isProven(digest, found, proof)) {
        if (proof.code) this.count.run(digest);
        return undefined;
      }
      this.remove.run(digest);
      return found;
    });
    if (!row) return undefined;
    const { account, wrapped } = row;
    return { account, address: this.vault.master.unwrap(wrapped, contextOf(account)).toString('utf8') };
  }

  /** Links that were sent and not used. Answers how many. */
  async forget(account: string): Promise<number> {
    return this.vault.commits.run(() => Number(this.removeOf.run(account).changes));
  }

  private isProven(digest: Buffer, row: Row, { browser, code }: { browser?: string | undefined; code?: string | undefined }): boolean {
    if (browser !== undefined && timingSafeEqual(digestOf(browser), row.browser)) return true;
    return code !== undefined && timingSafeEqual(this.codeDigest(digest, code), row.code);
  } // prettier-ignore

  /** Keyed and bound to the link: six letters alone could be tried out by whoever reads the file. */
  private codeDigest(digest: Buffer, typed: string): Buffer {
    const code = typed.slice(0, 40).toUpperCase().replace(/[^A-Z0-9]/g, ''); // prettier-ignore
    return createHmac('sha256', this.key).update(digest).update(code).digest();
  }
}

const contextOf = (account: string): string => `magic-link ${account}`;

/** Six letters, about 29 bits: with five tries a chance of one in 145 million. */
const newCode = (): string => Array.from({ length: 6 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
