import { everyProjection } from '#engine/every-projection';
import { rebuild } from '#projections/rebuild';
import { join } from 'node:path';
import { day, promise } from './bodies.js';
import { Client } from './client.js';
import { startServer, type TestServer } from './server.js';

const VIEW = {
  authority: 'essex',
  words: 'I never hear what the training led to',
  channel: 'meeting',
  capacity: 'uses-services',
  voice: 'own',
  attribution: 'group',
};

describe('what stands behind a commitment', () => {
  let server: TestServer;
  let chair: Client;
  let id: string;
  beforeAll(async () => {
    server = await startServer();
    chair = await Client.as(server, 'chair');
    id = (await chair.made('/commitments', promise({ what: 'Tell everybody', pledgePart: 'P1a' }))).id;
  });
  afterAll(() => server.close());
  const page = async () => (await (await fetch(`${server.url}/commitments/${id}`)).text()).replace(/\s+/g, ' ');
  const answerTo = async (question: string) => {
    const [, after = ''] = (await page()).split(`. ${question}</h2>`);
    return (after.split('</section>')[0] ?? '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  };

  it('is said to be not recorded until somebody records it, and then stands in the view’s own words', async () => {
    const asked = 'Who asked, in what words?';
    expect(await answerTo(asked)).toMatch(/^Not recorded/);
    const view = (await chair.made('/contributions', VIEW)).id;
    await chair.made(`/commitments/${id}/links`, { to: 'contribution', id: view, why: 'It is why we promised this' });
    expect(await answerTo(asked)).toContain(VIEW.words);
    const told = 'Were people told, how soon, in what format? Did they understand?';
    expect(await answerTo(told)).toMatch(/^Not recorded/);
    await chair.made(`/contributions/${view}/replies`, { channel: 'letter', format: 'plain', givenAt: day(0), by: 'Jo', words: 'We tell you now' }); // prettier-ignore
    expect(await answerTo(told)).toContain('a reply was given, by letter');
    const considered = 'What else was considered?';
    await chair.made(`/commitments/${id}/alternatives`, { what: 'A newsletter', why: 'Few people read it' });
    expect(await answerTo(considered)).toContain('A newsletter Not chosen: Few people read it');
  });

  it('says the same after every read model was built again', async () => {
    const before = await page();
    const { store, codec, rows: live, opener, runner, settings } = server.engine;
    for (const projection of everyProjection)
      await rebuild({ store, codec, live, opener, runner }, projection, join(settings.dataDir, 'beside.db'));
    const keys = / value="[0-9a-f-]{36}"/g;
    expect((await page()).replace(keys, '')).toBe(before.replace(keys, ''));
  });

  it('does not show the words of a view that asked to be hidden', async () => {
    const hidden = (await chair.made('/contributions', { ...VIEW, words: 'Only for the team', attribution: 'hidden' })).id; // prettier-ignore
    await chair.made(`/commitments/${id}/links`, { to: 'contribution', id: hidden, why: 'It asked for the same' });
    expect(await page()).not.toContain('Only for the team');
  });
});
