import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from './vault.js';
import { StaleRecord, VaultRecords } from './vault-records.js';

describe('records in the vault', () => {
  let folder: string;
  let vault: Vault;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vault-'));
    vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
  });
  afterEach(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });

  it('go up by one revision, and a change that started from an older one is told what is there now', async () => {
    const drafts = new VaultRecords<string>(vault.database, 'draft');
    expect([await drafts.put('d', 'one', { expected: 0 }), await drafts.put('d', 'two', { expected: 1 })]).toEqual([
      1, 2,
    ]);
    const stale = await drafts.put('d', 'mine', { expected: 1 }).catch((error: unknown) => error);
    expect(stale).toBeInstanceOf(StaleRecord);
    expect((stale as StaleRecord).current).toEqual({ id: 'd', revision: 2, value: 'two' });
    await expect(drafts.put('d', 'new', { expected: 0 })).rejects.toBeInstanceOf(StaleRecord);
  });

  it('of 20 changes that start from one revision exactly one is saved', async () => {
    const drafts = new VaultRecords<number>(vault.database, 'draft');
    await drafts.put('d', -1);
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => drafts.put('d', n, { expected: 1 })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(drafts.get('d')).toMatchObject({
      revision: 2,
      value: all.findIndex(({ status }) => status === 'fulfilled'),
    });
  });

  it('cannot be moved to another id or kind, and are gone when deleted', async () => {
    const people = new VaultRecords<string>(vault.database, 'person');
    await people.put('a', 'Ann');
    vault.database.db.exec(
      `INSERT INTO record SELECT 'person', 'b', subject, revision, wrapped FROM record WHERE id = 'a'`,
    );
    expect(() => people.get('b')).toThrow();
    await people.delete('a');
    expect(people.get('a')).toBeUndefined();
  });

  it('are listed by id, each kind by itself, without those of people whose data is restricted', async () => {
    const people = new VaultRecords<string>(vault.database, 'person');
    await people.put('b', 'Bob', { subject: 'bob' });
    await people.put('a', 'Ann', { subject: 'ann' });
    await new VaultRecords<string>(vault.database, 'draft').put('d', 'typed');
    expect(people.all().map(({ value }) => value)).toEqual(['Ann', 'Bob']);
    await vault.forgetting.restrict([{ subject: 'bob', stream: '' }], '2027-01-01T00:00:00.000Z');
    expect(people.all().map(({ value }) => value)).toEqual(['Ann']);
    expect([people.get('b'), people.get('b', true)?.value]).toEqual([undefined, 'Bob']);
  });

  it('of somebody who is being erased are shown to nobody, themselves included, and none is added', async () => {
    const people = new VaultRecords<string>(vault.database, 'person');
    const ANN = { subject: 'ann', stream: '' };
    await people.put('a', 'Ann', { subject: 'ann' });
    await vault.forgetting.begin(() => ({ id: 'e1', targets: [ANN] }), [ANN], '2027-01-01T00:00:00.000Z');
    expect([people.get('a'), people.get('a', true)]).toEqual([undefined, undefined]);
    await expect(people.put('a', 'Back', { subject: 'ann' })).rejects.toMatchObject({ code: 'erased' });
    expect(await people.put('b', 'Bob', { subject: 'bob' })).toBe(1);
  });

  it('are found and deleted by the person that they belong to', async () => {
    const people = new VaultRecords<string>(vault.database, 'person');
    for (const id of ['a', 'b']) await people.put(id, id, { subject: 'ann' });
    await people.put('c', 'c', { subject: 'bob' });
    await people.put('d', 'd');
    expect([people.idsOf('ann'), await people.deleteOf('ann'), people.idsOf('ann')]).toEqual([['a', 'b'], 2, []]);
    expect(people.all().map(({ id }) => id)).toEqual(['c', 'd']);
  });
});
