import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Forgetting } from './forgetting.js';
import { SubjectKeys } from './subject-keys.js';
import { openVaultDatabase, type VaultDatabase } from './vault-database.js';

const ANN = { subject: 'ann', stream: '' };
const SINCE = '2027-01-01T00:00:00.000Z';

let folder: string;
let vault: VaultDatabase;
/** How often a key was unwrapped, which is how often it was not at hand. */
let unwrapped: number;
let keys: SubjectKeys;
const path = (): string => join(folder, 'v.db');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  vault = openVaultDatabase(path(), join(folder, 'k'));
  unwrapped = 0;
  const { master } = vault;
  const counting = {
    wrap: (...of: Parameters<typeof master.wrap>) => master.wrap(...of),
    unwrap: (...of: Parameters<typeof master.unwrap>) => (unwrapped++, master.unwrap(...of)),
  };
  keys = new SubjectKeys({ ...vault, master: counting as typeof master });
});
afterEach(() => {
  vault.db.close();
  rmSync(folder, { recursive: true });
});
const keyOf = async (subject: string): Promise<string> => (await keys.keysFor([subject], 's')).get(subject)?.kid ?? '';
const unwrappedBy = (work: () => unknown): number => {
  const before = unwrapped;
  work();
  return unwrapped - before;
};

describe('a key at hand', () => {
  /** From here on it is so many milliseconds since the program began. */
  const at = (now: number): unknown => Object.assign(performance, { now: () => now });
  afterEach(() => Reflect.deleteProperty(performance, 'now'));

  it('is there for a minute and not a moment longer', async () => {
    const kid = await keyOf('ann');
    at(1_000);
    expect([0, 0].map(() => unwrappedBy(() => keys.state(kid, false)))).toEqual([1, 0]);
    at(60_999);
    expect(unwrappedBy(() => keys.state(kid, false))).toBe(0);
    at(61_000);
    expect(unwrappedBy(() => keys.state(kid, false))).toBe(1);
  });

  it('is dropped when anything else writes to the vault, and overwritten when it is told to', async () => {
    const kid = await keyOf('ann');
    keys.state(kid, false);
    const other = new DatabaseSync(path());
    other.exec("INSERT INTO meta VALUES ('other', x'01')");
    other.close();
    expect(unwrappedBy(() => keys.state(kid, false))).toBe(1);
    const state = keys.state(kid, false) as { key: Uint8Array };
    keys.drop();
    expect([...state.key].some(Boolean)).toBe(false);
    expect(unwrappedBy(() => keys.state(kid, false))).toBe(1);
  });

  it('is never of somebody whose data is restricted, whatever was asked of it', async () => {
    const kid = await keyOf('ann');
    await new Forgetting(vault, keys).restrict([ANN], SINCE);
    expect(await keyOf('ann')).toBe(kid);
    expect(keys.toSealWith(kid)).toHaveLength(32);
    expect(keys.state(kid, true)).toHaveProperty('key');
    expect(keys.state(kid, false)).toEqual({ closed: 'restricted', since: SINCE });
  });

  it('is one of ten thousand at most, and one', () => {
    const MOST = 10_001;
    const kids = Array.from({ length: MOST + 1 }, (_, n) => `k${n}`);
    const insert = vault.db.prepare('INSERT INTO subject_key VALUES (?, ?, ?, ?)');
    vault.db.exec('BEGIN');
    for (const kid of kids) insert.run(kid, kid, 's', vault.master.wrap(randomBytes(32), `key ${kid}`));
    vault.db.exec('COMMIT');
    for (const kid of kids.slice(0, MOST)) keys.state(kid, false);
    expect(unwrappedBy(() => kids.slice(0, MOST).forEach((kid) => keys.state(kid, false)))).toBe(0);
    keys.state(kids[MOST] as string, false);
    expect(unwrappedBy(() => keys.state(kids[MOST] as string, false))).toBe(0);
    expect(unwrappedBy(() => keys.state('k0', false))).toBe(1);
  });
});

it('makes a key only for whom there is none, and else does not wait for whoever writes', async () => {
  const kid = await keyOf('ann');
  const other = new DatabaseSync(path());
  other.exec('BEGIN IMMEDIATE');
  expect(await keyOf('ann')).toBe(kid);
  other.exec('ROLLBACK');
  other.close();
  expect(await keyOf('bob')).not.toBe(kid);
});

it('tells a key that is closed, destroyed or unknown apart, and seals with none of them', async () => {
  const forgetting = new Forgetting(vault, keys);
  const [closed, destroyed] = [await keyOf('ann'), await keyOf('bob')];
  await forgetting.begin(() => ({ id: 'e1', targets: [ANN] }), [ANN], SINCE);
  await forgetting.destroy([{ subject: 'bob', stream: 's' }], [destroyed], '2027-01-02');
  expect([closed, destroyed, 'nobody-knows'].map((kid) => keys.state(kid, true))).toEqual([{ closed: 'erasing', since: SINCE }, { erasedOn: '2027-01-02' }, undefined]); // prettier-ignore
  for (const kid of [closed, destroyed, 'nobody-knows']) expect(() => keys.toSealWith(kid)).toThrow(`no key ${kid}`);
  for (const subject of ['ann', 'bob']) await expect(keyOf(subject)).rejects.toMatchObject({ code: 'erased' });
});
