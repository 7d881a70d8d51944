import { Client } from './client.js';
import { view } from './bodies.js';
import { startServer, type TestServer } from './server.js';

describe('the clock for the answer to a view', () => {
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());
  const page = async (path: string) => (await server.app.inject({ url: path, headers: { accept: 'text/html' } })).body;

  it('stops with a reason, says so to everyone without our words, and runs again', async () => {
    const { id } = await chair.made('/contributions', view());
    await chair.made(`/contributions/${id}/clock`, { reason: 'asked-the-person', words: 'Which bus was it?' });
    const stopped = await page(`/views/${id}`);
    expect(stopped).toMatch(/The clock stands still since [^:]+: we asked the person a question\./);
    expect(stopped).not.toContain('Which bus');
    expect(JSON.stringify((await Client.anyone(server).get(`/contributions/${id}/chain`)).body)).not.toContain('Which bus');
    const again = await chair.post(`/contributions/${id}/clock`, { reason: 'other', words: 'Which bus was it?' });
    expect([again.status, JSON.stringify(again.body)]).toEqual([422, expect.stringContaining('stopped')]);
    await chair.made(`/contributions/${id}/clock`, {});
    expect(await page(`/views/${id}`)).toContain('The clock stopped for 0 working days: we asked the person a question.');
    expect((await chair.post(`/contributions/${id}/clock`, {})).status).toBe(422);
  }); // prettier-ignore

  it('is nobody else’s to stop', async () => {
    const { id } = await chair.made('/contributions', view());
    const other = await Client.as(server, 'chair', 'luton');
    expect((await other.post(`/contributions/${id}/clock`, { reason: 'other', words: 'x' })).status).toBe(404);
    expect((await Client.anyone(server).post(`/contributions/${id}/clock`, { reason: 'other' })).status).toBe(401);
    const unsaid = await chair.post(`/contributions/${id}/clock`, { reason: 'other' });
    expect([unsaid.status < 500, JSON.stringify(unsaid.body)]).toEqual([true, expect.stringContaining('/words')]);
  });
});
