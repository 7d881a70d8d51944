import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '#vault/vault';
import { SealedCookie } from './sealed-cookie.js';

const NOW = Date.UTC(2026, 10, 23);

describe('a sealed cookie', () => {
  let folder: string;
  let vault: Vault;
  const open = (name: string) =>
    new Vault({
      vault: join(folder, `${name}.db`),
      sealed: join(folder, `${name}-s.db`),
      keyFile: join(folder, `${name}.key`),
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'identity-'));
    vault = open('a');
  });
  afterEach(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });

  const cookie = (purpose = 'staff', of = vault) =>
    new SealedCookie<{ role: string }>(of.database.master, purpose, 1_000);

  it('is who it was made for, until it ends', () => {
    const sealed = cookie().seal({ role: 'chair' }, NOW);
    expect(cookie().open(sealed, NOW + 999)).toEqual({ role: 'chair' });
    expect(cookie().open(sealed, NOW + 1_000)).toBeUndefined();
    expect(sealed).not.toContain(Buffer.from('chair').toString('base64url').slice(0, 6));
  });

  it('is nobody when changed anywhere, made for another purpose, by another server, or not a cookie of ours', () => {
    const sealed = cookie().seal({ role: 'chair' }, NOW);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(cookie().open(changed.toString('base64url'), NOW)).toBeUndefined();
    }
    expect(cookie('card').open(sealed, NOW)).toBeUndefined();
    const other = open('b');
    expect(cookie('staff', other).open(sealed, NOW)).toBeUndefined();
    other.close();
    for (const wrong of [undefined, '', 'x', sealed.slice(0, 20), 'A'.repeat(5_000), '🚌'])
      expect(cookie().open(wrong, NOW)).toBeUndefined();
  });

  it('is as long as a browser keeps it, and no longer', () => {
    const sealedOf = (letters: number) => cookie().seal({ role: 'x'.repeat(letters) }, NOW);
    const longest = Array.from({ length: 100 }, (_, n) => sealedOf(2_960 + n)).filter(({ length }) => length <= 4_096).at(-1) ?? ''; // prettier-ignore
    expect([longest.length, cookie().open(longest, NOW) === undefined]).toEqual([4_096, false]);
    for (const letters of [3_060, 4_000]) expect(cookie().open(sealedOf(letters), NOW)).toBeUndefined();
  });
});
