import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeBackup } from '#backup/write-backup';
import { contribution, correctContribution, giveContribution } from '#contributions/contribution';
import { Eraser } from '#erasure/eraser';
import { randomId } from '#event-store/ids';
import { People } from '#participants/people';
import { ErasureLedger } from '#vault/erasure-ledger';
import { startServer, type TestServer } from '../http/server.js';
import { Canaries, context, formsOf, placesOf, somebody } from './planting.js';
import { undeclaredIn } from './undeclared.js';

/** `npm run soak:erasure` plants 25 of each; every run of the tests a few. */
const OF_EACH = Number(process.env['CANARIES'] ?? 2);
const BASIS = { basis: 'objection' } as const;

let server: TestServer;
let folder: string;
let canaries: Canaries;
beforeEach(async () => {
  server = await startServer();
  ({ folder } = placesOf(server));
  canaries = new Canaries();
});
afterEach(() => server.close());

const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
/** `kind form` of everything that is found in any file. */
const scan = (more = ''): string[] => {
  const all = [...files().map((path) => readFileSync(path).toString('latin1')), more];
  return canaries.planted.filter(({ canary }) => formsOf(canary).some((form) => all.some((text) => text.includes(form)))).map(({ kind }) => kind); // prettier-ignore
};

it('nothing that an erased person said is in any file, in any form, and all of the others is', async () => {
  const said: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string) => said.push(text) > 0;
  let person: string;
  let other: { person: string; views: string[] };
  const mine = canaries.planted;
  try {
    ({ person } = await somebody(server, canaries, OF_EACH));
    other = await somebody(server, new Canaries(1_000_000), 1);
  } finally {
    process.stdout.write = write;
  }
  // Before, only the search index holds words in the open: those that everyone may read.
  const before = new Set(scan());
  expect([...before].sort()).toEqual(['correction', 'picture', 'translation', 'words']);
  expect(undeclaredIn(server.engine.settings.dataDir, server.engine.personalStores)).toEqual([]);
  const whose = await server.engine.eraser.find(other.person);
  const kept = await Promise.all(server.engine.personalStores.map(async (store) => JSON.stringify(await store.copy(whose!)))); // prettier-ignore
  const root = async (): Promise<string[]> => {
    const all: string[] = [];
    for await (const { leaf } of server.engine.store.readAll()) all.push(Buffer.from(leaf).toString('base64'));
    return all;
  };
  const leaves = await root();
  await server.engine.eraser.erase(person, context(), BASIS);
  await writeBackup({ ...placesOf(server), to: join(folder, 'later'), vaultTo: join(folder, 'later-vault'), keepVaultDays: 30, now: new Date() }); // prettier-ignore
  expect(scan(said.join(''))).toEqual([]);
  expect((await root()).slice(0, leaves.length)).toEqual(leaves);
  // Two people in one event: of the other not one word is missing.
  expect(await Promise.all(server.engine.personalStores.map(async (store) => JSON.stringify(await store.copy(whose!))))).toEqual(kept); // prettier-ignore
  const promises = server.engine.rows.all<{ what: string }>('SELECT what FROM service_change');
  const whole = promises.filter(({ what }) => server.engine.vault.open(what).state === 'readable').length;
  expect(whole).toBe(OF_EACH + 1);
  const kinds = new Set(mine.map(({ kind }) => kind));
  expect(kinds.size).toBeGreaterThanOrEqual(12);
  console.log(JSON.stringify({ figure: 'erasure.canaries', kinds: kinds.size, canaries: mine.length, ofEach: OF_EACH, formsOfEach: formsOf('x'.repeat(16)).length, files: files().length, foundBefore: [...before], found: 0, leavesUnchanged: leaves.length, othersWhole: true })); // prettier-ignore
}, 180_000);

it('a purge that is left out is noticed, whichever it is', async () => {
  const { engine } = server;
  const { store, recorder, vault, clock } = engine;
  const ledger = new ErasureLedger(placesOf(server).erasures);
  const names = engine.personalStores.map(({ name }) => name);
  const noticed: string[] = [];
  // Keys are destroyed before anything is purged; this person sent no form, and nothing was put aside.
  const here = names.filter((name) => !['keys', 'deliveries', 'older-copies'].includes(name));
  for (const skipped of here) {
    const { person } = await somebody(server, canaries, 1);
    const stores = engine.personalStores.map((each) => ({
      ...each,
      name: each.name,
      purge: each.name === skipped ? async () => 0 : each.purge.bind(each),
      left: each.left.bind(each),
    }));
    const eraser = new Eraser({ store, recorder, vault, clock, ledger, settleMs: 1, stores: stores });
    await eraser.erase(person, context(), BASIS).catch((error: unknown) => {
      if (String(error).includes(`in "${skipped}"`)) noticed.push(skipped);
    });
    if (skipped === 'search-index') expect(scan().length).toBeGreaterThan(0);
    await engine.eraser.resume();
  }
  expect(scan()).toEqual([]);
  expect(noticed).toEqual(here);
}, 60_000);

it('five ways back, and a key comes by none', async () => {
  const { engine } = server;
  const { person, views } = await somebody(server, canaries, 1);
  const stream = `contribution-${views[0]}`;
  const row = engine.vault.database.db.prepare('SELECT * FROM subject_key WHERE subject = ? AND stream = ?').get(person, stream) as Record<string, never>; // prettier-ignore
  await engine.eraser.erase(person, context(), BASIS);
  const tried: [string, () => Promise<unknown>][] = [
    ['a key for the same stream', () => engine.vault.keysFor([person], stream)],
    ['a key for a new stream', () => engine.vault.keysFor([person], `contribution-${randomId()}`)],
    ['their name again under the same id', () => new People(engine.vault).put(person, { authority: 'essex', name: 'Back', contact: null, format: null })], // prettier-ignore
    ['more words in a view of theirs', () => engine.recorder.act(contribution, views[0] ?? '', context(), (state) => correctContribution(state, views[0] ?? '', { words: 'I am back' }))], // prettier-ignore
    ['a new view of theirs', () => engine.recorder.act(contribution, randomId(), context(), (state) => giveContribution(state, randomId(), { authority: 'essex', participant: person, words: 'I am back', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'name' }))], // prettier-ignore
  ];
  let succeeded = 0;
  for (const [what, way] of tried) await way().then(() => succeeded++, (error: unknown) => expect([what, (error as { code?: string }).code]).toEqual([what, 'erased'])); // prettier-ignore
  // And put into the file by hand: the next start destroys it again.
  engine.vault.database.db.prepare('INSERT INTO subject_key (kid, subject, stream, wrapped) VALUES (?, ?, ?, ?)').run(row['kid']!, row['subject']!, row['stream']!, row['wrapped']!); // prettier-ignore
  expect(engine.vault.forgetting.replay(new ErasureLedger(placesOf(server).erasures).all())).toHaveLength(1);
  const state = engine.vault.keyState(String(row['kid']));
  if (state && 'key' in state) succeeded++;
  expect(succeeded).toBe(0);
  console.log(JSON.stringify({ figure: 'erasure.ways-back', tried: tried.length + 1, succeeded }));
});
