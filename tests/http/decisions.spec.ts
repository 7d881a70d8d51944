import { randomId } from '#event-store/ids';
import { decision, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

interface Link {
  readonly kind: string;
  readonly effect: string | null;
  readonly until: string | null;
  readonly unlinkedWhy: string | null;
  readonly by: string;
}

describe('decisions over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let foreign: Client;
  let anyone: Client;
  let viewId: string;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    foreign = await Client.as(server, 'chair', 'norfolk');
    anyone = Client.anyone(server);
  });
  beforeEach(async () => (viewId = (await chair.made('/contributions', view())).id));
  afterAll(() => server.close());
  const decide = (more: object = {}, key?: string) =>
    chair.made('/decisions', decision({ answers: [{ contribution: viewId, effect: 'changed' }], ...more }), key);
  const links = async (id: string) =>
    ((await anyone.get(`/decisions/${id}/chain`)).body['links'] as Link[]).filter(({ kind }) => kind === 'answered');

  it('records a decision with the views it answers, and everyone may read it from both ends', async () => {
    const { id } = await decide();
    expect(await anyone.get(`/decisions/${id}/chain`)).toMatchObject({
      status: 200, body: { contributions: [{ id: viewId }], decisions: [{ id, answer: 'yes', statement: 'The form gets shorter' }] },
    }); // prettier-ignore
    expect((await anyone.get(`/contributions/${viewId}/chain`)).body).toMatchObject({
      status: 'yes',
      decisions: [{ id }],
    });
    const { body } = await anyone.get('/decisions?authority=essex&answer=yes');
    expect((body['items'] as { id: string }[])[0]?.id).toBe(id);
  });

  it('is recorded once for one key, also 50 times at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => decide({}, 'one')));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await links(all[0]?.id ?? '')).toHaveLength(1);
  });

  it('cannot have been made in the future, and keeps a day as a day', async () => {
    for (const path of ['/decisions', '/discussions']) {
      const body =
        path === '/decisions' ? decision() : { authority: 'essex', title: 'Buses', contributions: [{ id: viewId }] };
      const future = await chair.post(path, { ...body, occurredAt: '2099-01-01T00:00:00Z' });
      expect([path, future.status, ...future.problems]).toEqual([path, 422, 'date-future /occurredAt']);
      const { id } = await chair.made(path, { ...body, occurredAt: '2026-07-01' });
      const table = path === '/decisions' ? 'decision' : 'discussion';
      expect(server.engine.rows.get(`SELECT occurred_at, precision FROM ${table} WHERE id = ?`, id)).toEqual({
        occurred_at: '2026-06-30T23:00:00.000Z',
        precision: 'day',
      });
    }
  });

  it('names every problem with its field', async () => {
    const answer = await chair.post('/decisions', decision({ answer: 'passed-on', statement: ' ', decidedBy: [] }));
    expect(answer.status).toBe(422);
    expect([...answer.problems].sort()).toEqual([
      'decided-by-missing /decidedBy', 'passed-to-missing /passedTo', 'reason-missing /reason/codes', 'statement-missing /statement', 'why-missing /reason/words',
    ]); // prettier-ignore
    const vague = decision({
      answer: 'no',
      reason: { codes: ['money'], words: 'We will look into it in due course.' },
    });
    expect((await chair.post('/decisions', vague)).problems).toEqual(['vague /reason/words']);
    expect((await chair.post('/decisions', { ...vague, vagueOverride: 'A quote' })).status).toBe(201);
    expect((await chair.post('/decisions', decision({ answer: 'in-principle' }))).status).toBe(400);
  });

  it('a wrong link is taken back with a reason; the wrong one and the right one both stay visible', async () => {
    const { id } = await decide();
    const path = `/decisions/${id}/links`;
    expect((await chair.post(path, { contribution: viewId, effect: 'heard' })).problems).toEqual(['why-missing /why']);
    expect((await chair.post(path, { contribution: viewId, effect: 'unlink' })).problems).toEqual(['why-missing /why']);
    await chair.made(path, { contribution: viewId, effect: 'heard', why: 'It was not followed' });
    expect(await links(id)).toMatchObject([
      { effect: 'changed', until: expect.any(String), unlinkedWhy: 'It was not followed', by: 'chair' },
      { effect: 'heard', until: null },
    ]);
    await chair.made(path, { contribution: viewId, effect: 'unlink', why: 'Wrong view' });
    expect((await links(id)).map(({ until }) => until === null)).toEqual([false, false]);
    expect((await anyone.get(`/contributions/${viewId}/chain`)).body['status']).toBe('heard');
    expect((await chair.post(path, { contribution: viewId, effect: 'unlink', why: 'x' })).problems).toEqual(['not-linked /contribution']);
  }); // prettier-ignore

  it('is replaced by another; both stay', async () => {
    const [{ id: first }, { id: second }] = [await decide(), await decide({ answer: 'already' })];
    await chair.made(`/decisions/${first}/supersede`, { by: second, why: 'It exists' });
    expect((await anyone.get(`/decisions/${first}/chain`)).body['decisions']).toMatchObject([{ supersededBy: second }]);
    expect((await anyone.get(`/contributions/${viewId}/chain`)).body).toMatchObject({ status: 'already' });
    expect((await chair.post(`/decisions/${first}/supersede`, { by: first })).problems).toEqual(['supersedes-itself /by']);
    expect((await chair.post(`/decisions/${first}/supersede`, { by: randomId() })).status).toBe(404);
  }); // prettier-ignore

  it('is looked at again when a person asks, and the answer is recorded once', async () => {
    const { id } = await decide();
    const asked = await Client.card(server, viewId).made(`/decisions/${id}/review-requests`, { why: 'Look again' });
    const answer = { request: asked['request'], words: 'We looked. It stays.', changed: false };
    await chair.made(`/decisions/${id}/review-answers`, answer);
    expect((await chair.post(`/decisions/${id}/review-answers`, answer)).problems).toEqual(['already-answered']);
    expect((await chair.post(`/decisions/${id}/review-answers`, { ...answer, request: randomId() })).status).toBe(404);
    const kinds = ((await anyone.get(`/decisions/${id}/chain`)).body['steps'] as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['DecisionReviewRequested', 'DecisionReviewAnswered']));
  }); // prettier-ignore

  it('nobody asks for a review of a decision that their view has no part in', async () => {
    const { id: stranger } = await chair.made('/contributions', view());
    const { id } = await decide();
    expect((await Client.card(server, stranger).post(`/decisions/${id}/review-requests`, { why: 'x' })).status).toBe(
      422,
    );
  });

  it("hides another council's decisions and views", async () => {
    const { id } = await decide();
    const { id: theirs } = await foreign.made('/contributions', { ...view(), authority: 'norfolk' });
    const answers = [{ contribution: theirs, effect: 'heard' }];
    expect((await foreign.post('/decisions', decision())).status).toBe(404);
    expect((await chair.post('/decisions', decision({ answers }))).status).toBe(404);
    expect((await chair.post(`/decisions/${id}/links`, { contribution: theirs, effect: 'heard' })).status).toBe(404);
    const { id: talk } = await foreign.made('/discussions', {
      authority: 'norfolk',
      title: 'x',
      contributions: [{ id: theirs }],
    });
    const { id: team } = await foreign.made('/teams', { authority: 'norfolk', name: 'Bus team', stage: 'plan' });
    for (const more of [{ discussion: talk }, { team }, { meeting: randomId() }])
      expect((await chair.post('/decisions', decision(more))).status).toBe(404);
    for (const [path, body] of [
      ['links', { contribution: theirs, effect: 'heard' }],
      ['supersede', { by: id }],
      ['review-requests', {}],
      ['review-answers', { request: id, words: 'x', changed: true }],
    ] as const)
      expect([path, (await foreign.post(`/decisions/${id}/${path}`, body)).status]).toEqual([path, 404]);
  });

  it('refuses who may not', async () => {
    expect((await anyone.post('/decisions', decision())).status).toBe(401);
    expect((await Client.card(server, viewId).post('/decisions', decision())).status).toBe(401);
    expect((await (await Client.as(server, 'checker')).post('/decisions', decision())).status).toBe(403);
  });
});
