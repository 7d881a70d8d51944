import request from 'supertest';
import { promise } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const [GIVEN, FIXED, OTHER, EARLIER] = ['xylophagous', 'quixotical', 'marmaladed', 'zephyrean'];
const VIEW = { authority: 'essex', words: `Mrs Jones is ${GIVEN}`, channel: 'meeting', capacity: 'other', voice: 'own', attribution: 'group' }; // prettier-ignore

describe('words that must not be read by everyone', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  let view: string;
  let decision: string;
  let publicPlaces: readonly string[];

  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
    const { id: team } = await chair.made('/teams', { authority: 'essex', name: 'Day team', stage: 'plan' });
    const { id: meeting } = await chair.made('/meetings', { authority: 'essex', team, title: 'Autumn', startsAt: '2026-11-20T10:00:00Z' }); // prettier-ignore
    const outcomes = await chair.made(`/meetings/${meeting}/outcomes`, {
      attendance: [{ capacity: 'other', count: 3 }],
      discussions: [{
        title: 'Staff',
        contributions: [{ ref: 'v', words: VIEW.words, capacity: 'other', voice: 'own', attribution: 'group' }],
        decisions: [{ ref: 'd', answer: 'no', statement: 'No change', reason: { codes: ['money'], words: 'It costs too much' }, noLookAgain: true, alternatives: [], interests: [], decidedBy: [{ role: 'chair', capacity: 'staff' }], answers: [{ contribution: 'v', effect: 'heard' }] }],
        serviceChanges: [],
      }],
    }); // prettier-ignore
    view = (outcomes['contributions'] as Record<string, string>)['v'] ?? '';
    decision = (outcomes['decisions'] as Record<string, string>)['d'] ?? '';
    const { id: commitment } = await chair.made('/commitments', {
      ...promise(),
      pledge: 'east-of-england',
      pledgePart: 'P1a',
    });
    await chair.made(`/commitments/${commitment}/links`, { to: 'contribution', id: view, why: 'They asked for it' });
    publicPlaces = [
      '/asked-said-did', '/api/v1/asked-said-did', '/scrutiny', '/scrutiny/promises.csv', '/scrutiny/promises.json', '/scrutiny/promises.prov.json', `/commitments/${commitment}`,
      `/views/${view}`, `/decisions/${decision}`, `/meetings/${meeting}`, `/api/v1/contributions/${view}/chain`, `/api/v1/decisions/${decision}/chain`,
      `/search?q=${GIVEN}+${OTHER}`, ...[GIVEN, FIXED, OTHER, EARLIER].map((word) => `/api/v1/search?q=${word}`), '/gaps', '/api/v1/gaps', '/overdue', '/api/v1/overdue',
      '/api/v1/events', '/decisions.atom', `/teams/${team}`, '/redactions', '/api/v1/redactions', '/statements/S1', '/pledge/P2a',
    ]; // prettier-ignore
  });
  afterAll(() => server.close());

  /** Where anyone reads a word; an address that is not there would hide a leak, so each must answer. */
  const read = async (word: string): Promise<string[]> => {
    const found: string[] = [];
    for (const path of publicPlaces) {
      const { text, status } = await request(server.url).get(path);
      // What was searched for stands in the search box, and in the answer of the API.
      const said = text.replaceAll(/(?:value|href)="[^"]*"/g, '').replaceAll(/"words":\["[^\]]*\]/g, '');
      if (status === 200 && said.includes(word)) found.push(path);
    }
    return found;
  };
  const own = async (word: string) =>
    JSON.stringify((await Client.card(server, view).get(`/contributions/${view}/chain`)).body).includes(word);

  it('are read in public until the team writes others, and nowhere from then on', async () => {
    expect((await read(GIVEN)).length).toBeGreaterThan(3);
    await chair.made(`/contributions/${view}/public-version`, { words: `She is ${EARLIER}`, reason: 'names-someone' });
    await chair.made(`/contributions/${view}/public-version`, { words: `Somebody is ${OTHER}`, reason: 'names-someone' }); // prettier-ignore
    expect({ given: await read(GIVEN), earlier: await read(EARLIER) }).toEqual({ given: [], earlier: [] });
    expect(await read(OTHER)).toEqual(expect.arrayContaining([`/views/${view}`, `/api/v1/search?q=${OTHER}`]));
    expect([await own(GIVEN), await own(OTHER)]).toEqual([true, true]);
  });

  it('stay unread when our notes are fixed, until somebody wrote the public words anew', async () => {
    await chair.made(`/contributions/${view}/corrections`, { words: `Mrs Jones is ${FIXED}` });
    expect({ fixed: await read(FIXED), other: await read(OTHER) }).toEqual({ fixed: [], other: [] });
    expect((await chair.post(`/contributions/${view}/release`, {})).problems).toEqual(['version-outdated']);
    await chair.made(`/contributions/${view}/public-version`, { words: `They are ${OTHER}`, reason: 'names-someone' });
    expect({ fixed: await read(FIXED), given: await read(GIVEN) }).toEqual({ fixed: [], given: [] });
    expect((await read(OTHER)).length).toBeGreaterThan(1);
  });

  it('can be held back whole, with a reason that everyone reads, and shown again', async () => {
    await chair.made(`/contributions/${view}/hold-back`, { reason: 'could-harm', explanation: 'A court asked us' });
    expect(await read(OTHER)).toEqual([]);
    const page = await request(server.url).get(`/views/${view}`);
    expect(page.text).toContain('The words could put someone in danger.');
    expect(page.text).toContain('A court asked us');
    // What we say in place of the words is ours, and no quotation.
    expect(page.text).not.toContain('<blockquote');
    await chair.made(`/contributions/${view}/release`, {});
    expect((await read(OTHER)).length).toBeGreaterThan(1);
  });

  it('stand in the ledger: that, when, by which role and why, newest first; never what', async () => {
    const { items } = (await anyone.get('/redactions')).body as unknown as { items: Record<string, unknown>[] };
    expect(items.map(({ kind, reason, by }) => [kind, reason, by])).toEqual([
      ['shown-again', null, 'chair'],
      ['not-shown', 'could-harm', 'chair'],
      ['other-words', 'names-someone', 'chair'],
      ['not-shown', 'fix-not-read-yet', 'chair'],
      ['other-words', 'names-someone', 'chair'],
      ['other-words', 'names-someone', 'chair'],
    ]);
    expect((await anyone.get('/redactions?authority=norfolk')).body['items']).toEqual([]);
  });

  it('are not changed by another council, by a card or by anyone, and a wrong body says what is wrong', async () => {
    const body = { words: 'x', reason: 'names-someone' };
    const path = `/contributions/${view}/public-version`;
    const foreign = await Client.as(server, 'chair', 'norfolk');
    expect((await foreign.post(path, body)).status).toBe(404);
    expect((await anyone.post(path, body)).status).toBe(401);
    expect((await Client.card(server, view).post(path, body)).status).toBe(401);
    expect((await chair.post(path, { words: '', reason: 'because' })).problems).toEqual(
      expect.arrayContaining([expect.stringContaining('/words'), expect.stringContaining('/reason')]),
    );
  });
});
