import { Authorities } from '#authorities/authorities';
import { loadCouncils } from '#authorities/load-councils';
import { randomId } from '#event-store/ids';
import { staff } from '../browser/people.js';
import { decision, promise, TEAM, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const today = new Date().toISOString().slice(0, 10);
const COUNCILS = ['north-essex', 'mid-essex', 'south-essex'].map((authority, n) => ({ authority, name: authority.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`), gss: `E0600090${n}`, validFrom: '2026-04-01' })); // prettier-ignore

describe('councils that merge or split, on the site', () => {
  let server: TestServer;
  let lead: Client;
  let cookies: Record<string, string>;
  const ids: Record<'team' | 'view' | 'commitment' | 'change', string> = {
    team: '',
    view: '',
    commitment: '',
    change: '',
  };
  const order = {
    from: 'essex',
    to: ['north-essex', 'mid-essex'],
    on: today,
    reason: 'The Essex Order',
    otherwise: 'mid-essex',
  };

  beforeAll(async () => {
    server = await startServer();
    const { recorder, rows, clock } = server.engine;
    await loadCouncils(recorder, new Authorities(rows, clock), COUNCILS, {
      commandId: randomId(),
      actor: { role: 'administrator', ref: 'test' },
      now: clock.now(),
    });
    await server.engine.caughtUp(await server.engine.store.head());
    lead = await Client.as(server, 'pledge-lead');
    ids.team = (await lead.made('/teams', TEAM)).id;
    ids.view = (await lead.made('/contributions', { ...view(), team: ids.team })).id;
    ids.commitment = (await lead.made('/commitments', { ...promise(), pledgePart: 'P1a' })).id;
    const { id } = await lead.made('/decisions', {
      ...decision(),
      team: ids.team,
      answers: [{ contribution: ids.view, effect: 'changed' }],
    });
    ids.change = (await lead.made('/service-changes', { ...promise(), decision: id, team: ids.team })).id;
    cookies = {
      everywhere: (await staff(server.url, 'administrator', 'essex')).cookies.join('; '),
      chair: (await staff(server.url, 'chair', 'essex')).cookies.join('; '),
    };
  }, 60_000);
  afterAll(() => server.close()); // prettier-ignore

  const get = async (path: string, who = '') => {
    const answer = await fetch(server.url + path, { headers: { cookie: who } });
    return { status: answer.status, text: (await answer.text()).replace(/\s+/g, ' ') };
  };
  const post = async (path: string, fields: Readonly<Record<string, string | readonly string[]>>, who: string) => {
    const body = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each]))); // prettier-ignore
    const answer = await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: who },
      body,
    });
    return { status: answer.status, text: (await answer.text()).replace(/\s+/g, ' ') };
  };
  const head = () => server.engine.store.head();

  it('are for whoever runs the record for all councils, and for nobody else', async () => {
    expect((await get('/councils/change', cookies['everywhere'])).status).toBe(200);
    expect((await get('/councils/change', cookies['chair'])).status).toBe(403);
    expect((await get('/councils/change')).status).toBe(401);
    expect((await get('/councils')).text).toContain('North Essex');
    const own = await Client.as(server, 'administrator');
    expect((await own.get('/pledge-log')).status).toBe(200);
  });

  it.each<[string, object, string]>([
    ['nothing ticked', { from: [], to: [] }, 'Say which council ends.'],
    ['no date', { on: '' }, 'Give the first day of the new council'],
    ['a day before the new council', { on: '2026-03-01' }, 'north-essex begins on 2026-04-01'],
    ['its own successor', { to: 'essex' }, 'essex would come after itself'],
    ['no council for the rest', { otherwise: '' }, 'Say which of the new councils has what no rule names'],
    ['a line that is no line', { single: 'CM-1' }, 'Write a number, a space and one of the new councils: CM-1'],
    ['a promise that is not there', { single: 'CM-1999-0001 north-essex' }, 'CM-1999-0001 is no open thing of essex.'],
    ['no reason', { reason: '' }, 'Say why: the order or the law behind it.'],
  ])('come back with what was typed and what is wrong: %s', async (_, more, says) => {
    const before = await head();
    for (const path of ['/councils/change/check', '/councils/change']) {
      const { status, text } = await post(path, { ...order, ...more }, cookies['everywhere'] ?? '');
      expect([status, text.includes(says), text.includes('There is a problem')]).toEqual([400, true, true]);
    }
    expect(await head()).toBe(before);
  });

  it('show who will have what before anything is recorded', async () => {
    const before = await head();
    const rules = { team: ids.team, home: 'north-essex', single: `${ids.commitment} north-essex` };
    const { text } = await post('/councils/change/check', { ...order, ...rules }, cookies['everywhere'] ?? '');
    for (const line of ['North Essex: 1 team', 'North Essex: 1 promise under the pledge', 'North Essex: 1 promise to people', 'North Essex: 1 view that waits', 'dates that run'])
      expect(text).toContain(line); // prettier-ignore
    expect(text).toContain('It goes with its team');
    expect(await head()).toBe(before);
  });

  it('pass everything on, once, with the same addresses', async () => {
    const rules = { team: ids.team, home: 'north-essex', idempotencyKey: randomId() };
    expect((await post('/councils/change', { ...order, ...rules }, cookies['everywhere'] ?? '')).status).toBe(303);
    await server.engine.caughtUp(await head());
    const after = await head();
    expect((await post('/councils/change', { ...order, ...rules }, cookies['everywhere'] ?? '')).status).toBe(303);
    expect(await head()).toBe(after);
    const page = await get(`/commitments/${ids.commitment}`);
    expect(page.text).toContain('A new council has this promise. It is Mid Essex. It has had it since');
    expect(page.text).toContain('Essex made it.');
    expect((await get(`/service-changes/${ids.change}`)).text).toContain('A new council has this promise. It is North Essex.'); // prettier-ignore
    expect((await get('/councils')).text).toContain('Mid Essex has 1 promise under the pledge');
  });

  it('are found under either name', async () => {
    const anyone = Client.anyone(server);
    const found = async (path: string) =>
      ((await anyone.get(path)).body['items'] as { id: string }[]).map(({ id }) => id);
    for (const council of ['essex', 'mid-essex']) expect(await found(`/pledge-log?authority=${council}`)).toEqual([ids.commitment]); // prettier-ignore
    for (const council of ['essex', 'north-essex']) expect((await get(`/service-changes?authority=${council}`)).text).toContain(ids.change); // prettier-ignore
    expect(await found('/pledge-log?authority=north-essex')).toEqual([]);
  });

  it('give nobody of the old council a right in the new one; the new one goes on', async () => {
    const before = await head();
    const progress = { words: 'Six people came' };
    expect((await lead.post(`/commitments/${ids.commitment}/progress`, progress)).status).toBe(403);
    expect((await lead.post('/contributions', view())).status).toBe(403);
    expect((await lead.get(`/commitments/${ids.commitment}`)).status).toBe(200);
    const chair = await post(`/commitments/${ids.commitment}/progress`, progress, cookies['chair'] ?? '');
    expect([chair.status, chair.text.includes('Your council is no more. Ask for a role at Mid Essex or North Essex.')]).toEqual([403, true]); // prettier-ignore
    const other = await Client.as(server, 'pledge-lead', 'north-essex');
    expect((await other.post(`/commitments/${ids.commitment}/progress`, progress)).status).toBe(404);
    expect(await head()).toBe(before);
    const mine = await Client.as(server, 'pledge-lead', 'mid-essex');
    expect((await mine.get(`/commitments/${ids.commitment}`)).body).toMatchObject({ state: 'transferred', authority: 'mid-essex' }); // prettier-ignore
    await mine.made(`/commitments/${ids.commitment}/progress`, progress);
    expect((await mine.get(`/commitments/${ids.commitment}`)).body['state']).toBe('under-way');
    // What the team decided in the name of the old council is the new one's past: its view can still be answered.
    await other.made(`/contributions/${ids.view}/replies`, { channel: 'letter', format: 'letter', givenAt: new Date().toISOString(), by: 'Jo Field' }); // prettier-ignore
  });

  it('take no more in the name of a council that ended', async () => {
    const everywhere = await Client.everywhere(server);
    expect((await everywhere.post('/teams', TEAM)).problems).toEqual(['council-ended /authority']);
    expect((await get('/tell-us')).text).not.toContain('value="essex"');
    expect((await get('/tell-us')).text).toContain('value="mid-essex"');
    const told = await post('/tell-us', { authority: 'essex', words: 'Keep the bus', capacity: 'other', voice: 'own', attribution: 'group' }, ''); // prettier-ignore
    expect([told.status, told.text.includes('Choose your council.')]).toEqual([400, true]);
  });
});
