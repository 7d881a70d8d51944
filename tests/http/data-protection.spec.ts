import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { contribution, giveContribution } from '#contributions/contribution';
import { Cards } from '#contributions/cards';
import { randomId } from '#event-store/ids';
import { nowAt } from '#kernel/time';
import { participant, registerParticipant } from '#participants/participant';
import { People } from '#participants/people';
import { SealedFiles } from '#vault/sealed-files';
import { VaultRecords } from '#vault/vault-records';
import { cardHolder, staff } from '../browser/people.js';
import { startServer, type TestServer } from './server.js';

let server: TestServer;
let officer: Visitor;
beforeAll(async () => {
  server = await startServer();
  officer = new Visitor((await staff(server.url, 'data-protection-officer', 'essex')).cookies);
});
afterAll(() => server.close());

/** A browser without scripts: cookies, pages, forms. */
class Visitor {
  constructor(private readonly cookies: readonly string[] = []) {}

  async get(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(server.url + path, { headers: { cookie: this.cookies.join('; ') } });
    return { status: answer.status, text: await answer.text() };
  }
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<{ status: number; text: string; to: string }> {
    const answer = await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: this.cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ idempotencyKey: randomId(), ...fields }),
    });
    return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') ?? '' };
  }
} // prettier-ignore

const context = () => ({ commandId: randomId(), actor: { role: 'chair', ref: 'tests' }, now: nowAt(new Date()) });

interface Somebody {
  readonly person: string;
  readonly view: string;
  readonly canary: (store: string) => string;
}
let count = 0;
/** Somebody who left something of theirs in every store. */
const somebody = async (attribution: 'name' | 'hidden' = 'name'): Promise<Somebody> => {
  const { engine } = server;
  const [person, view, tag] = [randomId(), randomId(), String.fromCharCode(97 + count++).repeat(5)];
  const canary = (store: string): string => `Canary${tag}${store}`;
  await engine.recorder.act(participant, person, context(), (state) => registerParticipant(state, { authority: 'essex' })); // prettier-ignore
  await new People(engine.vault).put(person, { authority: 'essex', name: canary('name'), contact: canary('contact'), format: null }); // prettier-ignore
  const file = await new SealedFiles(engine.vault).put(person, `contribution-${view}`, { type: 'image/png', bytes: Buffer.from(canary('file')) }); // prettier-ignore
  const card = Cards.firstCardOf(view);
  await server.app.get(Cards, { strict: false }).register(card, view);
  await engine.recorder.act(contribution, view, context(), (state) =>
    giveContribution(state, view, {
      authority: 'essex', participant: person, words: canary('words'), channel: 'online', capacity: 'uses-services', card,
      media: [{ kind: 'photo', description: canary('picture'), file }], voice: 'helped', helper: canary('helper'), agreed: true, attribution,
    }),
  ); // prettier-ignore
  await new VaultRecords(engine.vault.database, 'draft').put(randomId(), { people: [{ id: person, note: canary('draft') }] }); // prettier-ignore
  await officer.post('/data-protection/new', { kind: 'copy', channel: 'letter', receivedOn: '2026-01-05', name: canary('asker'), contact: 'a', words: canary('letter') }); // prettier-ignore
  const open = await officer.get('/data-protection');
  const asked = [...open.text.matchAll(/requests\/([0-9a-f-]{36})/g)].map(([, id = '']) => id);
  for (const id of asked) if ((await officer.get(`/data-protection/requests/${id}`)).text.includes(canary('letter'))) await officer.post(`/data-protection/requests/${id}/match/${person}`, {}); // prettier-ignore
  await engine.caughtUp(await engine.store.head());
  return { person, view, canary };
};
const STORES = ['name', 'contact', 'words', 'picture', 'helper', 'draft', 'letter', 'asker'];
const base64 = (text: string): string => Buffer.from(text).toString('base64');

it('anyone asks, the clock runs, and only the council asked can see it', async () => {
  const anyone = new Visitor();
  expect((await anyone.get('/your-information')).status).toBe(200);
  expect((await anyone.get('/')).text).toContain('/your-information');
  const wrong = await anyone.post('/your-information', { kind: 'complaint', authority: 'essex', words: 'Kept words' });
  expect([wrong.status, wrong.text.includes('Enter your name.'), wrong.text.includes('Kept words')]).toEqual([400, true, true]); // prettier-ignore
  const sent = await anyone.post('/your-information', { kind: 'complaint', authority: 'essex', name: 'Jo Complains', contact: '01' }); // prettier-ignore
  expect([sent.status, sent.to]).toEqual([303, '/your-information/sent?kind=complaint']);
  const list = await officer.get('/data-protection');
  expect(list.text).toContain('Confirm receipt by');
  const id = /requests\/([0-9a-f-]{36})/.exec(list.text)?.[1] ?? '';
  const path = `/data-protection/requests/${id}`;
  expect((await officer.get(path)).text).toContain('Jo Complains');
  const other = new Visitor((await staff(server.url, 'data-protection-officer', 'thurrock')).cookies);
  expect([(await other.get(path)).status, (await other.post(path, { step: 'acknowledge' })).status, (await anyone.get(path)).status]).toEqual([404, 404, 401]); // prettier-ignore
  expect((await new Visitor((await staff(server.url, 'chair', 'essex')).cookies).get(path)).status).toBe(403);
  expect((await officer.post(path, { step: 'acknowledge' })).status).toBe(303);
  expect((await officer.post(path, { step: 'answer-refused' })).text).toContain('Choose why not');
  await officer.post(path, { step: 'answer-refused', ground: 'unfounded', answer: 'We told Jo why.' });
  const after = (await officer.get(path)).text;
  expect([after.includes('manifestly unfounded'), after.includes('We told Jo why.')]).toEqual([true, true]);
});

