import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RestoreOrder, restoreBackup } from '#backup/restore-backup';
import { writeBackup } from '#backup/write-backup';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { start } from './processes.js';

/** `npm run drill:backup` takes fifty; every run of the tests a few. */
const BACKUPS = Number(process.env['BACKUPS'] ?? 3);
const WRITES_A_SECOND = 200;
const WORDS = 'Canaryword says keep the bus';

let folder: string;
const at = (name: string): string => join(folder, name);
const places = (data = 'data') => ({ dataDir: at(data), keyFile: at('data-keys/master.key'), erasures: at('data-erasures') }); // prettier-ignore
const backUp = (keepVaultDays = 30, now = new Date()) =>
  writeBackup({ ...places(), to: at('copies'), vaultTo: at('copies-vault'), keepVaultDays, now });
const putBack = (given: Partial<RestoreOrder> = {}) =>
  restoreBackup({ ...places(), from: at('copies'), vaultFrom: at('copies-vault'), replace: true, acceptLoss: false, now: new Date(), ...given }); // prettier-ignore
const context = () => ({
  commandId: randomId(),
  actor: { role: 'data-protection-officer', ref: 'tests' },
  now: nowAt(new Date()),
});
const open = async (data = 'data'): Promise<Engine> => {
  const engine = Engine.open(places(data));
  engine.start();
  await engine.whenSeeded();
  return engine;
};
/** A person with a name and a view. Answers their id. */
const somebody = async (engine: Engine): Promise<string> => {
  const [person, view] = [randomId(), randomId()];
  await engine.recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' })); // prettier-ignore
  const { position } = await engine.recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, {
      authority: 'essex', participant: person, words: WORDS, channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'name',
    }),
  ); // prettier-ignore
  await new People(engine.vault).put(person, {
    authority: 'essex',
    name: 'Canary Person',
    contact: null,
    format: null,
  });
  await engine.caughtUp(position);
  return person;
};
/** References to the words of everybody. */
const refs = (engine: Engine): string[] => engine.rows.all<{ words: string }>('SELECT words FROM contribution').map(({ words }) => words); // prettier-ignore
/** Words and names that can be read. */
const readable = (engine: Engine, person: string, words: readonly string[]): number =>
  words.filter((ref) => engine.vault.open(ref).state === 'readable').length +
  (new People(engine.vault).get(person) ? 1 : 0);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backup-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it(
  `restores ${BACKUPS} of ${BACKUPS} backups taken at ${WRITES_A_SECOND} writes a second, each to the root that was written down`,
  async () => {
    const writer = start('views-writer.ts', [at('data'), String(WRITES_A_SECOND)]);
    await writer.firstAck;
    let [sound, lost, entries, written, writing] = [0, 0, 0, 0, 0];
    for (let n = 0; n < BACKUPS; n++) {
      const acked = Math.max(...writer.acks.map(({ position }) => Number(position)));
      const [before, began] = [writer.acks.length, performance.now()];
      await backUp(30, new Date(Date.UTC(2027, 0, 1, 0, 0, n)));
      written += writer.acks.length - before;
      writing += performance.now() - began;
      // It stands still while this copy is tried, or each would be much larger than the one before.
      writer.process.kill('SIGSTOP');
      const { checked } = await putBack({
        dataDir: at(`back-${n}`),
        erasures: at('back-erasures'),
        record: latest('copies'),
      });
      if ((checked?.entries ?? 0) < acked) lost++;
      if (checked?.findings.length === 0 && checked.keys.missing + checked.words.missing === 0) sound++;
      entries = checked?.entries ?? 0;
      rmSync(at(`back-${n}`), { recursive: true });
      writer.process.kill('SIGCONT');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    writer.process.kill('SIGKILL');
    await writer.ended;
    expect([sound, lost]).toEqual([BACKUPS, 0]);
    console.log(JSON.stringify({ figure: 'backup.under-load', backups: BACKUPS, restored: sound, acknowledgedLost: lost, entries, writesPerSecond: Math.round((written / writing) * 1000) })); // prettier-ignore
  },
  60_000 + BACKUPS * 10_000,
);
const latest = (name: string): string => readdirSync(at(name)).filter((each) => each.startsWith('record-')).sort().at(-1) ?? ''; // prettier-ignore

it('an older backup brings nobody back who was erased since, and what was erased is not read as lost', async () => {
  let engine = await open();
  const person = await somebody(engine);
  const words = refs(engine);
  expect(readable(engine, person, words)).toBe(2);
  await backUp();
  await engine.eraser.erase(person, context(), { basis: 'objection' });
  await engine.close();
  const { erasedAgain, checked, aside } = await putBack();
  expect([erasedAgain, checked?.keys.missing, checked?.words.missing]).toEqual([1, 0, 0]);
  expect(existsSync(aside ?? '')).toBe(true);
  engine = Engine.open(places());
  const beforeServing = readable(engine, person, words);
  engine.start();
  await engine.whenSeeded();
  expect([beforeServing, readable(engine, person, refs(engine))]).toEqual([0, 0]);
  await expect(engine.eraser.erase(person, context(), { basis: 'objection' })).rejects.toMatchObject({
    code: 'erased',
  });
  await engine.close();
  // Also on a machine where nothing is left but a later backup: it knows who was erased.
  await backUp(30, new Date(Date.now() + 60_000));
  const first = readdirSync(at('copies')).filter((name) => name.startsWith('record-')).sort()[0] ?? ''; // prettier-ignore
  const elsewhere = await putBack({ dataDir: at('elsewhere'), erasures: at('elsewhere-erasures'), record: first });
  expect(elsewhere.checked?.words.erased).toBe(1);
  console.log(JSON.stringify({ figure: 'backup.erased-since', readableBeforeServing: beforeServing, erasedAgain }));
});

it('refuses a list of erasures that is shorter than the backup knew', async () => {
  const engine = await open();
  await engine.eraser.erase(await somebody(engine), context(), { basis: 'objection' });
  await engine.close();
  await backUp();
  rmSync(at('copies/erasures.jsonl'));
  await expect(putBack({ dataDir: at('new'), erasures: at('new-erasures') })).rejects.toThrow('people who were erased');
});

it('refuses the wrong keys, three of three, and never reads them as an erasure', async () => {
  const engine = await open();
  await somebody(engine);
  await engine.close();
  const { vault } = await backUp();
  // Keys of before anybody had said anything: a vault of this record, and too old.
  const right = readFileSync(at('data-keys/master.key'));
  const problems: string[] = [];
  const refused = async (given: Partial<RestoreOrder> = {}): Promise<void> =>
    putBack(given).then(
      () => void problems.push('was put back'),
      (error: unknown) => void problems.push((error as Error).message),
    );
  writeFileSync(at('data-keys/master.key'), `${randomBytes(32).toString('base64')}\n`);
  await refused();
  writeFileSync(at('data-keys/master.key'), right);
  const other = await openOther();
  await refused({ vaultFrom: other });
  rmSync(at(`copies-vault/${vault}`), { recursive: true });
  await refused();
  expect(problems).toEqual([
    expect.stringContaining('is not the master key of this vault'),
    expect.stringContaining('the keys of another record'),
    expect.stringContaining('holds no backup of the vault'),
  ]);
  const after = await open();
  expect(after.rows.all('SELECT 1 FROM contribution')).toHaveLength(1);
  await after.close();
  console.log(JSON.stringify({ figure: 'backup.wrong-keys', refused: problems.length, of: 3 }));
});
const openOther = async (): Promise<string> => {
  const engine = Engine.open({ dataDir: at('other'), keyFile: at('data-keys/master.key') });
  await engine.close();
  await writeBackup({ ...places('other'), to: at('other-copies'), vaultTo: at('other-vault'), keepVaultDays: 30, now: new Date() }); // prettier-ignore
  return at('other-vault');
};

it('refuses a copy of the keys that is older than the log, unless told that they are lost', async () => {
  const engine = await open();
  await backUp(30, new Date(Date.now() - 120_000));
  const older = readdirSync(at('copies-vault'))[0] ?? '';
  await somebody(engine);
  await engine.close();
  const newer = await backUp();
  rmSync(at(`copies-vault/${newer.vault}`), { recursive: true });
  await expect(putBack()).rejects.toThrow('older than the log');
  expect((await putBack({ acceptLoss: true })).checked).toMatchObject({ keys: { missing: 1 }, words: { missing: 0, here: 1 } }); // prettier-ignore
  expect(readdirSync(at('copies-vault'))).toEqual([older]);
});

it('refuses one changed byte, data that is in use, and to mix; while it works nothing starts', async () => {
  const engine = await open();
  await somebody(engine);
  const { record } = await backUp();
  await expect(putBack()).rejects.toThrow('is in use');
  await expect(putBack({ replace: false })).rejects.toThrow('holds data');
  await engine.close();
  writeFileSync(at('data-restoring'), '');
  expect(() => Engine.open(places())).toThrow('A backup is being put back here');
  const path = at(`copies/${record}/events.db`);
  chmodSync(path, 0o600);
  const bytes = readFileSync(path);
  bytes[bytes.length - 100]! ^= 1;
  writeFileSync(path, bytes);
  await expect(putBack()).rejects.toThrow('not as it was');
  await (await open()).close();
});

it('keeps keys for a while, the record for ever, and neither beside the master key', async () => {
  await (await open()).close();
  const day = (n: number): Date => new Date(Date.UTC(2027, 0, n));
  await backUp(7, day(1));
  const { deleted } = await backUp(7, day(10));
  expect(deleted).toEqual(['vault-20270101T000000Z']);
  expect(readdirSync(at('copies')).filter((name) => name.startsWith('record'))).toHaveLength(2);
  const order = { ...places(), keepVaultDays: 7, now: day(11) };
  for (const [to, vaultTo] of [
    ['copies', 'copies/vault'],
    ['data-keys/copies', 'v'],
    ['data/copies', 'v'],
    ['.', 'data'],
  ])
    // prettier-ignore
    await expect(writeBackup({ ...order, to: at(to ?? ''), vaultTo: at(vaultTo ?? '') })).rejects.toThrow();
  const all = readdirSync(at('copies'), { recursive: true }) as string[];
  expect(all.filter((name) => name.includes('master') || name.endsWith('search.db'))).toEqual([]);
  cpSync(at('copies'), at('moved'), { recursive: true });
  expect((await putBack({ from: at('moved') })).checked?.findings).toEqual([]);
});
