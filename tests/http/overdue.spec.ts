import { day, promise } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

describe('what is late', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startServer()));
  afterAll(() => server.close());

  it('is listed for everyone once its day has gone by, oldest first, page by page, and not before', async () => {
    const lead = await Client.as(server, 'pledge-lead');
    const anyone = Client.anyone(server);
    const made = (due: string) => lead.made('/commitments', promise({ what: 'Ten people are trained', pledgePart: 'P1a', due }));
    const soon = await made(day(1));
    const late = [await made(day(2)), await made(day(3))];
    const items = async (query = '') => (await anyone.get(`/overdue${query}`)).body as unknown as { items: { id: string; due: string }[]; next: string | null };
    expect((await items()).items).toEqual([]);
    // The day that went by comes with a move of the read model, as nobody may promise for yesterday.
    const rows = server.engine.rows;
    rows.run('UPDATE clock SET due = ? WHERE id = ?', '2026-01-05', late[1]?.id ?? '');
    rows.run('UPDATE clock SET due = ? WHERE id = ?', '2026-01-06', late[0]?.id ?? '');
    const first = await items('?limit=1');
    expect(first.items).toMatchObject([{ id: late[1]?.id, kind: 'commitment', due: '2026-01-05', reminders: 0, reasonsAskedFor: false }]);
    const second = await items(`?limit=1&after=${String(first.next)}`);
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[late[0]?.id], null]);
    expect((await items('?kind=view')).items).toEqual([]);
    expect((await items('?authority=luton')).items).toEqual([]);
    expect(JSON.stringify(await items())).not.toContain(soon.id);
    const page = async (path: string) => (await server.app.inject({ url: path, headers: { accept: 'text/html' } })).body;
    const text = await page('/overdue');
    expect(text).toContain('No reminder was sent yet.');
    expect(text.indexOf(late[1]?.id ?? '?')).toBeLessThan(text.indexOf(late[0]?.id ?? '?'));
    expect(await page('/overdue?kind=view')).toContain('Nothing is late here.');
  }); // prettier-ignore
});