it('a copy holds all of one person, from every store, and nothing of another', async () => {
  const [a, b] = [await somebody(), await somebody()];
  const path = `/data-protection/people/${a.person}/copy`;
  const began = performance.now();
  const json = (await officer.get(`${path}.json`)).text;
  const seconds = (performance.now() - began) / 1000;
  const page = (await officer.get(path)).text;
  const own = STORES.filter((store) => json.includes(a.canary(store)) && page.includes(a.canary(store)));
  expect([own, json.includes(base64(a.canary('file')))]).toEqual([STORES, true]);
  const others = [...STORES.map(b.canary), base64(b.canary('file')), b.person, b.view].filter((each) => json.includes(each)); // prettier-ignore
  expect(others).toEqual([]);
  expect((JSON.parse(json) as { stores: { name: string }[] }).stores.map(({ name }) => name)).toEqual(server.engine.personalStores.map(({ name }) => name)); // prettier-ignore
  const other = new Visitor((await staff(server.url, 'data-protection-officer', 'thurrock')).cookies);
  for (const [who, status] of [
    [new Visitor(), 401],
    [other, 404],
  ] as const)
    expect([(await who.get(path)).status, (await who.get(`${path}.json`)).status]).toEqual([status, status]);
  // The command gives the same, beside the running server, and leaves its line.
  const root = join(import.meta.dirname, '../..');
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '--import', join(root, 'tests/faults/typescript.mjs'), join(root, 'apps/cli/src/main.ts'), 'subject-export', a.person], { encoding: 'utf8', env: { PATH: process.env['PATH'], DATA_DIR: server.engine.settings.dataDir } }); // prettier-ignore
  expect((JSON.parse(stdout) as { stores: unknown }).stores).toEqual((JSON.parse(json) as { stores: unknown }).stores);
  expect(server.engine.reads.list({ subject: a.person }).map(({ place }) => place)).toContain('subject-export');
  console.log(JSON.stringify({ figure: 'subject-copy', stores: own.length + 1, ofOthers: others.length, seconds }));
});

it('found by name or card; a restriction hides without erasing, and is taken back', async () => {
  const { person, view, canary } = await somebody();
  const found = await officer.post('/data-protection/find', { who: canary('name').toUpperCase() });
  expect(found.text).toContain(`/data-protection/people/${person}`);
  const code = server.app.get(Cards, { strict: false }).codeOf(Cards.firstCardOf(view)) ?? '';
  expect((await officer.post('/data-protection/find', { who: code })).text).toContain(person);
  const anyone = new Visitor();
  const shown = async () => [
    (await anyone.get(`/api/v1/contributions/${view}/chain`)).text.includes(canary('words')),
    (await anyone.get(`/search?q=${canary('words')}`)).text.includes(view),
  ];
  expect(await shown()).toEqual([true, true]);
  const path = `/data-protection/people/${person}`;
  expect((await officer.post(path, { act: 'restrict:objection' })).status).toBe(303);
  expect(await shown()).toEqual([false, false]);
  // Their own copy has it all the same.
  expect((await officer.get(`${path}/copy.json`)).text).toContain(canary('words'));
  // An older vault, put back, does not show it again.
  await server.engine.vault.forgetting.unrestrict([{ subject: person, stream: '' }]);
  await server.engine.restrictor.closeAgain([person], new Date().toISOString());
  expect(await shown()).toEqual([false, false]);
  expect((await officer.post(path, { act: 'lift-restriction' })).status).toBe(303);
  expect(await shown()).toEqual([true, true]);
});

