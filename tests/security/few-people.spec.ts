import request from 'supertest';
import { called, outcomes } from '../http/bodies.js';
import { Client } from '../http/client.js';
import { startServer, type TestServer } from '../http/server.js';

/** A council may hide more than the least: what is set counts for every page that tells a number of people. */
describe('how many came to a meeting', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ SUPPRESS_UP_TO: '10' });
  });
  afterAll(() => server.close());

  it('is told to everyone only where more came than are to be hidden', async () => {
    const chair = await Client.as(server, 'chair');
    const { meeting } = await called(chair);
    const attendance = [
      { capacity: 'uses-services', count: 10 },
      { capacity: 'family-carer', count: 11 },
    ];
    await chair.made(`/meetings/${meeting}/outcomes`, { ...outcomes(), attendance });
    const { text } = await request(server.url).get(`/meetings/${meeting}`).set('Accept', 'text/html');
    const told = /Who was there\s*<\/dt>\s*<dd[^>]*>([^<]*)/.exec(text)?.[1]?.trim() ?? '';
    expect(
      told
        .split('. ')
        .map((each) => each.replace(/^.*: /, ''))
        .sort(),
    ).toEqual(['about 10', 'too few people to show']);
  });
});
