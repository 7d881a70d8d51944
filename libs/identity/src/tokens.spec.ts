import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { Tokens } from './tokens.js';

const AT = '2026-11-23T00:00:00.000Z';

describe('a token', () => {
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

  it('for one council never stands for all of them, whatever is written in its record', async () => {
    const tokens = new Tokens(vault);
    for (const role of ['chair', 'pledge-lead', 'data-protection-officer'] as const)
      expect(tokens.find(await tokens.create(role, undefined, AT), AT)).toBeUndefined();
    expect(tokens.find(await tokens.create('scrutiny-officer', undefined, AT), AT)).toBeDefined();
  });

  it('of before tokens had an end counts for a year', async () => {
    const tokens = new Tokens(vault);
    const token = await tokens.create('chair', 'essex', AT, '2030-01-01T00:00:00.000Z');
    const records = new VaultRecords<Record<string, string | null>>(vault.database, 'token');
    const { id, value } = records.all()[0]!;
    await records.put(id, { ...value, endsAt: null });
    expect(tokens.find(token, '2027-11-22T23:59:59.999Z')).toBeDefined();
    expect(tokens.find(token, '2027-11-23T00:00:00.000Z')).toBeUndefined();
  });

  it('is taken away without touching any other', async () => {
    const tokens = new Tokens(vault);
    for (const day of ['03', '01', '05', '02', '04']) await tokens.create('chair', 'essex', `2026-11-${day}T00:00:00.000Z`);
    const days = () => tokens.list().map(({ createdAt }) => createdAt.slice(8, 10));
    expect(days()).toEqual(['01', '02', '03', '04', '05']);
    expect(await tokens.revoke(tokens.list()[2]?.ref ?? '')).toBe(true);
    expect(days()).toEqual(['01', '02', '04', '05']);
  }); // prettier-ignore
});
