import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { writeBackup } from '#backup/write-backup';
import { Cards } from '#contributions/cards';
import { answerRequest, makeRequest } from '#contributions/asked-of-us';
import { contribution, correctContribution, giveContribution, withdrawContribution } from '#contributions/contribution';
import type { ContributionEvent } from '#contributions/contribution.events';
import { giveReply } from '#contributions/replies';
import { stopClock } from '#contributions/reply-clock-rules';
import { Letters } from '#data-requests/letters';
import { type Boundary, Eraser } from '#erasure/eraser';
import { randomId } from '#event-store/ids';
import type { Decided } from '#kernel/aggregate';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { promiseServiceChange, serviceChange } from '#service-changes/service-change';
import { ErasureLedger } from '#vault/erasure-ledger';
import { SealedFiles } from '#vault/sealed-files';
import { VaultRecords } from '#vault/vault-records';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { startServer, type TestServer } from '../http/server.js';
import { undeclaredIn } from './undeclared.js';

/** `npm run soak:erasure` plants 25 of each and erases 10,000 events; every run of the tests a few of each. */
const OF_EACH = Number(process.env['CANARIES'] ?? 2);
const EVENTS = Number(process.env['ERASE_EVENTS'] ?? 400);
const BASIS = { basis: 'objection' } as const;

let server: TestServer;
let folder: string;
beforeEach(async () => {
  server = await startServer();
  folder = join(server.engine.settings.dataDir, '..');
});
afterEach(() => server.close());

const context = () => ({ commandId: randomId(), actor: { role: 'data-protection-officer', ref: 'tests' }, now: nowAt(new Date()) }); // prettier-ignore
const places = () => ({ dataDir: server.engine.settings.dataDir, keyFile: join(folder, 'data-keys/master.key'), erasures: join(folder, 'data-erasures') }); // prettier-ignore

/** No dictionary has it, and no two share three letters in a row but by chance. */
const LETTERS = 'bcdfghjklmnpqrstvwxz';
const canaryOf = (n: number): string =>
  [...createHash('sha256').update(`canary ${n}`).digest().subarray(0, 16)].map((byte) => LETTERS[byte % LETTERS.length]).join(''); // prettier-ignore
const planted: { kind: string; canary: string }[] = [];
const plant = (kind: string): string => {
  const canary = canaryOf(planted.length + 1);
  planted.push({ kind, canary });
  return `Say "${canary}" – é`;
};

/** A person, and one of every kind of personal field in each of `count` views. */
const somebody = async (count: number): Promise<{ person: string; views: string[] }> => {
  const { recorder, vault } = server.engine;
  const person = randomId();
  await recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' }));
  const views: string[] = [];
  for (let n = 0; n < count; n++) {
    const [view, asked, lettered, promised] = [randomId(), randomId(), randomId(), randomId()];
    views.push(view);
    // One person has one name: the last of 25 is what is kept, and what was there before must be gone as well.
    await new People(vault).put(person, { authority: 'essex', name: plant('name'), contact: plant('contact'), format: null }); // prettier-ignore
    const file = await new SealedFiles(vault).put(person, `contribution-${view}`, { type: 'image/png', bytes: Buffer.from(plant('file')) }); // prettier-ignore
    await new Letters(vault).put(lettered, { authority: 'essex', name: plant('asker'), contact: plant('asker-contact'), words: plant('letter'), answer: plant('letter-answer'), person }); // prettier-ignore
    await new VaultRecords(vault.database, 'draft').put(randomId(), { people: [{ id: person, note: plant('draft') }] });
    await server.app.get(Cards, { strict: false }).register(Cards.firstCardOf(view), view);
    const session = { card: Cards.firstCardOf(view), contribution: view };
    await server.app.get(WhoIsAsking, { strict: false }).cardSessions.start(view, session, Date.now());
    const persons = new PersonAccounts(vault);
    const address = plant('address');
    const account = persons.idOf(address);
    await persons.open(account, address, '2026-01-01');
    await persons.keep(account, session);
    await persons.wish(account, 'text', plant('news-to'));
    const now = context().now;
    const acts: ((state: never) => Decided<ContributionEvent>)[] = [
      (state) =>
        giveContribution(state, view, {
          authority: 'essex', participant: person, words: plant('words'), channel: 'online', capacity: 'uses-services', voice: 'helped', helper: plant('helper'),
          agreed: true, attribution: 'name', language: 'pl', translation: { words: plant('translation'), by: 'a translator' }, media: [{ kind: 'photo', description: plant('picture'), file }],
        }),
      (state) => makeRequest(state, view, { request: asked, kind: 'call-me', note: plant('request'), contact: plant('request-contact') }),
      (state) => answerRequest(state, view, { request: asked, answer: plant('request-answer'), by: 'chair' }),
      (state) => stopClock(state, view, { reason: 'other', words: plant('clock') }, { today: now.today, days: 20 }),
      (state) => giveReply(state, view, { channel: 'letter', format: 'plain', givenAt: now.instant, byRole: 'chair', words: plant('reply') }, now.instant),
      (state) => correctContribution(state, view, { words: plant('correction'), why: plant('correction-why') }),
    ]; // prettier-ignore
    if (n === 1) acts.push((state) => withdrawContribution(state, view, plant('withdrawal')));
    for (const act of acts) await recorder.act(contribution, view, { ...context(), now }, act as never);
    // In a promise they are one of two: what was promised is not theirs.
    await recorder.act(serviceChange, promised, context(), (state) =>
      promiseServiceChange(state, promised, {
        authority: 'essex', decision: randomId(), what: 'Run the bus until 8pm.', owner: { person, name: plant('owner'), role: 'manager' }, due: '2099-01-01', proofWanted: 'x', checker: { role: 'A rider', name: 'Kept Checker' },
      }, now.today),
    ); // prettier-ignore
  }
  await server.engine.caughtUp(await server.engine.store.head());
  return { person, views };
};

