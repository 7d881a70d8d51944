import { called, outcomes, TEAM, view } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

describe('teams over HTTP', () => {
  let server: TestServer;
  let chair: Client;
  let foreign: Client;
  let anyone: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    foreign = await Client.as(server, 'chair', 'norfolk');
    anyone = Client.anyone(server);
  });
  afterAll(() => server.close());

  it('forms a team, and everyone may read it', async () => {
    const { id, position } = await chair.made('/teams', { ...TEAM, remit: 'Forms', pledge: ['P2a'] });
    expect(position).toEqual(expect.any(String));
    expect(await anyone.get(`/teams/${id}`)).toMatchObject({ status: 200, body: { name: 'Form team', members: 0 } });
    const { body } = await anyone.get('/teams?authority=essex');
    expect((body['items'] as { id: string }[]).map((team) => team.id)).toContain(id);
  });

  it('forms it once for one key, also 50 times at once, and refuses the key with another body', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => chair.post('/teams', TEAM, 'one-team')));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    expect(await chair.post('/teams', { ...TEAM, name: 'Bus team' }, 'one-team')).toMatchObject({ status: 422, problems: ['key-reused /'] });
  }); // prettier-ignore

  it('takes members and a chair; who is a member is not public, how many is', async () => {
    const { id } = await chair.made('/teams', TEAM);
    const { id: ann } = await chair.made('/participants', { authority: 'essex', name: 'Ann Webb', contact: '07700 900000' });
    await chair.made(`/teams/${id}/members`, { participant: ann, capacity: 'family-carer', firstTime: true });
    await chair.made(`/teams/${id}/chair`, { participant: ann, post: 'co-chair' });
    const shown = await anyone.get(`/teams/${id}`);
    expect(shown.body['members']).toBe(1);
    expect(JSON.stringify(shown.body)).not.toContain(ann);
    expect(JSON.stringify(shown.body)).not.toContain('Webb');
  }); // prettier-ignore

  it("hides another council's teams from its people, and does not make any for it", async () => {
    const { id } = await chair.made('/teams', TEAM);
    const { id: ann } = await foreign.made('/participants', { authority: 'norfolk', name: 'Ann' });
    expect((await foreign.post('/teams', TEAM)).status).toBe(404);
    expect((await foreign.post(`/teams/${id}/members`, { participant: ann, capacity: 'other' })).status).toBe(404);
    expect((await foreign.post(`/teams/${id}/chair`, { participant: ann, post: 'chair' })).status).toBe(404);
    expect((await foreign.post('/participants', { authority: 'essex', name: 'Ann' })).status).toBe(404);
    expect((await anyone.get(`/teams/${id}`)).body['members']).toBe(0);
  });

  it("ties nothing to a person of another council: their name is not shown to this council's staff", async () => {
    const { team, meeting } = await called(chair);
    const { id: ann } = await foreign.made('/participants', { authority: 'norfolk', name: 'Ann' });
    const said = outcomes();
    const noted = said.discussions[0]!.contributions.map((each) => ({ ...each, participant: ann }));
    for (const [path, body] of [
      ['/contributions', { ...view(), participant: ann }],
      [`/teams/${team}/members`, { participant: ann, capacity: 'other' }],
      [`/teams/${team}/chair`, { participant: ann, post: 'chair' }],
      [`/meetings/${meeting}/outcomes`, { discussions: [{ ...said.discussions[0], contributions: noted }] }],
    ] as const)
      expect([path, (await chair.post(path, body)).status]).toEqual([path, 404]);
    const { id: own } = await chair.made('/participants', { authority: 'essex', name: 'Bo' });
    await chair.made('/contributions', { ...view(), participant: own.toUpperCase() });
  });

  it.each([
    ['no name', { ...TEAM, name: undefined }, 400],
    ['a stage that is none', { ...TEAM, stage: 'dream' }, 400],
    ['a field that is none', { ...TEAM, surprise: 1 }, 400],
    ['a blank name', { ...TEAM, name: ' ' }, 422],
  ])('refuses %s', async (_, body, status) => expect((await chair.post('/teams', body)).status).toBe(status));

  it('refuses who may not, and answers 404 and 400 for what is not there', async () => {
    expect((await anyone.post('/teams', TEAM)).status).toBe(401);
    expect((await (await Client.as(server, 'owner')).post('/teams', TEAM)).status).toBe(403);
    expect((await anyone.get('/teams/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await anyone.get('/teams/x')).status).toBe(400);
  });
});
