import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDatabase } from '#event-store/sqlite/copy-database';
import { rotateMaster } from '#vault/rotate';
import { Vault } from '#vault/vault';
import { VaultRecords } from '#vault/vault-records';
import { inspect, start, whole } from './processes.js';

const ROTATIONS = 10;

let folder: string;
const at = (name: string): string => join(folder, name);
const vaultAt = (vault = at('vault.db'), keyFile = at('master.key')): Vault => new Vault({ vault, sealed: at('sealed.db'), keyFile }); // prettier-ignore
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rotation-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it(`loses nothing in ${ROTATIONS} rotations while another process writes; old keys and old copies of the vault open nothing`, async () => {
  const writer = start('writer.ts', [folder, '4']);
  await writer.firstAck;
  const vault = vaultAt();
  await new VaultRecords(vault.database, 'person').put('p', { name: 'Ann' });
  const derived = vault.database.master.derive('people');
  let rewrapped = 0;
  for (let n = 0; n < ROTATIONS; n++) {
    copyFileSync(at('master.key'), at(`old-${n}.key`));
    await copyDatabase(at('vault.db'), at(`old-${n}.db`));
    ({ rewrapped } = rotateMaster(vault.database, at('master.key')));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  writer.process.kill('SIGKILL');
  expect(await writer.ended).toMatchObject({ errors: '' });
  expect(vault.database.master.derive('people')).toEqual(derived);
  vault.close();
  const olds = readdirSync(folder).filter((name) => name.startsWith('old-'));
  const keys = [...olds.filter((name) => name.endsWith('.key')), 'master.key'];
  let opened = 0;
  for (const name of olds.filter((each) => each.endsWith('.db')))
    // All keys that are still kept: there is one.
    try {
      vaultAt(at(name)).close();
      opened++;
    } catch (error) {
      expect((error as Error).message).toContain('is not the master key of this vault');
    }
  const counting = keys.filter((name) => {
    try {
      vaultAt(at('vault.db'), at(name)).close();
      return true;
    } catch {
      return false;
    }
  });
  expect([opened, counting]).toEqual([0, ['master.key']]);
  const found = await inspect(folder, writer.acks);
  expect(found).toMatchObject(whole);
  console.log(JSON.stringify({ figure: 'keys.rotation', rotations: ROTATIONS, acknowledged: writer.acks.length, unreadable: found.unreadable.length, rewrapped, oldKeysThatOpen: 0, oldCopiesThatOpen: opened })); // prettier-ignore
}, 60_000);

describe('a rotation that was cut off', () => {
  const opens = (): unknown => {
    const vault = vaultAt();
    const name = new VaultRecords<string>(vault.database, 'person').get('p')?.value;
    vault.close();
    return name;
  };
  beforeEach(async () => {
    const vault = vaultAt();
    await new VaultRecords(vault.database, 'person').put('p', 'Ann');
    vault.close();
  });

  it('before the commit leaves the old key, and the next rotation a clean folder', () => {
    writeFileSync(at('master.key.next'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    expect(opens()).toBe('Ann');
    const vault = vaultAt();
    expect(rotateMaster(vault.database, at('master.key')).epoch).toBe(2);
    vault.close();
    expect([opens(), readdirSync(folder).filter((name) => name.includes('next'))]).toEqual(['Ann', []]);
  });

  it.each(['as it was', 'overwritten half'])('after the commit counts the new key, the old file %s', (how) => {
    copyFileSync(at('master.key'), at('old.key'));
    const vault = vaultAt();
    rotateMaster(vault.database, at('master.key'));
    vault.close();
    copyFileSync(at('master.key'), at('master.key.next'));
    writeFileSync(at('master.key'), how === 'as it was' ? readFileSync(at('old.key')) : randomBytes(45), { mode: 0o600 }); // prettier-ignore
    expect(opens()).toBe('Ann');
    const again = vaultAt();
    expect(rotateMaster(again.database, at('master.key')).epoch).toBe(3);
    again.close();
    expect(opens()).toBe('Ann');
  });
});

it('refuses to leave anything behind that it does not know', () => {
  const vault = vaultAt();
  vault.database.db.exec('CREATE TABLE later (id TEXT, wrapped BLOB)');
  const before = readFileSync(at('master.key'));
  expect(() => rotateMaster(vault.database, at('master.key'))).toThrow('later');
  expect(readFileSync(at('master.key'))).toEqual(before);
  vault.close();
});
