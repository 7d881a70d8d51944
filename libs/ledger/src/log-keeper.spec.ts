import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store';
import { manySteps, writeHistory } from './testing/histories.js';
import { Keeping, ORIGIN } from './testing/keeping.js';
import { Signer } from './signer.js';
import { ownSigner } from './testing/own-signer.js';

describe('the keeper of the log', () => {
  const k = new Keeping();
  beforeEach(() => k.begin());
  afterEach(() => k.end());
  const keeper: Keeping['keeper'] = (...what) => k.keeper(...what);
  const raw = (file: string, sql: string, folder = k.at.folder): void => {
    const db = new DatabaseSync(join(folder, file));
    const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
    triggers.forEach(({ name }) => db.exec(`DROP TRIGGER ${name}`));
    db.exec(sql);
    db.close();
  };

  it('seals what was recorded, and nothing twice', async () => {
    await writeHistory(k.at.store, manySteps(20));
    const keeps = keeper();
    expect(keeps.published).toBeUndefined();
    expect(await keeps.cutNow()).toBe(true);
    const { note, size } = keeps.published!;
    expect(size).toBe(20);
    k.clock = new Date('2026-05-01T12:05:00Z');
    expect(await keeps.cutNow()).toBe(true);
    expect(keeps.published).toMatchObject({ note, signedAt: '2026-05-01T12:00:00.000Z' });
    expect(keeps.state()).toMatchObject({
      origin: ORIGIN, entries: 20, problem: null, witnesses: { asked: 0, independent: 0, newest: null, isFresh: false },
    }); // prettier-ignore
  });

  it('seals for everyone who asks at once what they had recorded before', async () => {
    const keeps = keeper();
    const sizes = await Promise.all(
      [5, 9, 14].map(async (count) => {
        await writeHistory(k.at.store, manySteps(count));
        expect(await keeps.cutNow()).toBe(true);
        return (keeps.published?.size ?? 0) >= count;
      }),
    );
    expect(sizes).toEqual([true, true, true]);
  });

  it('publishes after a restart what was published before, also while the signer is away', async () => {
    await writeHistory(k.at.store, manySteps(20));
    await keeper().cutNow();
    const away = { ...k.signer, log: () => Promise.reject(new Error('away')) };
    const again = keeper({ signer: away });
    expect(again.published?.size).toBe(20);
    expect(await again.cutNow()).toBe(false);
    expect(again.published?.size).toBe(20);
    expect(again.state().problem?.message).toBe('away');
  });

  it('never lets anyone wait longer than they can, and never fails them', async () => {
    await writeHistory(k.at.store, manySteps(3));
    const stuck = { ...k.signer, sign: () => new Promise<never>(() => undefined) };
    const keeps = keeper({ signer: stuck });
    const start = performance.now();
    expect(await keeps.cutNow(50)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(await keeper({ signer: undefined }).cutNow()).toBe(false);
  });

  it('goes on from what the signer signed when a crash kept its answer from us', async () => {
    await writeHistory(k.at.store, manySteps(10));
    const cut = { ...k.signer, sign: async (request: never) => k.signer.sign(request).then(() => Promise.reject(new Error('cut off'))) }; // prettier-ignore
    await keeper({ signer: cut }).cutNow();
    await writeHistory(k.at.store, manySteps(17));
    const again = keeper();
    expect(await again.cutNow()).toBe(true);
    expect(again.published?.size).toBe(17);
  });

  it.each([
    ['the bytes of an entry', 'UPDATE event SET leaf = CAST(replace(leaf, \'entry 12\', \'entry 21\') AS BLOB) WHERE seq = 13', 12],
    ['a bit of a stored hash', "UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 14", 13],
    ['an entry away', 'DELETE FROM event WHERE seq = 15', 14],
  ])('does not ask for a signature when somebody changed %s that is not sealed yet, and says where', async (_, sql, index) => {
    await writeHistory(k.at.store, manySteps(10));
    const keeps = keeper();
    await keeps.cutNow();
    await writeHistory(k.at.store, manySteps(20));
    raw('events.db', sql);
    expect(await keeps.cutNow()).toBe(false);
    expect(k.told.join()).toMatch(new RegExp(`Entry ${index} `));
    expect(keeps.published?.size).toBe(10);
    expect(k.signer.memory.log('', '').last?.size).toBe(10);
  }); // prettier-ignore

  it('is refused after the data was put back from a backup, and again when more was written on it', async () => {
    await writeHistory(k.at.store, manySteps(10));
    const first = keeper();
    await first.cutNow();
    const backup = join(k.at.folder, 'backup');
    mkdirSync(backup);
    for (const file of ['events.db', 'ledger.db'])
      new DatabaseSync(join(k.at.folder, file)).exec(`VACUUM INTO '${join(backup, file)}'`);
    await writeHistory(k.at.store, manySteps(20));
    await first.cutNow();

    const restored = keeper({}, backup);
    expect(await restored.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('has signed 20 entries, but the record holds only 10.');
    const store = openSqliteEventStore(join(backup, 'events.db'));
    await writeHistory(store, [...manySteps(10), { stream: 3, words: ['another end'] }]);
    expect(await restored.cutNow()).toBe(false);
    expect(k.told.at(-1)).toMatch(/has signed 20 entries, but the record holds only 11.*new-origin/);
    await writeHistory(store, [...manySteps(10), { stream: 3, words: ['another end'] }, ...Array.from({ length: 15 }, (_, n) => ({ stream: 100 + n, words: ['more'] }))]); // prettier-ignore
    expect(await restored.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('are not the ones that were signed');
    await store.close();
  });

  it('says so when only the record was put back, not what lies beside it', async () => {
    await writeHistory(k.at.store, manySteps(20));
    const keeps = keeper();
    await keeps.cutNow();
    raw('events.db', 'DELETE FROM event WHERE seq > 15');
    expect(await keeps.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('holds 15 entries, but 20 had been counted');
    await writeHistory(k.at.store, [...manySteps(15), ...Array.from({ length: 9 }, (_, n) => ({ stream: 50 + n, words: ['new end'] }))]); // prettier-ignore
    expect(await keeps.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('Entry 19 is not the one that was signed');
  });

  it('refuses a signer that comes with another key, or for another log', async () => {
    await writeHistory(k.at.store, manySteps(5));
    await keeper().cutNow();
    const other = await ownSigner(join(k.at.folder, 'other'), ORIGIN);
    const keeps = keeper({ signer: other });
    expect(await keeps.cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('another key');
    const third = await ownSigner(join(k.at.folder, 'third'), 'elsewhere.example/log');
    expect(await keeper({ signer: third, origin: ORIGIN }).cutNow()).toBe(false);
    expect(k.told.at(-1)).toContain('Set LOG_ORIGIN to elsewhere.example/log');
    await other.close();
    await third.close();
  });

  it('opens the next log over the same record, from its first entry on', async () => {
    await writeHistory(k.at.store, manySteps(20));
    await keeper().cutNow();
    const before = keeper().published!;
    await Signer.openNext(k.signer.memory, k.clock.toISOString());
    k.clock = new Date('2026-05-01T13:00:00Z');
    const next = await ownSigner(join(k.at.folder, 'signer'), ORIGIN);
    const keeps = keeper({ signer: next, origin: ORIGIN });
    expect(await keeps.cutNow()).toBe(true);
    expect(keeps.published).toMatchObject({ origin: `${ORIGIN}/2`, size: 20 });
    // What the closed log had said last goes along, letter for letter.
    expect(keeps.state().predecessor).toBe(before.note);
    expect(keeper({ signer: undefined }).published?.origin).toBe(`${ORIGIN}/2`);
    await next.close();
  });
});
