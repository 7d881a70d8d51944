import { decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Item {
  kind: string;
  id: string | null;
  late: boolean;
  thing: string;
}

describe('GET /api/v1/gaps', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const items = async (client: Client, query = '') => (await client.get(`/gaps${query}`)).body['items'] as Item[];
  const page = async (path: string) => {
    const answer = await fetch(server.url + path);
    return { status: answer.status, text: await answer.text() };
  };

  it('begins without gaps, and with nothing to count, which is not zero', async () => {
    expect((await anyone.get('/gaps')).body).toEqual({ items: [], next: null });
    const { items: measured } = (await anyone.get('/gaps/completeness')).body;
    expect(measured).toContainEqual({ measure: 'view-decided', have: null, of: null, notRecorded: 0 });
    expect((await page('/gaps')).text).toContain('Nothing to count yet');
  });

  it('shows a gap to everyone as soon as it is there, and no longer when it is closed', async () => {
    const { id } = await chair.made('/contributions', view('The bus stops at six'));
    expect(await items(anyone, '?kind=no-discussion')).toMatchObject([{ id, thing: 'view', late: false }]);
    expect((await page('/gaps')).text).toContain('The bus stops at six');
    const made = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    expect((await items(anyone)).map(({ kind }) => kind)).toEqual(['no-reply', 'no-promise']);
    await chair.made('/service-changes', promise({ decision: made.id }));
    const reply = { channel: 'letter', format: 'plain', givenAt: new Date().toISOString(), by: 'chair', about: made.id };
    await chair.made(`/contributions/${id}/replies`, reply);
    expect(await items(anyone)).toEqual([]);
    const { items: measured } = (await anyone.get('/gaps/completeness?authority=essex')).body;
    expect(measured).toContainEqual({ measure: 'view-replied', have: 1, of: 1, notRecorded: 0 });
    expect((await page('/gaps')).text).toContain('1 of 1');
  }); // prettier-ignore

  it('counts a view that is not shown, and lets nobody else find it', async () => {
    const { id } = await chair.made('/contributions', { ...view('A secret worry'), attribution: 'hidden' });
    expect(await items(anyone, '?kind=no-discussion')).toMatchObject([{ kind: 'no-discussion', id: null }]);
    const norfolk = await Client.as(server, 'chair', 'norfolk');
    expect(await items(norfolk, '?kind=no-discussion')).toMatchObject([{ id: null }]);
    expect(await items(chair, '?kind=no-discussion')).toMatchObject([{ id }]);
    const { text } = await page('/gaps');
    expect(text).toContain('A view that is not shown');
    expect(text).not.toContain('secret');
    expect(text).not.toContain(id);
  });

  it('shows how long words begin, and never half a word', async () => {
    await chair.made('/contributions', view(`Longest ${'hoist '.repeat(200)}end`));
    const { text } = await page('/gaps');
    expect(text).toMatch(/Longest (hoist )+…/);
    expect(text).not.toContain('hoist '.repeat(40));
  });

  it('pages and filters by the address, and refuses what it does not know', async () => {
    for (let n = 0; n < 5; n++) await chair.made('/contributions', view(`View ${n}`));
    const first = (await anyone.get('/gaps?limit=2&authority=essex')).body as unknown as {
      items: Item[];
      next: string;
    };
    const second = await items(anyone, `?limit=2&authority=essex&after=${first.next}`);
    expect(first.items.length + second.length).toBe(4);
    expect(new Set([...first.items, ...second].map(({ id }) => id)).size).toBe(4);
    expect(await items(anyone, '?authority=norfolk')).toEqual([]);
    expect((await page('/gaps?authority=&kind=no-discussion')).status).toBe(200);
    expect((await anyone.get('/gaps?colour=red')).status).toBe(400);
    expect((await page(`/gaps?after=${first.next}`)).text).toContain('Back to the start');
  });
});
