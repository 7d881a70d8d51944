import { randomId } from '#event-store/ids';
import { day, decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

describe('service changes over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let owner: Client;
  let checker: Client;
  let anyone: Client;
  let viewId: string;
  let decisionId: string;
  beforeAll(async () => {
    server = await startServer();
    [chair, owner, checker] = await Promise.all([
      Client.as(server, 'chair'),
      Client.as(server, 'owner'),
      Client.as(server, 'checker'),
    ]);
    anyone = Client.anyone(server);
  });
  beforeEach(async () => {
    viewId = (await chair.made('/contributions', view())).id;
    const answers = [{ contribution: viewId, effect: 'changed' }];
    decisionId = (await chair.made('/decisions', decision({ answers }))).id;
  });
  afterAll(() => server.close());
  const promised = async (more: object = {}, key?: string) =>
    (await chair.made('/service-changes', promise({ decision: decisionId, ...more }), key)).id;
  const shown = async (id: string) =>
    ((await anyone.get(`/service-changes/${id}/chain`)).body['serviceChanges'] as Record<string, unknown>[])[0];
  const gaps = async (id: string) =>
    ((await anyone.get(`/service-changes/${id}/chain`)).body['gaps'] as { code: string; node: string }[])
      .filter(({ node }) => node === id)
      .map(({ code }) => code);

  it('promised → under way → reported done → disputed by the person → confirmed by another, and all of it stays visible', async () => {
    const id = await promised();
    const step = (who: Client, path: string, body: object) => who.made(`/service-changes/${id}/${path}`, body);
    const now = async () => {
      const change = await shown(id);
      return `${String(change?.['state'])} ${(change?.['rag'] as { colour: string }).colour}`;
    };
    expect(await now()).toBe('promised amber');
    await step(owner, 'progress', { words: 'A draft is written' });
    expect(await now()).toBe('under-way amber');
    await step(chair, 'due-date', { due: day(120), reason: 'The printer closed', agreedBy: 'the chair' });
    const feed = await anyone.get(`/events?stream=serviceChange-${id}&types=DueDateChanged`);
    expect(JSON.stringify(feed.body)).not.toContain('agreedBy');
    await step(owner, 'reported-done', { words: 'It is on the counter' });
    expect([await now(), await gaps(id)]).toEqual(['reported-done amber', ['no-proof', 'not-confirmed']]);
    await step(owner, 'evidence', { kind: 'photo', title: 'The new form' });
    expect(await gaps(id)).toEqual(['not-confirmed']);
    await step(Client.card(server, viewId), 'verdicts', { verdict: 'not-done', comment: 'Mine was the long one' });
    expect(await now()).toBe('disputed red');
    await step(checker, 'confirmation', { confirmed: true, name: 'Joy Bell', words: 'I saw ten of them' });
    expect(await now()).toBe('confirmed green');
    expect(await gaps(id)).toEqual([]);
    expect(await shown(id)).toMatchObject({
      due: day(120), moved: [{ old: day(90), new: day(120), reason: 'The printer closed', agreedBy: 'the chair', afterDue: false }],
      proofs: [{ title: 'The new form', kind: 'photo', supplierRole: 'owner' }],
      verdicts: [{ verdict: 'not-done', contribution: viewId, comment: 'Mine was the long one' }],
      checks: [{ confirmed: false, byRole: 'participant' }, { confirmed: true, byRole: 'checker', words: 'I saw ten of them' }],
    }); // prettier-ignore
    // And it may be disputed again after it was checked.
    await step(checker, 'confirmation', { confirmed: false, words: 'The old form is back' });
    expect(await now()).toBe('disputed red');
    await step(chair, 'reopen', { reason: 'The old form is back', due: day(30) });
    expect(await now()).toBe('under-way amber');
  });

  it.each(['owner', 'checker', 'due'])('without %s is refused, and the answer names it', async (field) => {
    const { [field]: _, ...bare } = promise() as Record<string, unknown>;
    const { status, problems } = await chair.post('/service-changes', bare);
    expect([status, ...problems.map((each) => each.split(' ')[1])]).toEqual([400, `/${field}`]);
  });

  it('is never confirmed by its owner: not with an owner’s token, and not under the owner’s name', async () => {
    const id = await promised();
    const path = `/service-changes/${id}/confirmation`;
    expect((await checker.post(path, { confirmed: true })).problems).toEqual(['not-reported']);
    await owner.made(`/service-changes/${id}/reported-done`, {});
    expect((await owner.post(path, { confirmed: true })).problems).toEqual(['own-promise /name']);
    expect((await owner.post(path, { confirmed: true, name: 'Joy Bell' })).problems).toEqual(['own-promise /name']);
    expect((await checker.post(path, { confirmed: true, name: ' jane  SMITH ' })).problems).toEqual(['own-promise /name']);
    expect((await checker.post(path, { confirmed: false })).problems).toEqual(['words-missing /words']);
    await checker.made(path, { confirmed: true });
    expect(await shown(id)).toMatchObject({ state: 'confirmed' });
  }); // prettier-ignore

  it('hears verdicts only of those whose view it was made for', async () => {
    const id = await promised();
    const { id: stranger } = await chair.made('/contributions', view());
    const path = `/service-changes/${id}/verdicts`;
    expect((await Client.card(server, viewId).post(path, { verdict: 'done' })).problems).toEqual(['not-reported']);
    await owner.made(`/service-changes/${id}/reported-done`, {});
    const notMine = await Client.card(server, stranger).post(path, { verdict: 'not-done' });
    expect([notMine.status, notMine.problems]).toEqual([422, ['not-linked /contribution']]);
    expect((await chair.post(path, { verdict: 'not-done', contribution: stranger })).problems).toEqual(['not-linked /contribution']);
    expect(await shown(id)).toMatchObject({ state: 'reported-done', verdicts: [] });
    // A card speaks for its own view only, whatever the body says.
    await Client.card(server, viewId).made(path, { verdict: 'partly', contribution: stranger });
    expect(await shown(id)).toMatchObject({ state: 'reported-done', verdicts: [{ verdict: 'partly', contribution: viewId }] });
    for (const verdict of ['done', 'cannot-tell', 'no-longer-matters'])
      await chair.made(path, { verdict, contribution: viewId });
    expect(((await shown(id))?.['verdicts'] as object[]).length).toBe(4);
    expect((await anyone.post(path, { verdict: 'done' })).status).toBe(401);
  }); // prettier-ignore

  it('is paused and dropped with a reason, and opened again', async () => {
    const id = await promised();
    const path = `/service-changes/${id}`;
    expect((await owner.post(`${path}/pause`, { reason: ' ', lookAgain: day(10) })).problems).toEqual(['reason-missing /reason']);
    expect((await owner.post(`${path}/pause`, { reason: 'Moved out' })).problems).toEqual(['date-past /lookAgain']);
    await owner.made(`${path}/pause`, { reason: 'The builder left', lookAgain: day(10) });
    expect((await owner.post(`${path}/progress`, { words: 'x' })).problems).toEqual(['paused']);
    await owner.made(`${path}/reopen`, { reason: 'A new builder', due: day(90) });
    await owner.made(`${path}/drop`, { reason: 'No money' });
    expect(await shown(id)).toMatchObject({ state: 'dropped', rag: { colour: 'grey' } });
    expect((await owner.post(`${path}/progress`, { words: 'x' })).problems).toEqual(['dropped']);
    await chair.made(`${path}/reopen`, { reason: 'There is money', due: day(10) });
    expect(await shown(id)).toMatchObject({ state: 'under-way', due: day(10) });
  }); // prettier-ignore

  it('is promised once for one key, also 50 times at once; every step too', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, () => promised({}, 'one')));
    expect(new Set(ids).size).toBe(1);
    const path = `/service-changes/${ids[0] ?? ''}/evidence`;
    await Promise.all(Array.from({ length: 50 }, () => owner.made(path, { kind: 'photo', title: 'The form' }, 'proof')));
    expect(((await shown(ids[0] ?? ''))?.['proofs'] as object[]).length).toBe(1);
  }); // prettier-ignore

  it('names every problem with its field', async () => {
    const body = promise({ owner: { name: 'The council', role: 'r' }, due: '2020-01-01', proofWanted: ' ', checker: { role: ' ' }, what: 'Explore it' });
    const { status, problems } = await chair.post('/service-changes', body);
    expect(status).toBe(422);
    expect([...problems].sort()).toEqual([
      'checker-missing /checker/role', 'date-past /due', 'owner-missing /owner/name', 'proof-missing /proofWanted', 'vague /what',
    ]);
    expect((await chair.post('/service-changes', { ...promise(), due: '2027-02-30' })).status).toBe(400);
  }); // prettier-ignore

  it("hides another council's promises, and does not tie a promise to a decision that is not there", async () => {
    const foreign = await Client.as(server, 'pledge-lead', 'norfolk');
    const id = await promised();
    expect((await foreign.post('/service-changes', promise())).status).toBe(404);
    expect((await foreign.post(`/service-changes/${id}/progress`, { words: 'x' })).status).toBe(404);
    expect((await owner.post(`/service-changes/${randomId()}/progress`, { words: 'x' })).status).toBe(404);
    expect((await chair.post('/service-changes', promise({ decision: randomId() }))).status).toBe(404);
    const { id: theirs } = await foreign.made('/decisions', { ...decision(), authority: 'norfolk' });
    expect((await chair.post('/service-changes', promise({ decision: theirs }))).status).toBe(404);
  });

  it('lists what is promised, by state', async () => {
    const id = await promised();
    const ids = async (query: string) =>
      ((await anyone.get(`/service-changes?${query}`)).body['items'] as { id: string }[]).map((item) => item.id);
    expect(await ids('authority=essex&status=promised')).toContain(id);
    await owner.made(`/service-changes/${id}/reported-done`, {});
    expect(await ids('authority=essex&status=promised')).not.toContain(id);
    expect(await ids('status=reported-done')).toContain(id);
  });
});
