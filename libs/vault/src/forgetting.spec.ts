import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sealedRefOf } from '#event-store/leaf';
import type { LedgerEntry } from './erasure-ledger.js';
import { ErasureLedger } from './erasure-ledger.js';
import { SealedFiles } from './sealed-files.js';
import { Vault } from './vault.js';
import { VaultRecords } from './vault-records.js';

let folder: string;
let vault: Vault;
const paths = () => ({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k'), erasures: join(folder, 'e') }); // prettier-ignore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forget-'));
  vault = new Vault(paths());
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true });
});

const ANN = { subject: 'ann', stream: '' };
const SINCE = '2027-01-01T00:00:00.000Z';
const seal = async (subject = 'ann', stream = 's-1'): Promise<{ kid: string; ref: string; file: string }> => {
  const kid = (await vault.keysFor([subject], stream)).get(subject)?.kid ?? '';
  const [field] = await vault.seal([{ eventId: stream, type: 't.v1', pointer: '/p', kid, value: 'Keep the bus' }]);
  const file = await new SealedFiles(vault).put(subject, stream, { type: 'image/png', bytes: Buffer.from([1]) });
  return { kid, ref: sealedRefOf({ id: stream, type: 't.v1' }, '/p', field!), file };
};
const states = (ref: string, file: string, evenRestricted = false): unknown[] => [
  vault.open(ref, evenRestricted).state,
  'bytes' in new SealedFiles(vault).open(file, evenRestricted) ? 'readable' : 'closed',
];
const entry = (id: string, kids: readonly string[], targets = [ANN]): LedgerEntry => ({
  v: 1, id, person: 'ann', kind: 'participant', authority: 'essex', targets, views: ['view'], kids, streams: [], basis: 'objection', authorisedBy: 'r', on: '2027-01-02', at: SINCE,
}); // prettier-ignore
const record = (): string | undefined => new VaultRecords<string>(vault.database, 'person').get('ann')?.value;

it('a restriction hides from everybody but themselves, words, files and names, and ends', async () => {
  const { ref, file, kid } = await seal();
  const other = await seal('bob');
  await new VaultRecords<string>(vault.database, 'person').put('ann', 'Ann', { subject: 'ann' });
  expect([states(ref, file), record()]).toEqual([['readable', 'readable'], 'Ann']);
  await vault.forgetting.restrict([ANN], SINCE);
  expect([states(ref, file), record()]).toEqual([['hidden', 'closed'], undefined]);
  expect(vault.open(ref)).toEqual({ state: 'hidden', why: 'restricted', since: SINCE });
  expect([states(ref, file, true), new VaultRecords<string>(vault.database, 'person').get('ann', true)?.value]).toEqual([['readable', 'readable'], 'Ann']); // prettier-ignore
  // Not kept at hand after the person looked, and what they say now is sealed all the same.
  expect([states(ref, file), vault.keyState(kid)]).toEqual([['hidden', 'closed'], { closed: 'restricted', since: SINCE }]); // prettier-ignore
  expect([(await seal()).kid, states(ref, file)]).toEqual([kid, ['hidden', 'closed']]);
  expect(states(other.ref, other.file)).toEqual(['readable', 'readable']);
  await vault.forgetting.unrestrict([ANN]);
  expect([states(ref, file), record()]).toEqual([['readable', 'readable'], 'Ann']);
});

it('an erasure under way closes for everybody, takes no key and no name, and opens again when it is refused', async () => {
  const { ref, file, kid } = await seal();
  await new VaultRecords<string>(vault.database, 'person').put('ann', 'Ann', { subject: 'ann' });
  await vault.forgetting.restrict([ANN], SINCE);
  const begun = await vault.forgetting.begin((keys) => ({ id: 'e1', targets: [ANN], kids: keys.map((each) => each.kid) }), [ANN], SINCE); // prettier-ignore
  expect(begun.kids).toEqual([kid]);
  expect(vault.forgetting.underWay()).toEqual([begun]);
  expect([states(ref, file, true), vault.open(ref, true)]).toEqual([['hidden', 'closed'], { state: 'hidden', why: 'erasing', since: SINCE }]); // prettier-ignore
  await expect(vault.keysFor(['ann'], 's-2')).rejects.toMatchObject({ code: 'erased' });
  await expect(new VaultRecords<string>(vault.database, 'person').put('ann', 'Back', { subject: 'ann' })).rejects.toMatchObject({ code: 'erased' }); // prettier-ignore
  expect(() => vault.keyToSealWith(kid)).toThrow('no key');
  await vault.forgetting.end(begun);
  expect([vault.forgetting.underWay(), states(ref, file, true), states(ref, file)]).toEqual([[], ['readable', 'readable'], ['hidden', 'closed']]); // prettier-ignore
});

