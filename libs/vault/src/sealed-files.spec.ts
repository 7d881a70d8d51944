import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SealedFiles } from './sealed-files.js';
import { Vault } from './vault.js';

const PICTURE = { type: 'image/png', bytes: Buffer.from([1, 2, 3]) };
const ANN = { subject: 'ann', stream: '' };
const SINCE = '2027-01-01T00:00:00.000Z';

let folder: string;
let vault: Vault;
let files: SealedFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
  files = new SealedFiles(vault);
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true });
});

it('is sealed with the key of the person, and opens as what it was put in as and as nothing else', async () => {
  const [one, two] = [await files.put('ann', 's-1', PICTURE), await files.put('ann', 's-1', PICTURE)];
  expect(files.open(one)).toEqual(PICTURE);
  // Not even that two files are the same can be seen.
  expect(one.split(' ').at(-1)).not.toBe(two.split(' ').at(-1));
  expect(() => files.open(one.replace('image/png', 'text/html'))).toThrow();
});

it('is not shown while its use is restricted, but to the person themselves', async () => {
  const picture = await files.put('ann', 's-1', PICTURE);
  await vault.forgetting.restrict([ANN], SINCE);
  expect(files.open(picture)).toEqual({ state: 'hidden', why: 'restricted', since: SINCE });
  expect(files.open(picture, true)).toEqual(PICTURE);
});

it('is lost, which is no erasure, when its bytes or its key are gone and nobody erased them', async () => {
  const [noBytes, noKey] = [await files.put('ann', 's-1', PICTURE), await files.put('bob', 's-1', PICTURE)];
  await vault.ciphertexts.purge([], [noBytes.split(' ').at(-1) ?? '']);
  vault.database.db.exec("DELETE FROM subject_key WHERE subject = 'bob'");
  vault.close();
  vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
  files = new SealedFiles(vault);
  expect([files.open(noBytes), files.open(noKey)]).toEqual([{ state: 'lost' }, { state: 'lost' }]);
  expect(vault.ciphertext(noKey.split(' ').at(-1) ?? '')).toBeDefined();
});
