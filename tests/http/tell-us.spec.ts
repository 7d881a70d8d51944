import request from 'supertest';
import { Cards } from '#contributions/cards';
import { randomId } from '#event-store/ids';
import { called, outcomes, TEAM, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const said = {
  words: 'The bus is late',
  authority: 'essex',
  capacity: 'uses-services',
  voice: 'own',
  attribution: 'group',
};

describe('a view told on the page', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer()));
  afterAll(() => server.close());
  const tell = (fields: Record<string, string>) => {
    const sent = request(server.url).post('/tell-us').redirects(0);
    for (const [name, value] of Object.entries({ ...said, ...fields })) void sent.field(name, value);
    return sent;
  };
  const views = () => server.engine.rows.all<{ id: string }>('SELECT id FROM contribution').length;
  const cookieOf = (answer: request.Response) =>
    ((answer.headers['set-cookie'] ?? []) as unknown as string[]).map((each) => each.split(';')[0] ?? '').join('; ');

  it('goes to a council that there is and to a team of it, or comes back with the words', async () => {
    const norfolk = await (
      await Client.as(server, 'chair', 'norfolk')
    ).made('/teams', { ...TEAM, authority: 'norfolk' });
    const own = await (await Client.as(server, 'chair')).made('/teams', TEAM);
    for (const wrong of [{ authority: 'nowhere' }, { team: norfolk.id }, { team: randomId() }]) {
      const { status, text } = await tell(wrong);
      expect([wrong, status, text.includes('The bus is late')]).toEqual([wrong, 400, true]);
    }
    expect(views()).toBe(0);
    expect((await tell({ team: own.id })).status).toBe(303);
  });

  it('is recorded once however often it is sent, and changed words under the same key are not lost', async () => {
    const before = views();
    const all = await Promise.all(Array.from({ length: 10 }, () => tell({ idempotencyKey: 'k' })));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([303]));
    expect(views()).toBe(before + 1);
    const changed = await tell({ idempotencyKey: 'k', words: 'The bus never comes' });
    expect([changed.status, changed.text.includes('The bus never comes')]).toEqual([400, true]);
    const fresh = /name="idempotencyKey" value="([^"]+)"/.exec(changed.text)?.[1] ?? '';
    expect((await tell({ idempotencyKey: fresh, words: 'The bus never comes' })).status).toBe(303);
    expect(views()).toBe(before + 2);
  });

  it("never makes a person's card out of a supporter's", async () => {
    const own = cookieOf(await tell({}));
    const made = await request(server.url)
      .post('/my-view/supporter')
      .set('Cookie', own)
      .type('form')
      .send({ agreed: 'yes', scope: 'act' });
    const code = /tl-code">\s*([A-Z2-9-]{14})/.exec(made.text)?.[1] ?? '';
    const supporter = cookieOf(
      await request(server.url).post('/my-view/code').type('form').send({ code }).redirects(0),
    );
    const ask = (cookie: string) =>
      request(server.url).post('/my-view/ask/lost-card').set('Cookie', cookie).type('form').send({}).redirects(0);
    expect((await ask(supporter)).status).toBe(404);
    expect((await ask(own)).status).toBe(303);
  });

  it('is printed again with the card that counts now', async () => {
    const chair = await Client.as(server, 'chair');
    const { meeting } = await called(chair);
    const made = await chair.made(`/meetings/${meeting}/outcomes`, outcomes());
    const id = (made['contributions'] as Record<string, string>)['v1'] ?? '';
    const lost = (made['codes'] as Record<string, string>)['v1'] ?? '';
    const agent = request.agent(server.url);
    await agent.post('/sign-in').type('form').send({ name: 'Sam', role: 'chair', authority: 'essex' }).expect(303);
    const sheet = async () => (await agent.get(`/meetings/${meeting}/cards`)).text;
    expect(await sheet()).toContain(lost);
    await agent
      .post(`/views/${id}/cards`)
      .type('form')
      .send({ do: 'reissue', card: Cards.firstCardOf(id) })
      .expect(303);
    expect(await sheet()).not.toContain(lost);
    expect(await sheet()).toMatch(/tl-code">\s*[A-Z2-9-]{14}/);
  });

  it('brings back what its giver typed about a promise when that cannot be saved', async () => {
    const chair = await Client.as(server, 'chair');
    const { meeting } = await called(chair);
    const made = await chair.made(`/meetings/${meeting}/outcomes`, outcomes());
    const id = (made['serviceChanges'] as Record<string, string>)['p1'] ?? '';
    const code = (made['codes'] as Record<string, string>)['v1'] ?? '';
    const agent = request.agent(server.url);
    await agent.post('/my-view/code').type('form').send({ code }).expect(303);
    const say = (more: object) => agent.post(`/my-view/verdict/${id}`).type('form').redirects(0).send(more);
    const comment = 'It is still six pages';
    const early = await say({ [`verdict-${id}`]: 'not-done', [`comment-${id}`]: comment });
    expect([early.status, early.text.includes('Nobody has said yet that this is done.')]).toEqual([400, true]);
    await chair.made(`/service-changes/${id}/reported-done`, {});
    const unsaid = await say({ [`comment-${id}`]: comment });
    expect([unsaid.status, unsaid.text.includes(comment), unsaid.text.includes('Choose what you think.')]).toEqual([
      400,
      true,
      true,
    ]);
    const long = await say({ [`verdict-${id}`]: 'partly', [`comment-${id}`]: 'x'.repeat(10_001) });
    expect([long.status, long.text.includes('x'.repeat(10_001))]).toEqual([400, true]);
    await say({ [`verdict-${id}`]: 'partly', [`comment-${id}`]: comment }).expect(303);
  });

  it('opens itself on this device by a cookie that, over https, is bound to this host', async () => {
    const https = await startServer({ BASE_URL: 'https://council.example' });
    const sent = request(https.url).post('/tell-us').redirects(0);
    for (const [name, value] of Object.entries(said)) void sent.field(name, value);
    const told = await sent;
    expect(told.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-throughline_card=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const card = await request(https.url).get('/my-view/card').set('Cookie', cookieOf(told));
    const again = await request(https.url)
      .post('/my-view/ask/lost-card')
      .set('Cookie', cookieOf(told))
      .type('form')
      .send({})
      .redirects(0);
    expect([card.status, cookieOf(again)]).toEqual([200, expect.stringMatching(/^__Host-throughline_card=/)]);
    await https.close();
  });

  it.each([
    ['its own name for this machine', { Host: 'evil.example' }],
    ['a proxy on this machine', { 'X-Forwarded-For': '203.0.113.7' }],
  ])('is no way to sign in as staff through %s', async (_, headers) => {
    const form = { name: 'Eve', role: 'administrator', authority: 'essex' };
    const signIn = () => request(server.url).post('/sign-in').type('form').redirects(0);
    expect((await signIn().set(headers).send(form)).status).toBe(404);
    expect((await signIn().send(form)).status).toBe(303);
  });

  // The last one: after it this machine has to wait.
  it('opens for everyone in a room: right codes are not counted as guesses, wrong ones are', async () => {
    const { code } = await (await Client.as(server, 'chair')).made('/contributions', view());
    const type = async (typed: unknown) =>
      (await request(server.url).post('/my-view/code').type('form').redirects(0).send({ code: typed })).status;
    for (let each = 0; each < 15; each++) expect(await type(code)).toBe(303);
    const wrong = [];
    for (let each = 0; each < 11; each++) wrong.push(await type('AAAA-AAAA-AAAA'));
    expect(wrong).toEqual([...Array<number>(10).fill(404), 429]);
  });
});
