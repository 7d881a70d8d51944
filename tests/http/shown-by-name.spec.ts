import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

describe('a view given by somebody who chose how to be shown', () => {
  let server: TestServer;
  let chair: Client;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
  });
  afterAll(() => server.close());

  const page = async (id: string) => (await fetch(`${server.url}/views/${id}`)).text();
  const given = async (attribution: string) => {
    const { id: participant } = await chair.made('/participants', { authority: 'essex', name: 'Zebedee Longnameson' });
    const view = { authority: 'essex', participant, words: 'Keep the late bus', channel: 'paper', capacity: 'uses-services', voice: 'own', attribution }; // prettier-ignore
    return (await chair.made('/contributions', view)).id;
  };

  it.each([
    ['name', 'Zebedee Longnameson, ', ''],
    ['first-name', 'Zebedee, ', 'Longnameson'],
    ['group', 'Keep the late bus', 'Zebedee'],
  ])('is shown to everyone by %s', async (attribution, shown, not) => {
    const text = await page(await given(attribution));
    expect(text).toContain(shown);
    if (not) expect(text).not.toContain(not);
  });

  it('loses the name at once when they choose otherwise, and when others no longer read the words', async () => {
    const [changed, held] = [await given('name'), await given('name')];
    await chair.made(`/contributions/${changed}/attribution`, { attribution: 'group' });
    expect(await page(changed)).not.toContain('Zebedee');
    await chair.made(`/contributions/${held}/hold-back`, { reason: 'could-harm' });
    expect(await page(held)).not.toContain('Zebedee');
  });
});
