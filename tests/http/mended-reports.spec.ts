import { nowAt } from '#kernel/time';
import { HALF, SAID } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

describe('a report of which something was recorded by mistake', () => {
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(new Date('2027-01-15T10:00:00Z')) });
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());

  const entryOf = async (id: string, type: string): Promise<string> => {
    let last = '';
    for await (const each of server.engine.store.readAll({}))
      if (each.stream === `report-${id}` && each.type.startsWith(type)) last = each.id;
    return last;
  };
  const takeBack = async (id: string, type: string, more: object = {}) =>
    chair.post(`/facts/report/${id}/entries/${await entryOf(id, type)}/mended`, { why: 'A slip', ...more });
  const report = async (id: string) => (await Client.anyone(server).get(`/reports/${id}`)).body;
  const stalled = () => server.engine.runner.status().flatMap(({ stalled: why }) => why ?? []);

  it('keeps what was published when its day is put right, and no read model stops', async () => {
    const { id } = await chair.made('/reports', { authority: 'essex', ...HALF });
    await chair.made(`/reports/${id}/publish`, SAID);
    const rows = (await report(id))['rows'];
    expect((await takeBack(id, 'report-due-set', { instead: { ...HALF, due: '2027-03-31' } })).status).toBe(201);
    expect(stalled()).toEqual([]);
    expect(await report(id)).toMatchObject({ due: '2027-03-31', punctuality: 'on-time', rows });
  });

  it('is not published any more when that is taken back, and can be published again', async () => {
    const { id } = await chair.made('/reports', { authority: 'essex', ...HALF });
    await chair.made(`/reports/${id}/publish`, SAID);
    expect((await takeBack(id, 'report-published')).status).toBe(201);
    expect(await report(id)).toMatchObject({ punctuality: 'due', rows: [] });
    await chair.made(`/reports/${id}/publish`, SAID);
    expect(stalled()).toEqual([]);
    expect((await report(id))['rows']).not.toEqual([]);
  });

  it('is listed no more when it is taken back whole', async () => {
    const { id } = await chair.made('/reports', { authority: 'essex', ...HALF });
    expect((await takeBack(id, 'report-due-set')).status).toBe(201);
    expect((await Client.anyone(server).get(`/reports/${id}`)).status).toBe(404);
    expect(JSON.stringify((await Client.anyone(server).get('/reports?limit=100')).body)).not.toContain(id);
  });
});
