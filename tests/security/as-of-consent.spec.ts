import request from 'supertest';
import { nowAt } from '#kernel/time';
import { decision, view } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';

const [BEFORE, SINCE] = ['2026-11-10', '2026-11-12'];

/** Every page that shows the record as it was on a day could show words that their giver has asked to be hidden since. */
describe('words that were public once', () => {
  let today = BEFORE;
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer({}, undefined, { now: () => nowAt(new Date(`${today}T12:00:00Z`)) });
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());

  it.each<[string, string, object]>([
    ['hidden', 'attribution', { attribution: 'hidden' }],
    ['taken back', 'withdrawal', {}],
    ['held back', 'hold-back', { reason: 'could-harm' }],
    ['told in other words', 'public-version', { words: 'Somebody said so', reason: 'names-someone' }],
  ])('and are %s now are read on no day of the past', async (_, path, body) => {
    today = BEFORE;
    const word = `xylo${path.replace('-', '')}`;
    const { id } = await chair.made('/contributions', { ...view(`Mrs Jones is ${word}`) });
    const { id: decided } = await chair.made('/decisions', decision({ answers: [{ contribution: id, effect: 'helped' }] })); // prettier-ignore
    const places = [`/views/${id}`, `/decisions/${decided}`, `/api/v1/contributions/${id}/chain`, `/api/v1/decisions/${decided}/chain`]; // prettier-ignore
    const read = async () => {
      const pages = await Promise.all(places.map((place) => request(server.url).get(`${place}?asOf=${BEFORE}`)));
      return pages.map(({ text }) => text.includes(word));
    };
    expect(await read()).toEqual([true, true, true, true]);
    today = SINCE;
    await chair.made(`/contributions/${id}/${path}`, body);
    expect(await read()).toEqual([false, false, false, false]);
    // Those who work with it go on reading it.
    expect(JSON.stringify((await chair.get(`/contributions/${id}/chain?asOf=${BEFORE}`)).body)).toContain(word);
  });
});
