import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sealedRefOf } from '#event-store/leaf';
import { commitmentOf } from './subject-keys.js';
import { Vault } from './vault.js';
import { VaultRecords } from './vault-records.js';

const place = { eventId: 'e1', type: 'noted.v1', pointer: '/note' };

describe('the vault', () => {
  let folder: string;
  let vault: Vault;
  const paths = (of = folder) => ({
    vault: join(of, 'vault.db'),
    sealed: join(of, 'sealed.db'),
    keyFile: join(of, 'keys', 'master.key'),
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
    vault = new Vault(paths());
  });
  afterEach(() => {
    if (vault.database.db.isOpen) vault.close();
    rmSync(folder, { recursive: true });
  });
  const sealOne = async (words: string, subject = 'ann', stream = 'thing-1') => {
    const kid = (await vault.keysFor([subject], stream)).get(subject)?.kid ?? '';
    const [field] = await vault.seal([{ ...place, kid, value: words }]);
    return { kid, ref: sealedRefOf({ id: place.eventId, type: place.type }, place.pointer, field!) };
  };
  const sql = (file: 'vault.db' | 'sealed.db', text: string) => {
    const db = new DatabaseSync(join(folder, file));
    db.exec(text);
    db.close();
  };

  it('opens what it sealed, also after a restart', async () => {
    const { ref } = await sealOne('Keep the bus');
    vault.close();
    vault = new Vault(paths());
    expect(vault.open(ref)).toEqual({ state: 'readable', value: 'Keep the bus' });
  });

  it('keeps one key per person and stream, bound to its commitment', async () => {
    const [a, b] = await Promise.all([vault.keysFor(['ann', 'bob'], 's-1'), vault.keysFor(['bob', 'ann'], 's-1')]);
    expect(a.get('ann')).toEqual(b.get('ann'));
    const other = await vault.keysFor(['ann'], 's-2');
    const kids = [a.get('ann')?.kid, a.get('bob')?.kid, other.get('ann')?.kid];
    expect(new Set(kids).size).toBe(3);
    const state = vault.keyState(kids[0] ?? '');
    expect(state && 'key' in state && commitmentOf(kids[0] ?? '', state.key)).toBe(a.get('ann')?.commitment);
  });

  it('never takes a fault for an erasure: a lost key, a lost text, an erased key', async () => {
    const [{ ref: lostText }, { ref: lostKey, kid }, { ref: erased, kid: gone }] = [
      await sealOne('one'),
      await sealOne('two', 'bob'),
      await sealOne('three', 'cid'),
    ];
    vault.close();
    const digest = Buffer.from(lostText.split(' ').at(-1) ?? '', 'base64').toString('hex');
    sql('sealed.db', `DELETE FROM sealed WHERE digest = x'${digest}'`);
    sql(
      'vault.db',
      `DELETE FROM subject_key WHERE kid IN ('${kid}', '${gone}'); INSERT INTO erased_key VALUES ('${gone}', '2026-11-23')`,
    );
    vault = new Vault(paths());
    expect([lostText, lostKey, erased].map((ref) => vault.open(ref))).toEqual([
      { state: 'lost' },
      { state: 'lost' },
      { state: 'erased', on: '2026-11-23' },
    ]);
  });

  it('keeps nothing readable on disk', async () => {
    await sealOne('a very distinctive sentence');
    await new VaultRecords(vault.database, 'person').put('p', { name: 'Distinctive Name' });
    vault.close();
    for (const file of ['vault.db', 'sealed.db']) {
      const bytes = readFileSync(join(folder, file)).toString('latin1');
      expect(/distinctive/i.test(bytes)).toBe(false);
    }
    vault = new Vault(paths());
  });

  it('is broken when either file failed at the disk, and says so', async () => {
    expect(vault.isBroken).toBe(false);
    const failed = Object.assign(new Error('fsync'), { errcode: 1034 });
    await expect(
      vault.database.commits.run(() => {
        throw failed;
      }),
    ).rejects.toBe(failed);
    expect(vault.isBroken).toBe(true);
    await expect(vault.keysFor(['ann'], 's-1')).rejects.toThrow('the disk failed');
  });

  it('is wholly in its files when it is closed, once or twice', async () => {
    await sealOne('words');
    expect(readdirSync(folder)).toContain('vault.db-wal');
    vault.close();
    vault.close();
    expect(readdirSync(folder).sort()).toEqual(['keys', 'sealed.db', 'vault.db']);
  });

  it('takes a key that a secrets manager or systemd put there, which nobody may write', async () => {
    const { ref } = await sealOne('words');
    vault.close();
    chmodSync(paths().keyFile, 0o400);
    vault = new Vault(paths());
    expect(vault.open(ref)).toMatchObject({ state: 'readable' });
    expect(statSync(paths().keyFile).mode & 0o777).toBe(0o400);
  });

  it('makes a key file only its owner can read', () => expect(statSync(paths().keyFile).mode & 0o777).toBe(0o600));

  it.each<[string, () => void, string]>([
    [
      'another master key',
      () => writeFileSync(paths().keyFile, Buffer.alloc(32, 9).toString('base64')),
      'is not the master key of this vault',
    ],
    ['a key that others can read', () => chmodSync(paths().keyFile, 0o644), 'chmod 600'],
    [
      'a key that the group can read, as some secrets managers put it',
      () => chmodSync(paths().keyFile, 0o440),
      'chmod 600',
    ],
    ['a missing key', () => rmSync(paths().keyFile), 'is missing, but there is sealed data'],
    ['an empty key file', () => writeFileSync(paths().keyFile, ''), 'does not hold a master key'],
    ['a missing vault', () => rmSync(paths().vault), 'is missing, but there is sealed data'],
    [
      'a missing vault and key',
      () => [paths().vault, paths().keyFile].forEach((path) => rmSync(path)),
      'is missing, but there is sealed data',
    ],
    [
      'the vault and key of another deployment',
      () => {
        const other = mkdtempSync(join(tmpdir(), 'vault-'));
        new Vault(paths(other)).close();
        copyFileSync(paths(other).vault, paths().vault);
        copyFileSync(paths(other).keyFile, paths().keyFile);
        rmSync(other, { recursive: true });
      },
      'does not belong to this vault',
    ],
  ])('refuses to start with %s, and changes nothing', async (_, break_, message) => {
    const { ref } = await sealOne('words');
    vault.close();
    const whole = mkdtempSync(join(tmpdir(), 'vault-'));
    for (const name of ['vault.db', 'sealed.db']) copyFileSync(join(folder, name), join(whole, name));
    copyFileSync(paths().keyFile, join(whole, 'master.key'));
    break_();
    expect(() => new Vault(paths())).toThrow(message);
    for (const name of ['vault.db', 'sealed.db']) copyFileSync(join(whole, name), join(folder, name));
    copyFileSync(join(whole, 'master.key'), paths().keyFile);
    chmodSync(paths().keyFile, 0o600);
    vault = new Vault(paths());
    expect(vault.open(ref)).toMatchObject({ state: 'readable' });
    rmSync(whole, { recursive: true });
  });
});
