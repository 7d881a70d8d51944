import { pledge, publishVersion } from '#pledge/pledge';
import { pledgeId } from '#pledge/pledge-id';
import type { PledgeVersion } from '#pledge/pledge.events';
import { Pledges } from '#pledge/pledges';
import { randomId } from '#event-store/ids';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

/** As a file of another region says it: nothing in the code knows it. */
const north: PledgeVersion = {
  pledge: 'north', version: '1', title: 'A pledge of the north', language: 'en-GB', authors: ['People of the north'],
  source: 'A test', authorities: ['essex'], opening: [], claims: [], promises: [{ code: 'N1', text: 'We listen', parts: [{ code: 'N1a', text: 'To everyone' }] }],
  steps: [], statementsLead: 'People say', groups: [],
}; // prettier-ignore

describe('the pledge over HTTP', () => {
  let server: TestServer;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const page = async (path: string) => (await fetch(server.url + path)).text();
  const publish = async (version: PledgeVersion) => {
    const { recorder, clock } = server.engine;
    const context = { commandId: randomId(), actor: { role: 'administrator', ref: 'test' }, now: clock.now() };
    const done = await recorder.act(pledge, pledgeId(version.pledge), context, (state) => publishVersion(state, version));
    await server.engine.caughtUp(done.position);
  }; // prettier-ignore

  it('is there on a fresh record, whole, for everyone', async () => {
    const { body } = await anyone.get('/pledge');
    expect(body).toMatchObject({
      pledge: 'east-of-england',
      version: '1',
      counts: { claims: 5, parts: 9, steps: 5, statementPositions: 20, statementTexts: 19 },
      versions: ['1'],
      pledges: ['east-of-england'],
      validFrom: null,
    });
    const html = await page('/pledge');
    for (const words of ['We will build our capacity for co-production', 'id="P2c"', 'id="I1b"', 'id="S20"', 'id="O5"'])
      expect(html).toContain(words);
    expect(html).toMatch(/id="S12"[\s\S]{0,200}The same words as <a[^>]*href="#S8"/);
  });

  it('is not there under another name', async () => {
    expect((await anyone.get('/pledge?pledge=nowhere')).status).toBe(404);
    expect((await anyone.get('/pledge?version=9')).status).toBe(404);
    expect((await anyone.get('/pledge?pledge=%3Cscript')).status).toBe(400);
  });

  it('of another region is loaded without code and shown beside the first, which stays the first', async () => {
    await publish(north);
    expect((await anyone.get('/pledge')).body).toMatchObject({ pledge: 'east-of-england', pledges: ['east-of-england', 'north'] }); // prettier-ignore
    expect((await anyone.get('/pledge?pledge=north')).body).toMatchObject({ counts: { parts: 1, steps: 0 } });
    expect(await page('/pledge')).toContain('A pledge of the north');
    expect(await page('/pledge?pledge=north')).toContain('To everyone');
    // Essex made both; the one that was there first is meant where none is named.
    const pledges = server.app.get(Pledges, { strict: false });
    expect(pledges.of('essex')?.pledge).toBe('east-of-england');
    expect(pledges.of('nobody-made-one')?.pledge).toBe('east-of-england');
  });
});
