import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
