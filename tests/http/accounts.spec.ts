import { decodeLeaf } from '#event-store/leaf';
import { Tokens } from '#identity/tokens';
import { anotherSession, signedIn, type SignedIn } from './accounts.js';
import { encoded } from './form-filler.js';
import { startServer, type TestServer } from './server.js';

/** Who may do what, on pages: given, taken away and stopped, each from the next request on. */
describe('people and roles', () => {
  let server: TestServer;
  let administrator: SignedIn;
  let chair: SignedIn;
  let stranger: SignedIn;
  beforeAll(async () => {
    server = await startServer();
    administrator = await signedIn(server, 'Ada Ministrator', 'essex', ['administrator']);
    chair = await signedIn(server, 'Charly Chair', 'essex', ['chair']);
    stranger = await signedIn(server, 'Nora Norfolk', 'norfolk', ['administrator']);
  });
  afterAll(() => server.close());
  const send = (who: SignedIn, path: string, fields: Record<string, string>) =>
    who.visitor.send(path, encoded({ idempotencyKey: `${Math.random()}`, ...fields }));
  const status = async (visitor: SignedIn['visitor'], path: string) => (await visitor.get(path)).status;

  it('an administrator sees the people of their council, with what each may do, and of no other', async () => {
    const { html } = await administrator.visitor.get('/accounts');
    expect([html.includes('Charly Chair'), html.includes('Ada Ministrator'), html.includes('Nora Norfolk')]).toEqual([true, true, false]);
    const ours = await administrator.visitor.get(`/accounts/${chair.account}`);
    expect(ours.html).toContain('The council’s own sign-in gave it.');
    for (const path of ['', '/give', '/take', '/stop', '/end-sessions'])
      expect([path, await status(administrator.visitor, `/accounts/${stranger.account}${path}`)]).toEqual([path, 404]);
    for (const step of ['give', 'stop', 'end-sessions'])
      expect((await send(administrator, `/accounts/${stranger.account}/${step}`, { role: 'chair', reason: 'new-work' })).status).toBe(404);
    expect(await status(chair.visitor, '/accounts')).toBe(403);
  }); // prettier-ignore

  it('a role that is given counts from the next request, and one that is taken away stops counting', async () => {
    const lead = await anotherSession(server, chair.account, 'essex', 'pledge-lead');
    expect(await status(lead.visitor, '/my-account')).toBe(401);
    expect((await send(administrator, `/accounts/${chair.account}/give`, { role: 'pledge-lead', reason: 'stands-in' })).status).toBe(303);
    expect(await status(lead.visitor, '/my-account')).toBe(200);
    expect((await send(administrator, `/accounts/${chair.account}/take`, { role: 'pledge-lead', reason: 'other-work' })).status).toBe(303);
    expect(await status(lead.visitor, '/my-account')).toBe(401);
    expect(await status(chair.visitor, '/my-account')).toBe(200);
    const { html } = await administrator.visitor.get('/my-account');
    expect(html.replace(/<[^>]*>|\s+/g, ' ')).toMatch(/Role taken away: Pledge lead.*They do other work now.*Role given: Pledge lead.*They stand in for somebody/i);
  }); // prettier-ignore

  it('says what is missing, and does nothing without a reason', async () => {
    const before = await server.engine.store.head();
    const answer = await send(administrator, `/accounts/${chair.account}/give`, {});
    expect([answer.status, answer.html.includes('Choose the role.'), answer.html.includes('Choose why.')]).toEqual([400, true, true]);
    expect((await send(administrator, `/accounts/${chair.account}/give`, { role: 'participant', reason: 'left' })).status).toBe(400);
    expect(await server.engine.store.head()).toBe(before);
  }); // prettier-ignore

  it('nobody changes their own account', async () => {
    const { html } = await administrator.visitor.get(`/accounts/${administrator.account}`);
    expect([html.includes('This is your own account'), html.includes('/give')]).toEqual([true, false]);
    for (const step of ['give', 'take', 'stop', 'end-sessions'])
      expect((await send(administrator, `/accounts/${administrator.account}/${step}`, { role: 'chair', reason: 'left' })).status).toBe(404);
  }); // prettier-ignore

  it('sessions end where an administrator ends them, or the person does, on every device and in every process', async () => {
    const devices = await Promise.all([1, 2, 3].map(() => anotherSession(server, chair.account, 'essex', 'chair')));
    const count = () => Promise.all(devices.map(({ visitor }) => status(visitor, '/my-account')));
    expect(await count()).toEqual([200, 200, 200]);
    expect((await send(administrator, `/accounts/${chair.account}/end-sessions`, { reason: 'misuse' })).status).toBe(303);
    expect(await count()).toEqual([401, 401, 401]);
    const [one, two] = await Promise.all([1, 2].map(() => anotherSession(server, chair.account, 'essex', 'chair')));
    expect((await one?.visitor.send('/my-account/sign-out-everywhere', ''))?.status).toBe(303);
    expect([await status(one!.visitor, '/work'), await status(two!.visitor, '/work')]).toEqual([401, 401]);
  }); // prettier-ignore

  it('a stopped account is out at the next request and stays out until it is started', async () => {
    const before = await anotherSession(server, chair.account, 'essex', 'chair');
    expect((await send(administrator, `/accounts/${chair.account}/stop`, { reason: 'left' })).status).toBe(303);
    const after = await anotherSession(server, chair.account, 'essex', 'chair');
    expect([await status(before.visitor, '/work'), await status(after.visitor, '/work')]).toEqual([401, 401]);
    expect((await send(administrator, `/accounts/${chair.account}/start`, { reason: 'mistake' })).status).toBe(303);
    // What was open before is not opened again.
    expect([await status(before.visitor, '/work'), await status(after.visitor, '/work')]).toEqual([401, 200]);
  });

  it('a token is revoked by an administrator of its own council, and stops counting at once', async () => {
    const tokens = new Tokens(server.engine.vault);
    const [ours, theirs] = await Promise.all(['essex', 'norfolk'].map((council) => server.token('chair', council)));
    const refOf = (council: string | null) => tokens.list().find(({ authority }) => authority === council)?.ref ?? '';
    const whole = await server.token('administrator');
    const asks = async (token: string | undefined) => (await fetch(`${server.url}/work`, { headers: { authorization: `Bearer ${token ?? ''}` } })).status;
    expect(await Promise.all([ours, theirs, whole].map(asks))).toEqual([200, 200, 200]);
    const { html } = await administrator.visitor.get('/accounts/tokens');
    expect([html.includes(refOf('essex')), html.includes(refOf('norfolk')), html.includes(refOf(null))]).toEqual([true, false, false]);
    for (const other of [refOf('norfolk'), refOf(null)])
      expect((await send(administrator, `/accounts/tokens/${other}/revoke`, { reason: 'left' })).status).toBe(404);
    expect((await send(administrator, `/accounts/tokens/${refOf('essex')}/revoke`, { reason: 'misuse' })).status).toBe(303);
    expect(await Promise.all([ours, theirs, whole].map(asks))).toEqual([401, 200, 200]);
  }); // prettier-ignore

  it('the record keeps what was done, by which role and why, and no name', async () => {
    const kept: string[] = [];
    for await (const { leaf } of server.engine.store.readAll()) {
      const text = Buffer.from(leaf).toString('utf8');
      expect(/Charly|Ministrator|Norfolk N|sign-in\.example/.test(text)).toBe(false);
      const { type, data, actor } = decodeLeaf(leaf);
      if (/^(account|role|sessions|token)-/.test(type)) kept.push(`${type} ${actor.role} ${(data as { reason?: string }).reason ?? ''}`.trim());
    }
    expect(kept).toEqual(expect.arrayContaining(['role-granted.v1 administrator stands-in', 'account-stopped.v1 administrator left', 'sessions-ended.v1 administrator misuse', 'token-revoked.v1 administrator misuse']));
  }); // prettier-ignore

  it('no program changes an account, not even one that acts as an administrator', async () => {
    const authorization = `Bearer ${await server.token('administrator', 'essex')}`;
    for (const { account } of [administrator, chair]) {
      const give = { method: 'POST', headers: { authorization }, body: new URLSearchParams({ role: 'data-protection-officer', reason: 'new-work' }) };
      expect((await fetch(`${server.url}/accounts/${account}/give`, give)).status).toBe(404);
    }
  }); // prettier-ignore
});
