import { randomId } from '#event-store/ids';
import { staff } from '../browser/people.js';
import { day, decision, promise, view } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

/** What somebody ties their own things to must be there, and theirs to tie to. */
describe('what belongs together', () => {
  let server: TestServer;
  let chair: Client;
  let norfolk: Client;
  let viewId: string;
  let theirs: string;
  beforeAll(async () => {
    server = await startServer();
    [chair, norfolk] = await Promise.all([Client.as(server, 'chair'), Client.as(server, 'chair', 'norfolk')]);
    viewId = (await chair.made('/contributions', view())).id;
    theirs = (await norfolk.made('/decisions', { ...decision(), authority: 'norfolk' })).id;
  });
  afterAll(() => server.close());

  it('records nothing for a council that there is not, whoever asks', async () => {
    const everywhere = await Client.everywhere(server);
    const before = await server.engine.store.head();
    for (const [path, body] of [
      ['/contributions', view()],
      ['/decisions', decision()],
      ['/service-changes', promise()],
    ] as const)
      expect((await everywhere.post(path, { ...body, authority: 'nowhere' })).status).toBe(404);
    expect(await server.engine.store.head()).toBe(before);
  });

  it('does not answer a view with a decision of another council', async () => {
    const reply = { channel: 'letter', format: 'plain', givenAt: new Date().toISOString(), by: 'Jo', words: 'x' };
    for (const about of [theirs, randomId()]) {
      expect((await chair.post(`/contributions/${viewId}/replies`, { ...reply, about })).status).toBe(404);
      const understood = { understood: 'yes', callBack: false, decision: about };
      expect((await chair.post(`/contributions/${viewId}/understanding`, understood)).status).toBe(404);
    }
    const card = Client.card(server, viewId);
    expect((await card.post(`/decisions/${theirs}/review-requests`, { why: 'x' })).status).toBe(404);
  });

  it('does not say that a link was made in a meeting of another council', async () => {
    const { id } = await chair.made('/decisions', decision());
    const link = { contribution: viewId, effect: 'helped', why: 'They said so', meeting: randomId() };
    expect((await chair.post(`/decisions/${id}/links`, link)).status).toBe(404);
    expect((await chair.post(`/decisions/${id}/links`, { ...link, meeting: undefined })).status).toBe(201);
  });

  it('lets the team move a date, and its owner ask for one', async () => {
    const { id } = await chair.made('/service-changes', promise());
    const form = encoded({ due: day(120), reason: 'The printer closed', agreedBy: 'the chair' });
    const as = async (role: string) => new Visitor(server.url, (await staff(server.url, role, 'essex')).cookies);
    expect((await (await as('owner')).send(`/service-changes/${id}/move-date`, form)).status).toBe(403);
    expect((await (await as('owner')).get(`/service-changes/${id}/move-date`)).status).toBe(403);
    expect((await (await as('chair')).send(`/service-changes/${id}/move-date`, form)).status).toBe(303);
  });

  it('asks no statements in the name of a team of another council', async () => {
    const { id: team } = await norfolk.made('/teams', { authority: 'norfolk', name: 'Coast team', stage: 'plan' });
    const round = { authority: 'essex', slips: 3, until: day(0) };
    expect((await chair.post('/statement-rounds', { ...round, team })).status).toBe(404);
    const visitor = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    expect((await visitor.send('/statement-rounds', encoded({ ...round, slips: '3', team }))).status).toBe(404);
    expect((await chair.post('/statement-rounds', round)).status).toBe(201);
  });

  it('does not say that a cancelled card works again', async () => {
    const visitor = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    const { html } = await visitor.send('/cards/blank', encoded({ count: '1' }));
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(html)?.[0] ?? '';
    const cards = `/views/${viewId}/cards`;
    expect((await visitor.send(cards, encoded({ do: 'bind', code }))).status).toBe(303);
    const shown = formsIn((await visitor.get(cards)).html).flatMap(({ fields }) => fields);
    const card = shown.findLast(({ name }) => name === 'card')?.value;
    expect((await visitor.send(cards, encoded({ do: 'cancel', card: card ?? '' }))).status).toBe(303);
    const again = await visitor.send(cards, encoded({ do: 'bind', code }));
    expect([again.status, again.html.includes('That card was cancelled')]).toEqual([400, true]);
  });
});
