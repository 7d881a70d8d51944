import { decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';
import { PLEDGE_ROWS } from '#evidence/pledge-rows';

interface Shown {
  measure: string;
  numerator: number | null;
  denominator: number | null;
  notKnown: number | null;
}

describe('the evidence of a line of the pledge', () => {
  let server: TestServer;
  let chair: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const page = async (path: string) => {
    const answer = await fetch(server.url + path);
    return { status: answer.status, text: await answer.text() };
  };
  const figure = async (line: string, measure: string, query = '') =>
    ((await anyone.get(`/evidence/${line}${query}`)).body['recordShows'] as Shown[]).find(
      (each) => each.measure === measure,
    );

  it('has a page for every line, and says of each that nothing is recorded, which is not zero', async () => {
    expect(Object.keys(PLEDGE_ROWS)).toHaveLength(9 + 5 + 20 + 5);
    for (const code of Object.keys(PLEDGE_ROWS)) {
      const { status, text } = await page(`/pledge/${code}`);
      expect([code, status]).toEqual([code, 200]);
      expect(text).toContain('What people say');
      expect(text).toContain('What the record shows');
      const isForPeople = code === 'S10' || code === 'S15';
      expect(text).toContain(isForPeople ? 'The record cannot show this' : 'The record shows nothing about this yet');
    }
    expect((await page('/pledge/Z9')).status).toBe(404);
    expect((await page('/pledge/P1')).status).toBe(404);
    expect((await anyone.get('/evidence/S1/nonsense')).status).toBe(404);
    expect(await figure('S1', 'view-discussed')).toMatchObject({ numerator: null, denominator: null, notKnown: null });
  });

  it('shows a new number as soon as it is recorded, and the record behind it', async () => {
    const { id } = await chair.made('/contributions', view('The bus stops at six'));
    expect(await figure('S1', 'view-discussed')).toMatchObject({ numerator: 0, denominator: 1 });
    expect((await page('/pledge/S1')).text).toContain('0 of 1 views were talked about');
    const made = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'changed' }] }));
    expect(await figure('S8', 'view-changed-it')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(await figure('S12', 'view-changed-it')).toMatchObject({ numerator: 1, denominator: 1 });
    await chair.made('/service-changes', promise({ decision: made.id }));
    expect(await figure('S18', 'view-promised')).toMatchObject({ numerator: 1, denominator: 1 });
    const { items } = (await anyone.get('/evidence/S18/view-promised?show=met')).body as unknown as { items: unknown[] };
    expect(items).toMatchObject([{ id, thing: 'view', standing: 'met', entry: { type: 'DecisionLinkedToContribution' } }]);
    expect((await page('/pledge/S18/view-promised?show=met')).text).toContain('The bus stops at six');
  }); // prettier-ignore

  it('counts for a council and for months, and refuses what is no month', async () => {
    expect(await figure('S18', 'view-promised', '?authority=essex')).toMatchObject({ denominator: 1 });
    expect(await figure('S18', 'view-promised', '?authority=norfolk')).toMatchObject({ denominator: null });
    expect(await figure('S18', 'view-promised', '?to=2020-01')).toMatchObject({ denominator: null });
    expect((await anyone.get('/evidence/S18?from=2026-13')).status).toBe(400);
  });

  it('counts a view that is not shown, and lets nobody find it', async () => {
    const { id } = await chair.made('/contributions', { ...view('A secret worry'), attribution: 'hidden' });
    expect(await figure('S18', 'view-promised')).toMatchObject({ numerator: 1, denominator: 2 });
    const { text } = await page('/pledge/S18/view-promised');
    expect(text).toContain('Counted, and not shown');
    expect(text).not.toContain('secret');
    expect(text + JSON.stringify((await anyone.get('/evidence/S18/view-promised')).body)).not.toContain(id);
  });

  it('pages through the records once', async () => {
    for (let n = 0; n < 7; n++) await chair.made('/contributions', view(`View ${n}`));
    const seen: (string | null)[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { body } = await anyone.get(`/evidence/S18/view-promised?limit=2${after && `&after=${after}`}`);
      seen.push(...(body['items'] as { id: string | null }[]).map(({ id }) => id));
      after = body['next'] as string | null;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });

  it('takes a figure back when the view is taken back', async () => {
    const before = await figure('S18', 'view-promised');
    const { id } = await chair.made('/contributions', view('I change my mind'));
    expect((await figure('S18', 'view-promised'))?.denominator).toBe((before?.denominator ?? 0) + 1);
    const answer = await Client.card(server, id).post(`/contributions/${id}/withdrawal`, {});
    expect(answer.status).toBe(201);
    expect(await figure('S18', 'view-promised')).toEqual(before);
    expect(await figure('S9', 'view-withdrawn')).toMatchObject({ numerator: 1, denominator: null });
    // Counted, and read by nobody any more.
    const [page, json] = [await fetch(`${server.url}/pledge/S9/view-withdrawn`), await anyone.get('/evidence/S9/view-withdrawn')]; // prettier-ignore
    const behind = (await page.text()) + JSON.stringify(json.body);
    expect([page.status, json.status, behind.includes('Counted, and not shown')]).toEqual([200, 200, true]);
    expect(behind).not.toContain('I change my mind');
    expect(behind).not.toContain(id);
  });

  it('tells what is about few people for a council, and never for a team', async () => {
    const chairOfEssex = await chair.made('/teams', { authority: 'essex', name: 'Few', stage: 'review' });
    const { body } = await anyone.get(`/evidence/S3?team=${chairOfEssex.id}`);
    const shown = body['recordShows'] as (Shown & { withheld: boolean })[];
    expect(shown.filter(({ withheld }) => withheld).map(({ measure }) => measure)).toEqual([
      'support-given',
      'need-met',
    ]);
    expect(await figure('S3', 'need-met', '?authority=essex')).toMatchObject({ withheld: false });
    expect((await page(`/pledge/S3?team=${chairOfEssex.id}`)).text).toContain('Not shown for one team');
    expect((await anyone.get(`/evidence/S3/need-met?team=${chairOfEssex.id}`)).body['items']).toEqual([]);
  });

  it('counts facts of the pledge, how they went on, and who came', async () => {
    const pledgeLead = await Client.as(server, 'pledge-lead');
    const { id } = await pledgeLead.made('/facts/training', {
      authority: 'essex', title: 'How care is paid for', topic: 'money', formats: ['easy-read'], partner: 'Essex Carers',
    });
    expect(await figure('P1b', 'training-partner')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(await figure('P1a', 'training-lived')).toMatchObject({ numerator: null });
    const came = { people: [{ capacity: 'uses-services', count: 4 }, { capacity: 'staff', count: 2 }], walkIns: 6 };
    await pledgeLead.made(`/facts/training/${id}/attended`, came);
    expect(await figure('P1a', 'training-lived')).toMatchObject({ numerator: 4, denominator: 6 });
    const { text } = await page('/pledge/P1a/training-lived');
    expect(text).toContain('How care is paid for');
    expect(text).toContain('4 of 6');
  }); // prettier-ignore
});
