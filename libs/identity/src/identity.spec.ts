import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '#vault/vault';
import { SealedCookie } from './sealed-cookie.js';
import { Tokens } from './tokens.js';
import { actorOf, belongsTo, type Who } from './who.js';

const NOW = Date.UTC(2026, 10, 23);
const AT = '2026-11-23T00:00:00.000Z';

describe('who is asking', () => {
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

  describe('by token', () => {
    it('is the role and council it was made for', async () => {
      const tokens = new Tokens(vault);
      const token = await tokens.create('chair', 'essex', '2026-11-23T00:00:00.000Z');
      expect(token).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
      expect(tokens.find(token, AT)).toEqual({
        kind: 'token',
        role: 'chair',
        authority: 'essex',
        ref: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      const all = tokens.find(await tokens.create('administrator', undefined, AT), AT);
      expect(all && 'authority' in all).toBe(false);
    });

    it('is nobody for any other text', async () => {
      const tokens = new Tokens(vault);
      const token = await tokens.create('chair', 'essex', '2026-11-23T00:00:00.000Z');
      for (const wrong of ['', 'tl_', token.slice(0, -1), `${token}x`, token.toUpperCase(), token.slice(3)])
        expect(tokens.find(wrong, AT)).toBeUndefined();
    });

    it('is listed oldest first, ends when it was said to, and is revoked once', async () => {
      const tokens = new Tokens(vault);
      const [early, late] = ['2026-11-20T00:00:00.000Z', '2026-11-22T00:00:00.000Z'];
      const second = await tokens.create('owner', 'essex', late, '2026-11-24T00:00:00.000Z');
      await tokens.create('chair', 'essex', early);
      expect(tokens.list().map(({ role, createdAt, endsAt }) => [role, createdAt, endsAt])).toEqual([
        ['chair', early, '2027-11-20T00:00:00.000Z'],
        ['owner', late, '2026-11-24T00:00:00.000Z'],
      ]);
      expect(tokens.find(second, '2026-11-23T23:59:59.999Z')).toBeDefined();
      expect(tokens.find(second, '2026-11-24T00:00:00.000Z')).toBeUndefined();
      const ref = tokens.list().at(-1)?.ref ?? '';
      expect([await tokens.revoke(ref), await tokens.revoke(ref)]).toEqual([true, false]);
      expect([tokens.find(second, late), tokens.list().length]).toEqual([undefined, 1]);
    });

    it('cannot be read back from the files, and does not count elsewhere', async () => {
      const token = await new Tokens(vault).create('chair', 'essex', '2026-11-23T00:00:00.000Z');
      for (const name of ['a.db', 'a.db-wal'])
        expect(readFileSync(join(folder, name)).includes(token.slice(3))).toBe(false);
      const other = open('b');
      expect(new Tokens(other).find(token, AT)).toBeUndefined();
      other.close();
    });
  });

  describe('by cookie', () => {
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
  });

  it.each<[Who, string | undefined, boolean]>([
    [{ kind: 'anyone' }, 'essex', false],
    [{ kind: 'card', card: 'c', contribution: 'v', holder: 'person', mayAct: true }, 'essex', false],
    [{ kind: 'token', role: 'chair', authority: 'essex', ref: 'r' }, 'essex', true],
    [{ kind: 'token', role: 'chair', authority: 'essex', ref: 'r' }, 'norfolk', false],
    [{ kind: 'staff', role: 'chair', authority: 'essex', ref: 'r' }, undefined, false],
    [{ kind: 'staff', role: 'administrator', ref: 'r' }, 'norfolk', true],
  ])('%j belongs to %p: %p', (who, authority, belongs) => expect(belongsTo(who, authority)).toBe(belongs));

  it('is written down without a name, and a person by the view only', () => {
    expect(actorOf({ kind: 'anyone' })).toEqual({ role: 'participant', ref: 'not-signed-in' });
    expect(actorOf({ kind: 'card', card: 'c', contribution: 'v', holder: 'supporter', mayAct: true })).toEqual({
      role: 'supporter',
      ref: 'v',
    });
    expect(actorOf({ kind: 'staff', role: 'owner', authority: 'essex', ref: 'p' })).toEqual({
      role: 'owner',
      ref: 'p',
    });
  });
});
