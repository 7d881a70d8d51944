import { nowAt } from '#kernel/time';
import { encoded, Visitor } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

const MINUTES = 60_000;
const LIMIT = 600;
const SAID = { authority: 'essex', capacity: 'uses-services', voice: 'own', attribution: 'group' };

describe('more forms than anybody sends by hand', () => {
  let server: TestServer;
  /** Milliseconds that this server's clock is ahead. */
  let ahead = 0;
  beforeAll(async () => {
    server = await startServer({ WRITE_LIMIT: String(LIMIT) }, undefined, { now: () => nowAt(new Date(Date.now() + ahead)) }); // prettier-ignore
  });
  afterAll(() => server.close());

  const floodOf = async (send: () => Promise<number>): Promise<number> => {
    let through = 0;
    while ((await send()) !== 429 && through < 2 * LIMIT) through++;
    return through;
  };

  const leave = async () => (await fetch(`${server.url}/my-view/leave`, { method: 'POST', redirect: 'manual' })).status;

  it('are stopped; what was typed comes back whole and counts when it is sent again later', async () => {
    const giver = new Visitor(server.url, []);
    const typed = { ...SAID, words: 'The ramp is too steep for me', idempotencyKey: 'once' };
    const through = await floodOf(leave);
    process.stdout.write(`forms: ${through} let through, limit ${LIMIT}\n`);
    expect(through).toBeGreaterThan(LIMIT - 20);
    expect(through).toBeLessThanOrEqual(LIMIT);
    const refused = await giver.send('/tell-us', encoded(typed));
    expect(refused.status).toBe(429);
    expect(refused.html).toContain('Please wait a few minutes, then send it again');
    expect(refused.html).toContain('The ramp is too steep for me');
    // Reading goes on.
    expect((await giver.get('/tell-us')).status).toBe(200);
    ahead += 11 * MINUTES;
    const again = Object.fromEntries((formsIn(refused.html)[0]?.fields ?? []).map(({ name, value }) => [name, value]));
    expect((await giver.send('/tell-us', encoded(again))).status).toBe(303);
  }, 60_000);

  it('with a file come back too: the words stay, the file is chosen again', async () => {
    await floodOf(leave);
    const body = new FormData();
    for (const [name, value] of Object.entries(SAID)) body.set(name, value);
    body.set('words', 'Look at this kerb');
    body.set('file', new Blob([Buffer.from('GIF89a'), Buffer.alloc(40)]), 'kerb.gif');
    const answer = await fetch(`${server.url}/tell-us`, { method: 'POST', body, headers: { origin: server.url } }); // prettier-ignore
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await answer.text()).toContain('Look at this kerb');
    ahead += 11 * MINUTES;
  }, 60_000);

  it('of a program are told so in its own words, with when to try again', async () => {
    const headers = { authorization: `Bearer ${await server.token('chair', 'essex')}`, 'content-type': 'application/json' }; // prettier-ignore
    const send = () => fetch(`${server.url}/api/v1/teams`, { method: 'POST', headers, body: '{}' });
    await floodOf(async () => (await send()).status);
    const answer = await send();
    expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('content-type')]).toEqual([429, '60', 'application/problem+json; charset=utf-8']); // prettier-ignore
    expect(await answer.json()).toMatchObject({ status: 429, title: 'Too many tries' });
    // Another program is not stopped by it.
    const other = { ...headers, authorization: `Bearer ${await server.token('chair', 'essex')}` };
    expect((await fetch(`${server.url}/api/v1/teams`, { method: 'POST', headers: other, body: '{}' })).status).toBe(400); // prettier-ignore
  }, 60_000);
});
