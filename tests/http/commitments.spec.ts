import { randomId } from '#event-store/ids';
import { staff } from '../browser/people.js';
import { day, promise } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const made = (more: object = {}) => promise({ what: 'Ten people are trained', pledgePart: 'P1a', ...more });

describe('commitments over HTTP', () => {
  let server: TestServer;
  let lead: Client;
  let owner: Client;
  let checker: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    [lead, owner, checker] = await Promise.all([
      Client.as(server, 'pledge-lead'),
      Client.as(server, 'owner'),
      Client.as(server, 'checker'),
    ]);
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());
  const commit = async (more: object = {}) => (await lead.made('/commitments', made(more))).id;
  const shown = async (id: string, query = '') => (await anyone.get(`/commitments/${id}${query}`)).body;

  it('live the whole life of a promise: promised, under way, moved, proved, reported, disputed, confirmed, opened again', async () => {
    const id = await commit();
    const step = (who: Client, path: string, body: object) => who.made(`/commitments/${id}/${path}`, body);
    const now = async () => {
      const { state, rag } = await shown(id);
      return `${String(state)} ${(rag as { colour: string }).colour}`;
    };
    expect(await now()).toBe('promised amber');
    await step(owner, 'progress', { words: 'Six people came' });
    expect(await now()).toBe('under-way amber');
    await step(lead, 'due-date', { due: day(120), reason: 'The trainer left', agreedBy: 'the chair' });
    await step(owner, 'evidence', { kind: 'photo', title: 'The list of days' });
    await step(owner, 'pause', { reason: 'The room is closed', lookAgain: day(30) });
    expect(await now()).toBe('paused amber');
    await step(owner, 'reopen', { reason: 'The room is open', due: day(120) });
    await step(owner, 'reported-done', { words: 'Ten people came' });
    expect(await now()).toBe('reported-done amber');
    await step(checker, 'confirmation', { confirmed: false, name: 'Joy Bell', words: 'I count nine' });
    expect(await now()).toBe('disputed red');
    await step(checker, 'confirmation', { confirmed: true, name: 'Joy Bell', words: 'I count ten' });
    expect(await now()).toBe('confirmed green');
    const whole = await shown(id);
    expect(whole).toMatchObject({
      what: 'Ten people are trained', pledge: 'east-of-england', part: 'P1a', owner: { name: 'Jane Smith', role: 'forms manager' },
      dueDates: [{ old: day(90), new: day(120), reason: 'The trainer left', agreedBy: 'the chair', afterDue: false }],
      proof: [{ title: 'The list of days', supplierRole: 'owner' }],
      checks: [{ confirmed: false, words: 'I count nine' }, { confirmed: true, byRole: 'checker' }],
    }); // prettier-ignore
    expect(String(whole['number'])).toMatch(/^CM-\d{4}-\d{4}$/);
    expect((whole['entries'] as { type: string }[]).map(({ type }) => type)).toEqual([
      'CommitmentMade', 'ProgressReported', 'DueDateChanged', 'EvidenceAttached', 'Paused', 'Reopened', 'ReportedDone', 'DoneDisputed', 'DoneConfirmed',
    ]); // prettier-ignore
  });

  it('are never confirmed by their owner: not with an owner’s token, and not under the owner’s name', async () => {
    const id = await commit();
    const path = `/commitments/${id}/confirmation`;
    expect((await checker.post(path, { confirmed: true })).problems).toEqual(['not-reported']);
    await owner.made(`/commitments/${id}/reported-done`, {});
    expect((await owner.post(path, { confirmed: true })).problems).toEqual(['own-promise /name']);
    expect((await checker.post(path, { confirmed: true, name: ' jane  SMITH ' })).problems).toEqual(['own-promise /name']); // prettier-ignore
  });

  it('are refused without an owner, without a date, and for a part that is not in the pledge', async () => {
    const { owner: _owner, due: _due, ...bare } = made();
    const without = await lead.post('/commitments', bare);
    expect(without.status).toBe(400);
    expect(without.problems.map((each) => each.split(' ')[1])).toEqual(['/owner', '/due']);
    const rules = async (more: object) => (await lead.post('/commitments', made(more))).problems;
    expect(await rules({ pledgePart: 'P9z' })).toEqual(['part-unknown /pledgePart']);
    expect(await rules({ pledgePart: 'S8' })).toEqual(['part-unknown /pledgePart']);
    expect(await rules({ pledge: 'nowhere' })).toEqual(['pledge-unknown /pledge']);
    expect(await rules({ owner: { name: 'The team', role: 'x' }, due: day(-1) })).toEqual(['owner-missing /owner/name', 'date-past /due']); // prettier-ignore
  });

  it('are made and changed by their own council only, and found by anyone', async () => {
    const id = await commit();
    const norfolk = await Client.as(server, 'pledge-lead', 'norfolk');
    expect((await norfolk.post('/commitments', made())).status).toBe(404);
    expect((await norfolk.post(`/commitments/${id}/progress`, { words: 'x' })).status).toBe(404);
    expect((await anyone.post('/commitments', made())).status).toBe(401);
    expect((await lead.post(`/commitments/${randomId()}/progress`, { words: 'x' })).status).toBe(404);
    // The two kinds do not stand in for each other.
    expect((await lead.post(`/service-changes/${id}/progress`, { words: 'x' })).status).toBe(404);
    expect((await anyone.get(`/commitments/${randomId()}`)).status).toBe(404);
  });

  it('are recorded once however often they are sent', async () => {
    const key = randomId();
    const first = await lead.made('/commitments', made(), key);
    expect((await lead.made('/commitments', made(), key)).id).toBe(first.id);
    expect((await lead.post('/commitments', made({ what: 'Something else is there' }), key)).problems).toEqual(['key-reused /']); // prettier-ignore
  });

  it('hold no view: nobody can say “not done” on behalf of one', async () => {
    const id = await commit();
    await owner.made(`/commitments/${id}/reported-done`, {});
    const verdict = await lead.post(`/commitments/${id}/verdicts`, { verdict: 'not-done', contribution: randomId() });
    expect(verdict.problems).toEqual(['not-linked /contribution']);
    // What somebody says without a view lands on the list of what people asked.
    await lead.made(`/commitments/${id}/verdicts`, { verdict: 'partly', comment: 'Five of ten' });
    const { items } = (await lead.get('/requests')).body as unknown as { items: { commitment: string | null }[] };
    expect(items.filter(({ commitment }) => commitment === id)).toHaveLength(1);
    expect((await shown(id))['state']).toBe('reported-done');
  });

  it('stand among the promises of the one who signed in under the owner’s name', async () => {
    const id = await commit({ owner: { name: 'Sam Taylor', role: 'head of care' } });
    const { cookies } = await staff(server.url, 'owner', 'essex');
    const html = await (await fetch(`${server.url}/my-promises`, { headers: { cookie: cookies.join('; ') } })).text();
    expect(html).toContain(`href="/commitments/${id}"`);
    const own = await (await fetch(`${server.url}/commitments/${id}`, { headers: { cookie: cookies.join('; ') } })).text(); // prettier-ignore
    expect(own).toContain(`/commitments/${id}/accept`);
    expect(own).not.toContain(`/commitments/${id}/check"`);
  });

  it('are among the gaps while nobody has checked them and no proof is there, with a link to their page', async () => {
    const id = await commit();
    const missing = async () =>
      ((await anyone.get('/gaps?authority=essex&limit=200')).body as unknown as { items: { id: string; kind: string; thing: string }[] }).items
        .filter((each) => each.id === id).map(({ kind, thing }) => `${thing} ${kind}`); // prettier-ignore
    expect(await missing()).toEqual([]);
    await owner.made(`/commitments/${id}/reported-done`, {});
    expect(await missing()).toEqual(['commitment not-confirmed', 'commitment no-proof']);
    expect(await (await fetch(`${server.url}/gaps?kind=not-confirmed`)).text()).toContain(`href="/commitments/${id}"`);
    await owner.made(`/commitments/${id}/evidence`, { kind: 'photo', title: 'The list of days' });
    await checker.made(`/commitments/${id}/confirmation`, { confirmed: true });
    expect(await missing()).toEqual([]);
  });

  it('are public without the ids of people and without sealed words in the feed', async () => {
    const id = await commit();
    const { body } = await anyone.get(`/events?stream=commitment-${id}`);
    const text = JSON.stringify(body);
    expect(text).toContain('"part":"P1a"');
    expect(text).not.toMatch(/person|Ten people|Jane/);
    expect(JSON.stringify(await shown(id))).not.toMatch(/"person"|\.v1 \//);
  });
});
