import { createHmac } from 'node:crypto';
import type { Vault } from '#vault/vault';
import type { VaultDatabase } from '#vault/vault-database';
import { identityTables } from './identity-tables.js';

/**
 * At most `most` tries per key in a sliding window, counted in the vault's file, so that all processes of one data folder
 * together allow no more. Keys (addresses of people's machines) stand there as keyed digests only. A try that is refused
 * is only read, never written: a flood costs reads.
 */
export class SharedLimit {
  private readonly vault: VaultDatabase;
  private readonly key: Buffer;
  private readonly count;
  private readonly insert;
  private readonly takeBack;
  private readonly sweep;

  constructor(
    vault: Vault,
    private readonly name: string,
    private readonly most: number,
    /** Milliseconds. */
    private readonly window: number,
  ) {
    this.vault = identityTables(vault.database);
    this.key = vault.database.master.derive('shared-limit');
    const { db } = this.vault;
    // A try from beyond the window ahead was written before a clock was set back: it must not lock anyone out.
    this.count = db.prepare('SELECT count(*) AS n FROM tried WHERE key = ? AND at > ? AND at <= ?');
    this.insert = db.prepare('INSERT INTO tried VALUES (?, ?, ?)');
    this.takeBack = db.prepare(
      'DELETE FROM tried WHERE rowid = (SELECT rowid FROM tried WHERE key = ? ORDER BY at DESC LIMIT 1)',
    );
    this.sweep = db.prepare(
      'DELETE FROM tried WHERE rowid IN (SELECT rowid FROM tried WHERE until <= ? ORDER BY until LIMIT 100)',
    );
  }

  /** Counts a try; false when it is one too many. */
  async allow(who: string, now: number): Promise<boolean> {
    const key = this.digest(who);
    if (this.isFull(key, now)) return false;
    return this.vault.commits.run(() => {
      // Looked at again inside the write lock: another process may have written meanwhile.
      if (this.isFull(key, now)) return false;
      this.sweep.run(now);
      this.insert.run(key, now, now + this.window);
      return true;
    });
  }

  /** Takes the last try back: it was no guess. Many right codes from one room are not an attack. */
  async forgive(who: string): Promise<void> {
    await this.vault.commits.run(() => void this.takeBack.run(this.digest(who)));
  }

  private isFull(key: Buffer, now: number): boolean {
    const { n } = this.count.get(key, now - this.window, now + this.window) as { n: number };
    return n >= this.most;
  }

  private digest(who: string): Buffer {
    return createHmac('sha256', this.key)
      .update(`${this.name}\n${networkOf(who)}`)
      .digest();
  }
}

/** One customer of a provider holds a whole /64 of IPv6 addresses (RFC 6177): they count as one. */
export const networkOf = (who: string): string => {
  const address = who.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  if (!/^[0-9a-f:.]+$/.test(address) || !address.includes(':')) return who;
  const [head = '', tail = ''] = address.split('::');
  const [front, back] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const groups = address.includes('::')
    ? [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
    : front;
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};