/** Ways in which words may stand in a file; parts of eight letters find what was cut, stemmed or split. */
const formsOf = (canary: string): string[] => {
  const latin = (bytes: Buffer): string => bytes.toString('latin1');
  const utf16 = Buffer.from(canary, 'utf16le');
  const base64 = [0, 1, 2].map((pad) =>
    Buffer.from(`${' '.repeat(pad)}${canary}`)
      .toString('base64')
      .slice(4, -4),
  );
  const parts = [0, 4, 8].map((at) => canary.slice(at, at + 8));
  return [...parts, canary.toUpperCase(), latin(utf16), latin(Buffer.from(utf16).swap16()), Buffer.from(canary).toString('hex'), ...base64]; // prettier-ignore
};
const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
/** `kind form` of everything that is found in any file. */
const scan = (more = ''): string[] => {
  const all = [...files().map((path) => readFileSync(path).toString('latin1')), more];
  return planted.filter(({ canary }) => formsOf(canary).some((form) => all.some((text) => text.includes(form)))).map(({ kind }) => kind); // prettier-ignore
};

it('nothing that an erased person said is in any file, in any form, and all of the others is', async () => {
  planted.length = 0;
  const said: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text: string) => said.push(text) > 0;
  let person: string;
  let other: { person: string; views: string[] };
  let mine: typeof planted;
  try {
    ({ person } = await somebody(OF_EACH));
    mine = [...planted];
    other = await somebody(1);
  } finally {
    process.stdout.write = write;
  }
  planted.splice(0, planted.length, ...mine);
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
  await writeBackup({ ...places(), to: join(folder, 'later'), vaultTo: join(folder, 'later-vault'), keepVaultDays: 30, now: new Date() }); // prettier-ignore
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
  planted.length = 0;
  const { engine } = server;
  const { store, recorder, vault, clock } = engine;
  const ledger = new ErasureLedger(places().erasures);
  const names = engine.personalStores.map(({ name }) => name);
  const noticed: string[] = [];
  // Keys are destroyed before anything is purged; this person sent no form, and nothing was put aside.
  const here = names.filter((name) => !['keys', 'deliveries', 'older-copies'].includes(name));
  for (const skipped of here) {
    const { person } = await somebody(1);
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
  planted.length = 0;
  const { engine } = server;
  const { person, views } = await somebody(1);
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
  expect(engine.vault.forgetting.replay(new ErasureLedger(places().erasures).all())).toHaveLength(1);
  const state = engine.vault.keyState(String(row['kid']));
  if (state && 'key' in state) succeeded++;
  expect(succeeded).toBe(0);
  console.log(JSON.stringify({ figure: 'erasure.ways-back', tried: tried.length + 1, succeeded }));
});

it(`${EVENTS} events of one person are unreadable at once and gone soon`, async () => {
  planted.length = 0;
  const { engine } = server;
  const { person } = await somebody(1);
  let written = 0;
  const give = async (): Promise<void> => {
    // Two events each: the key, and the view.
    while (written < EVENTS) {
      written += 2;
      const view = randomId();
      await engine.recorder.act(
        contribution,
        view,
        context(),
        (state) =>
        giveContribution(state, view, { authority: 'essex', participant: person, words: `Keep the bus ${view}`, channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'name' }), // prettier-ignore
      );
    }
  };
  await Promise.all(Array.from({ length: 64 }, give));
  await engine.caughtUp(await engine.store.head(), 600_000);
  const copying = performance.now();
  const found = await engine.eraser.find(person);
  const copies = await Promise.all(engine.personalStores.map((store) => store.copy(found!)));
  const copySeconds = (performance.now() - copying) / 1000;
  expect(copies.flat().length).toBeGreaterThan(EVENTS / 2);
  const reached = new Map<Boundary, number>();
  const began = performance.now();
  const eraser = new Eraser({
    store: engine.store, recorder: engine.recorder, vault: engine.vault, clock: engine.clock, ledger: new ErasureLedger(places().erasures),
    stores: engine.personalStores, reached: (boundary) => reached.set(boundary, (performance.now() - began) / 1000),
  }); // prettier-ignore
  await eraser.erase(person, context(), BASIS);
  const purged = (performance.now() - began) / 1000;
  const unreadable = reached.get('closed') ?? Infinity;
  expect([unreadable < 2, purged < 60, copySeconds < 30]).toEqual([true, true, true]);
  console.log(JSON.stringify({ figure: 'erasure.time', events: EVENTS, unreadableAfterSeconds: unreadable, purgedAfterSeconds: purged, copySeconds })); // prettier-ignore
}, 600_000);