it('of somebody without a record of their own it leads to everything that was said with their card', async () => {
  const [first, more, third] = [randomId(), randomId(), randomId()];
  for (const [id, addsTo] of [[first], [more, first], [third, more]] as const)
    await server.engine.recorder.act(contribution, id, context(), (state) =>
      giveContribution(state, id, {
        authority: 'essex', words: 'Keep the bus', channel: 'online', capacity: 'uses-services', voice: 'own', attribution: 'group', ...(addsTo && { addsTo }),
      }),
    ); // prettier-ignore
  await server.engine.caughtUp(await server.engine.store.head());
  for (const id of [first, more, third]) {
    const { text } = await officer.get(`/data-protection/people/${id}`);
    const led = [first, more, third].filter((each) => text.includes(`href="/data-protection/people/${each}"`));
    expect(led).toEqual([first, more, third].filter((each) => each !== id));
  }
});

it('a hold comes before an erasure, which needs to be meant, and all of it is on the list', async () => {
  const { person, canary } = await somebody();
  const path = `/data-protection/people/${person}`;
  await officer.post(path, { act: 'hold:court' });
  const refused = await officer.post(path, { act: 'erase:objection', sure: 'yes' });
  expect([refused.status, refused.text.includes('legal hold')]).toEqual([400, true]);
  const lift = /lift-hold:[0-9a-f-]{36}/.exec((await officer.get(path)).text)?.[0] ?? '';
  await officer.post(path, { act: lift });
  expect((await officer.post(path, { act: 'erase:objection' })).text).toContain('Tick the box');
  expect((await officer.post(path, { act: 'nonsense' })).status).toBe(400);
  expect((await officer.post(path, { act: 'erase:objection', sure: 'yes' })).status).toBe(303);
  const done = (await officer.get('/data-protection/done')).text;
  expect([done.includes('Erased: a person'), done.includes('Under a legal hold'), done.includes('they object')]).toEqual([true, true, true]); // prettier-ignore
  expect((await officer.get(`${path}/copy.json`)).text).not.toContain(canary('').slice(0, -1));
});

it('every page that shows what is not for everyone leaves one line for each person and kind, and no other page does', async () => {
  const { person, view, canary } = await somebody('hidden');
  const chair = new Visitor((await staff(server.url, 'chair', 'essex')).cookies);
  const { reads } = server.engine;
  const noted = async (): Promise<string[]> => {
    await reads.flush();
    return reads.list({ subject: person, limit: 1_000 }).map(({ role, kind, place }) => `${role} ${kind} ${place}`);
  };
  await noted();
  let seen = (await noted()).length;
  const paths = [`/views/${view}/team`, '/views', `/views/${view}/reply`, '/requests', '/work', '/decisions', `/api/v1/contributions/${view}/chain`, '/gaps', '/overdue', '/search?q=bus', '/teams']; // prettier-ignore
  let [showing, lines] = [0, 0];
  for (const [who, each] of [...paths.map((path) => [chair, path] as const), [officer, `/data-protection/people/${person}`] as const]) {
    const { text } = await who.get(each);
    const shows = [text.includes(canary('words')), text.includes(canary('name')) || text.includes(canary('contact'))].filter(Boolean).length; // prettier-ignore
    const now = await noted();
    const fresh = now.slice(0, now.length - seen).filter((line) => /private-words|name-and-contact/.test(line));
    seen = now.length;
    expect([each, fresh.length]).toEqual([each, shows]);
    showing += shows;
    lines += fresh.length;
  } // prettier-ignore
  expect(showing).toBeGreaterThan(3);
  // Anyone is shown nothing of it, and leaves no line; nor does their own card.
  expect((await new Visitor().get(`/api/v1/contributions/${view}/chain`)).text).not.toContain(canary('words'));
  expect((await noted()).length).toBe(seen);
  const code = server.app.get(Cards, { strict: false }).codeOf(Cards.firstCardOf(view)) ?? '';
  const own = new Visitor((await cardHolder(server.url, code)).cookies);
  expect((await own.get('/my-view/reads')).text).toContain('Words that are not shown to everyone');
  expect((await own.get('/my-view')).text).toContain(canary('words'));
  expect((await noted()).length).toBe(seen);
  expect((await officer.get('/data-protection/reads')).text).toContain('Words that are not shown to everyone');
  console.log(JSON.stringify({ figure: 'reads.one-to-one', pages: paths.length + 1, shown: showing, noted: lines }));
});

it('whoever reads for every council is listed where the person is, and nowhere else', async () => {
  const { view } = await somebody('hidden');
  const everywhere = new Visitor((await staff(server.url, 'administrator', 'norfolk')).cookies);
  await server.engine.reads.flush();
  const before = server.engine.reads.list({ authority: 'essex', limit: 1_000 }).length;
  expect((await everywhere.get(`/views/${view}/team`)).text).toContain('A view and our work on it');
  await server.engine.reads.flush();
  const [ours, theirs] = ['essex', 'norfolk'].map((authority) => server.engine.reads.list({ authority, limit: 1_000 }));
  expect(ours?.slice(0, ours.length - before).map(({ role, kind }) => `${role} ${kind}`)).toContain('administrator private-words'); // prettier-ignore
  expect(theirs).toEqual([]);
});
