import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochBook, nextKeyFile } from './epochs.js';
import { EpochKey } from './master-key.js';
import { openVaultDatabase, type VaultDatabase } from './vault-database.js';

let folder: string;
let vault: VaultDatabase;
const keyFile = (): string => join(folder, 'keys', 'master.key');
const names = (): string[] => readdirSync(join(folder, 'keys'));
const book = () => epochBook(vault.db, keyFile());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epochs-'));
  vault = openVaultDatabase(join(folder, 'v.db'), keyFile());
});
afterEach(() => {
  vault.db.close();
  rmSync(folder, { recursive: true });
});

it('begins with the first epoch, and reads its key without making another file', () => {
  expect(book().epoch()).toBe(1);
  const wrapped = vault.master.wrap(Buffer.from('words'), 'here');
  expect(book().load().unwrap(wrapped, 'here').toString()).toBe('words');
  expect(names()).toEqual(['master.key']);
});

it('makes no key up where the file is gone, and takes none that is another vault’s', () => {
  rmSync(keyFile());
  expect(() => book().load()).toThrow('is missing, but there is sealed data');
  expect(names()).toEqual([]);
  EpochKey.fresh().writeTo(keyFile());
  expect(() => book().load()).toThrow('is not the master key of this vault');
});

it('takes the key beside the old one where that is the one that counts, and only then', () => {
  const wrapped = vault.master.wrap(Buffer.from('words'), 'here');
  EpochKey.fresh().writeTo(nextKeyFile(keyFile()));
  expect(book().load().unwrap(wrapped, 'here').toString()).toBe('words');
  copyFileSync(keyFile(), nextKeyFile(keyFile()));
  rmSync(keyFile());
  EpochKey.fresh().writeTo(keyFile());
  expect(book().load().unwrap(wrapped, 'here').toString()).toBe('words');
});

it('makes a derived key once, where no rotation can come in between', () => {
  let made = 0;
  const make = (): Uint8Array => (expect(vault.db.isTransaction).toBe(true), Buffer.from([++made]));
  const got = [book().derived('people', make), book().derived('people', make), book().derived('cards', make)];
  expect(got.map(([byte]) => byte)).toEqual([1, 1, 2]);
  expect([made, vault.db.isTransaction]).toEqual([2, false]);
});
