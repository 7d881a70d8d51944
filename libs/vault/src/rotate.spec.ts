import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedRefOf } from '#event-store/leaf';
import { rotateMaster } from './rotate.js';
import { Vault } from './vault.js';
import { VaultRecords } from './vault-records.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const vaultAt = (): Vault => new Vault({ vault: at('vault.db'), sealed: at('sealed.db'), keyFile: at('master.key') });
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rotate-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('wraps everything anew: keys, records, derived keys; also what another open vault wraps meanwhile', async () => {
  const [one, two] = [vaultAt(), vaultAt()];
  const records = [
    new VaultRecords<string>(one.database, 'person'),
    new VaultRecords<string>(two.database, 'person'),
  ] as const;
  await records[0].put('a', 'Ann');
  const derived = one.database.master.derive('people');
  const kid = (await one.keysFor(['ann'], 's-1')).get('ann')?.kid ?? '';
  const [field] = await one.seal([{ eventId: 'e', type: 't.v1', pointer: '/p', kid, value: 'Keep the bus' }]);
  const ref = sealedRefOf({ id: 'e', type: 't.v1' }, '/p', field!);
  copyFileSync(at('master.key'), at('old.key'));
  expect(rotateMaster(one.database, at('master.key'))).toEqual({ epoch: 2, rewrapped: 3 });
  expect(readFileSync(at('master.key'))).not.toEqual(readFileSync(at('old.key')));
  expect(existsSync(at('master.key.next'))).toBe(false);
  // The other one finds the new key by itself, reads and writes on.
  expect([records[1].get('a')?.value, two.open(ref)]).toEqual(['Ann', { state: 'readable', value: 'Keep the bus' }]);
  await records[1].put('b', 'Bob');
  await two.keysFor(['bob'], 's-1');
  expect([records[0].get('b')?.value, two.database.master.derive('people')]).toEqual(['Bob', derived]);
  expect(two.database.master.derive('cards')).toEqual(one.database.master.derive('cards'));
  expect(rotateMaster(two.database, at('master.key')).epoch).toBe(3);
  expect(records[0].get('a')?.value).toBe('Ann');
  one.close();
  two.close();
  const again = vaultAt();
  expect([again.open(ref), again.database.master.derive('people')]).toEqual([{ state: 'readable', value: 'Keep the bus' }, derived]); // prettier-ignore
  again.close();
  copyFileSync(at('old.key'), at('master.key'));
  expect(vaultAt).toThrow('is not the master key of this vault');
});

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

  it.each(['as it was', 'overwritten half', 'gone'])('after the commit counts the new key, the old file %s', (how) => {
    copyFileSync(at('master.key'), at('old.key'));
    const vault = vaultAt();
    rotateMaster(vault.database, at('master.key'));
    vault.close();
    copyFileSync(at('master.key'), at('master.key.next'));
    rmSync(at('master.key'));
    if (how !== 'gone') writeFileSync(at('master.key'), how === 'as it was' ? readFileSync(at('old.key')) : randomBytes(45), { mode: 0o600 }); // prettier-ignore
    expect(opens()).toBe('Ann');
    const again = vaultAt();
    expect(rotateMaster(again.database, at('master.key')).epoch).toBe(3);
    again.close();
    expect(opens()).toBe('Ann');
  });
});

it('writes over the old key: whoever still has that file open finds nothing in it', () => {
  const vault = vaultAt();
  const old = readFileSync(at('master.key'));
  linkSync(at('master.key'), at('the-same-file'));
  rotateMaster(vault.database, at('master.key'));
  vault.close();
  const left = readFileSync(at('the-same-file'));
  expect([left.length, left.equals(old)]).toEqual([old.length, false]);
});

it('refuses to leave anything behind that it does not know', () => {
  const vault = vaultAt();
  vault.database.db.exec('CREATE TABLE later (id TEXT, wrapped BLOB)');
  const before = readFileSync(at('master.key'));
  expect(() => rotateMaster(vault.database, at('master.key'))).toThrow('later');
  expect(readFileSync(at('master.key'))).toEqual(before);
  vault.close();
});
