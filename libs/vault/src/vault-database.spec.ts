import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metaOf } from './epochs.js';
import { openVaultDatabase } from './vault-database.js';

let folder: string;
const at = (name: string): string => join(folder, name);
const open = () => openVaultDatabase(at('v.db'), at('k'));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-database-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('stays one vault through every start', () => {
  const [first, again] = [open(), open()];
  expect([first.pair.length, again.pair]).toEqual([16, first.pair]);
  const words = first.master.wrap(Buffer.from('words'), 'here');
  expect(again.master.unwrap(words, 'here').toString()).toBe('words');
  for (const { db } of [first, again]) db.close();
});

it('makes no key for a vault that has lost its own, and lets go of the file', () => {
  open().db.close();
  rmSync(at('k'));
  expect(open).toThrow('is missing, but there is sealed data');
  expect([existsSync(at('k')), existsSync(at('v.db-wal'))]).toEqual([false, false]);
});

it('keeps nothing of a step that failed half way, and all of what others did beside it', async () => {
  const { db, commits } = open();
  const meta = metaOf(db);
  const half = (): never => {
    meta.put('half', Buffer.from('a'));
    throw new Error('a step failed');
  };
  const [mine, theirs] = await Promise.allSettled([commits.run(half), commits.run(() => meta.put('whole', Buffer.from('b')))]); // prettier-ignore
  expect([mine.status, theirs.status]).toEqual(['rejected', 'fulfilled']);
  expect([meta.get('half'), meta.get('whole')?.length]).toEqual([undefined, 1]);
  db.close();
});
