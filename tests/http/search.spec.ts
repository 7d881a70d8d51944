import { rebuild } from '#projections/rebuild';
import { searchProjection } from '#search/search.projection';
import { join } from 'node:path';
import { decision, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Found {
  items: { id: string; kind: string; title: { text: string; hit: boolean }[] }[];
  next: string | null;
  words: string[];
  some: boolean;
}

describe('GET /api/v1/search', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const find = async (q: string, more = '') =>
    (await anyone.get(`/search?q=${encodeURIComponent(q)}${more}`)).body as unknown as Found;
  const page = async (q: string) => (await fetch(`${server.url}/search?q=${encodeURIComponent(q)}`)).text();
  const ids = async (q: string, more?: string) => (await find(q, more)).items.map(({ id }) => id);

  it('finds a view as soon as it is recorded, and no longer when it is taken back', async () => {
    const { id } = await chair.made('/contributions', view('The hoist in the <b>pool</b> is broken'));
    expect(await ids('hoists')).toEqual([id]);
    const html = await page('pool');
    expect(html).toContain('&lt;b&gt;<mark>pool</mark>&lt;/b&gt;');
    expect(html).toContain(`/views/${id}`);
    await chair.made(`/contributions/${id}/withdrawal`, {});
    expect(await ids('hoist')).toEqual([]);
    expect(await page('hoist')).toContain('Nothing was found');
  });

  it('never finds what is not public', async () => {
    const { id } = await chair.made('/contributions', { ...view('A quokka in the hall'), attribution: 'hidden' });
    expect(await ids('quokka')).toEqual([]);
    await chair.made(`/contributions/${id}/attribution`, { attribution: 'group' });
    expect(await ids('quokka')).toEqual([id]);
    await chair.made(`/contributions/${id}/attribution`, { attribution: 'hidden' });
    expect(await ids('quokka')).toEqual([]);
  });

  it('filters by council and kind, and pages', async () => {
    const made = await Promise.all([1, 2, 3].map((n) => chair.made('/contributions', view(`Ramp number ${n}`))));
    await chair.made('/decisions', decision({ statement: 'A new ramp' }));
    expect((await ids('ramp', '&kind=view&authority=essex')).sort()).toEqual(made.map(({ id }) => id).sort());
    expect(await ids('ramp', '&authority=norfolk')).toEqual([]);
    const first = await find('ramp', '&limit=3');
    expect([first.items.length, (await ids('ramp', `&limit=3&after=${first.next ?? ''}`)).length]).toEqual([3, 1]);
  });

  it.each(['"', 'a OR', 'NEAR(', '*', '🚌', "x'); DROP TABLE", '\u202E'])('answers %j', async (typed) => {
    expect((await anyone.get(`/search?q=${encodeURIComponent(typed)}`)).status).toBe(200);
    expect((await fetch(`${server.url}/search?q=${encodeURIComponent(typed)}&authority=&kind=`)).status).toBe(200);
  });

  it('says what to do where nothing was typed, and refuses what is too long', async () => {
    expect(await (await fetch(`${server.url}/search`)).text()).toContain('Type a word to look for');
    expect((await anyone.get(`/search?q=${'x'.repeat(201)}`)).status).toBe(400);
  });

  it('is the same when it is thrown away and built again', async () => {
    const before = [await find('ramp'), await find('quokka')];
    const { store, codec, searchRows: live, opener, searchRunner: runner, settings } = server.engine;
    const beside = join(settings.dataDir, 'beside.db');
    await rebuild({ store, codec, live, opener, runner }, searchProjection, beside);
    expect([await find('ramp'), await find('quokka')]).toEqual(before);
  });
});
