import { CommandBus } from '@nestjs/cqrs';
import request from 'supertest';
import { IssueCard } from '#contributions/contribution.commands';
import { randomId } from '#event-store/ids';
import { CARD_COOKIE, WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { decision, view } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { Device } from '../http/device.js';
import { startServer, type TestServer } from '../http/server.js';

/** What whoever holds a card for somebody else could make of it. */
describe('a card for someone who helps', () => {
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());

  /** Sent to the API, as the secret of its session; in a browser, as a cookie. */
  const helperOf = async (contribution: string, scope: 'see' | 'act') => {
    const card = randomId();
    const now = server.engine.clock.now();
    const context = { commandId: randomId(), actor: { role: 'participant', ref: contribution }, now };
    const issued = new IssueCard(context, contribution, { card, holder: 'supporter', scope, agreed: true });
    const { position } = await server.app.get(CommandBus, { strict: false }).execute(issued);
    if (position !== null) await server.engine.caughtUp(position);
    const { cardSessions } = server.app.get(WhoIsAsking, { strict: false });
    const secret = await cardSessions.start(contribution, { card, contribution }, Date.now());
    const post = async (path: string, body: object) => {
      const answer = await request(server.url)
        .post(`/api/v1${path}`)
        .set('Authorization', `Bearer ${secret}`)
        .send(body);
      return { status: answer.status, code: (answer.body as { errors?: { code: string }[] }).errors?.[0]?.code };
    };
    return { post, device: new Device(server.url, [`${CARD_COOKIE}=${secret}`]) };
  };

  it('brings no card of the person, and puts no words into their mouth', async () => {
    const { id: participant } = await chair.made('/participants', { authority: 'essex', name: 'Amina Khan' });
    const { id } = await chair.made('/contributions', { ...view(), participant });
    const { post, device } = await helperOf(id, 'act');
    const before = await server.engine.store.head();
    for (const path of ['additions', 'corrections'])
      expect(await post(`/contributions/${id}/${path}`, { words: 'I like it now' })).toEqual({ status: 422, code: 'supporter-speaks' }); // prettier-ignore
    const page = await device.get('/my-view/ask/more-to-say');
    const sent = await device.send('/my-view/ask/more-to-say', { words: 'I like it now' });
    for (const { status, html } of [page, sent])
      expect([status, html.includes('This is the card of someone who helps')]).toEqual([422, true]);
    expect(await server.engine.store.head()).toBe(before);
    expect((await device.get('/my-view')).html).toContain('Say something more for this person');
    // What they may: answer for the person, as the supporter.
    expect((await post(`/contributions/${id}/attribution`, { attribution: 'hidden' })).status).toBe(201);
  });

  it('that only looks asks for no other answer either', async () => {
    const { id } = await chair.made('/contributions', view());
    const answers = [{ contribution: id, effect: 'helped' }];
    const { id: decided } = await chair.made('/decisions', decision({ answers }));
    const ask = (helper: Awaited<ReturnType<typeof helperOf>>) =>
      helper.post(`/decisions/${decided}/review-requests`, { why: 'Look again' });
    expect((await ask(await helperOf(id, 'see'))).status).toBe(403);
    expect((await ask(await helperOf(id, 'act'))).status).toBe(201);
  });
});
