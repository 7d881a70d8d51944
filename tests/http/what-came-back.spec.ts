import { staff } from '../browser/people.js';
import { decision, view } from './bodies.js';
import { Client } from './client.js';
import { encoded, Visitor } from './form-filler.js';
import { startServer, type TestServer } from './server.js';

describe('what came back to us', () => {
  let server: TestServer;
  let api: Client;
  let chair: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    server = await startServer();
    api = await Client.as(server, 'chair');
    chair = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
    other = new Visitor(server.url, (await staff(server.url, 'chair', 'luton')).cookies);
  });
  afterAll(() => server.close());
  const anyone = () => new Visitor(server.url, []);
  const events = async (id: string) =>
    ((await api.get(`/contributions/${id}/chain`)).body['steps'] as { kind: string }[]).map(({ kind }) => kind);

  it('a reply that did not arrive is no answer, and which did is written down once', async () => {
    const { id } = await api.made('/contributions', view());
    const path = `/views/${id}/arrived`;
    expect((await chair.get(`/views/${id}/team`)).html).not.toContain(path);
    const about = (await api.made('/decisions', decision({ answers: [{ contribution: id, effect: 'helped' }] }))).id;
    const day = new Date().toISOString().slice(0, 10);
    const reply = encoded({ channel: 'letter', format: 'plain', day, by: 'Sam', about });
    expect((await chair.send(`/views/${id}/reply`, reply)).status).toBe(303);
    expect((await chair.get(`/views/${id}/team`)).html).toContain(path);
    const replyIn = async () => /name="reply"[^>]* value="([0-9a-f-]{36})"/.exec((await chair.get(path)).html)?.[1] ?? '';
    const first = await replyIn();
    expect((await chair.send(path, encoded({}))).html).toContain('Choose whether it arrived.');
    expect((await other.send(path, encoded({ reply: first, arrived: 'came-back' }))).status).toBe(404);
    const isMissing = async () => (await anyone().get(`/views/${id}`)).html.includes('The reply did not arrive');
    expect(await isMissing()).toBe(false);
    expect((await chair.send(path, encoded({ reply: first, arrived: 'came-back' }))).status).toBe(303);
    expect([await isMissing(), await events(id)]).toEqual([true, expect.arrayContaining(['ReplyFailed'])]);
    const again = await chair.send(path, encoded({ reply: first, arrived: 'yes' }));
    expect([again.status, again.html.includes('already')]).toEqual([400, true]);
    await chair.send(`/views/${id}/reply`, reply);
    expect((await chair.send(path, encoded({ reply: await replyIn(), arrived: 'yes' }))).status).toBe(303);
    expect(await events(id)).toContain('ReplyDelivered');
    expect((await chair.get(`/views/${id}/team`)).html).not.toContain(path);
  }); // prettier-ignore

  it('what the body said that decides stands on the decision, and closes the gap', async () => {
    const { id } = await api.made('/decisions', decision({ answer: 'passed-on', passedTo: 'The county council', reason: { codes: ['not-in-charge'], words: 'The county council runs the buses.' } })); // prettier-ignore
    const path = `/decisions/${id}/word-back`;
    const waits = async () => (await anyone().get('/gaps?kind=no-word-back')).html.includes(`/decisions/${id}`);
    expect([await waits(), (await chair.get(`/decisions/${id}`)).html.includes(path)]).toEqual([true, true]);
    for (const [who, status] of [[anyone(), 401], [other, 404]] as const) // prettier-ignore
      expect([(await who.get(`/decisions/${id}`)).html.includes(path), (await who.get(path)).status, (await who.send(path, encoded({ to: 'x', words: 'y' }))).status]).toEqual([false, status, status]); // prettier-ignore
    expect((await chair.get(path)).html).toContain('value="The county council"');
    const empty = await chair.send(path, encoded({ to: 'The county council' }));
    expect([empty.status, empty.html.includes('Enter what they said.')]).toEqual([400, true]);
    expect((await chair.send(path, encoded({ to: 'The county council', words: 'The bus will stop there.' }))).status).toBe(303); // prettier-ignore
    const shown = (await anyone().get(`/decisions/${id}`)).html;
    expect([shown.includes('The other body answered'), shown.includes('The bus will stop there.'), await waits()]).toEqual([true, true, false]); // prettier-ignore
    const ours = await api.made('/decisions', decision());
    expect((await chair.get(`/decisions/${ours.id}/word-back`)).status).toBe(404);
  });
});