it('what is destroyed is erased on its day, in every open vault, and never comes back', async () => {
  const { ref, file, kid } = await seal();
  const other = await seal('ann', 's-2');
  const beside = new Vault(paths());
  expect(beside.open(ref).state).toBe('readable');
  await vault.forgetting.destroy([{ subject: 'ann', stream: 's-1' }], [kid], '2027-01-02');
  for (const each of [vault, beside]) expect([each.open(ref), each.keyState(kid)]).toEqual([{ state: 'erased', on: '2027-01-02' }, { erasedOn: '2027-01-02' }]); // prettier-ignore
  expect(new SealedFiles(vault).open(file)).toEqual({ state: 'erased', on: '2027-01-02' });
  beside.close();
  // Only this stream: the rest of them is here.
  expect(vault.open(other.ref).state).toBe('readable');
  await expect(vault.keysFor(['ann'], 's-1')).rejects.toMatchObject({ code: 'erased' });
  expect([vault.forgetting.erasedOn({ subject: 'ann', stream: 's-1' }), vault.forgetting.erasedOn(ANN)]).toEqual(['2027-01-02', undefined]); // prettier-ignore
  expect(vault.keyState('nobody-knows')).toBeUndefined();
});

it('knows when the list of erasures was lost, or is an older one', async () => {
  const { kid } = await seal();
  new ErasureLedger(paths().erasures).append(entry('e1', [kid]));
  const unlisted = (): number => {
    vault.close();
    vault = new Vault(paths());
    return vault.unlisted;
  };
  expect(unlisted()).toBe(0);
  renameSync(join(paths().erasures, 'erasures.jsonl'), join(paths().erasures, 'away'));
  expect(unlisted()).toBe(1);
  renameSync(join(paths().erasures, 'away'), join(paths().erasures, 'erasures.jsonl'));
  expect(unlisted()).toBe(0);
});

it('the list of erasures is carried out at the next start, once, and without what is under way', async () => {
  const { ref, file, kid } = await seal();
  const { ref: kept } = await seal('bob');
  await new VaultRecords<string>(vault.database, 'person').put('ann', 'Ann', { subject: 'ann' });
  await new VaultRecords<string>(vault.database, 'draft').put('view', 'typed', { subject: 'view' });
  await new VaultRecords<string>(vault.database, 'card-code').put('c', 'code', { subject: 'view' });
  await vault.forgetting.restrict([ANN], SINCE);
  new ErasureLedger(paths().erasures).append(entry('e1', [kid]));
  vault.close();
  vault = new Vault(paths());
  expect(vault.replayed.map(({ id }) => id)).toEqual(['e1']);
  expect([vault.open(ref).state, vault.open(kept).state, record()]).toEqual(['erased', 'readable', undefined]);
  expect('bytes' in new SealedFiles(vault).open(file)).toBe(false);
  expect(new VaultRecords<string>(vault.database, 'draft').get('view')).toBeUndefined();
  // Codes lead the eraser to their second row, so they wait for it.
  expect(new VaultRecords<string>(vault.database, 'card-code').get('c')?.value).toBe('code');
  expect(vault.forgetting.underWay<{ id: string; isReplay: boolean }>()).toMatchObject([{ id: 'e1', isReplay: true }]);
  vault.close();
  vault = new Vault(paths());
  expect(vault.replayed).toEqual([]);
});

describe('the list of erasures, at a start', () => {
  const STREAM = { subject: 'ann', stream: 's-1' };
  const replayed = (of: LedgerEntry): string[] => vault.forgetting.replay([of]).map(({ id }) => id);

  it('leaves alone what is under way: it is carried on where it stopped', async () => {
    const { kid, ref } = await seal();
    await vault.forgetting.begin(() => ({ id: 'e1', targets: [ANN] }), [ANN], SINCE);
    expect([replayed(entry('e1', [kid])), vault.open(ref).state]).toEqual([[], 'hidden']);
    expect(vault.forgetting.underWay()).toEqual([{ id: 'e1', targets: [ANN] }]);
  });

  it('is carried out again where one key is here again, or one of whom it names could get a new one', async () => {
    const [one, other] = [await seal(), await seal('bob')];
    await vault.forgetting.destroy([STREAM], [one.kid], '2027-01-02');
    expect(replayed(entry('done', [one.kid], [STREAM]))).toEqual([]);
    expect(replayed(entry('a-key', [one.kid, other.kid], [STREAM]))).toEqual(['a-key']);
    expect(vault.open(other.ref).state).toBe('erased');
    expect(replayed(entry('a-name', [one.kid], [STREAM, { subject: 'cid', stream: '' }]))).toEqual(['a-name']);
    await expect(seal('cid')).rejects.toMatchObject({ code: 'erased' });
  });

  it('takes of one stream its key and no other, and not the name', async () => {
    const [one, other] = [await seal('ann', 's-1'), await seal('ann', 's-2')];
    await new VaultRecords<string>(vault.database, 'person').put('ann', 'Ann', { subject: 'ann' });
    expect(vault.forgetting.keysOf([STREAM])).toEqual([{ ...STREAM, kid: one.kid }]);
    expect(replayed(entry('e1', [], [STREAM]))).toEqual(['e1']);
    expect([vault.open(one.ref).state, vault.open(other.ref).state, record()]).toEqual(['erased', 'readable', 'Ann']);
  });

  it('waits for nobody who writes where there is nothing to carry out', () => {
    const other = new DatabaseSync(paths().vault);
    other.exec('BEGIN IMMEDIATE');
    expect(vault.forgetting.replay([])).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
  });
});
