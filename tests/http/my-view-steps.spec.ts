import { type Example, loadExample } from '../browser/example.js';
import { londonDay } from '#kernel/time';
import { cardHolder } from '../browser/people.js';
import { startServer, type TestServer } from './server.js';

/** Each step says what it is about, and a late one by how much. */
describe('the steps of “What happened to my view”', () => {
  let server: TestServer;
  let example: Example;
  beforeAll(async () => {
    server = await startServer({ ADVOCATE: 'Advocacy for All, 01632 960 002' });
    example = await loadExample(server);
  }, 60_000);
  afterAll(() => server.close());

  const pageOf = async (view: string): Promise<string> => {
    const { cookies } = await cardHolder(server.url, example.codes[view] ?? '');
    return (await fetch(`${server.url}/my-view`, { headers: { cookie: cookies.join('; ') } })).text();
  };
  const stepOf = (html: string, title: string): string =>
    html
      .split('<li class="tl-step')
      .find((each) => each.includes(`>${title}<`))
      ?.replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ') ?? '';

  it('say what was decided and what was promised, in the words of the record', async () => {
    const html = await pageOf('form');
    const promise = await (await fetch(`${server.url}/service-changes/${example.promises['d-form'] ?? ''}`)).text();
    const what = /<h1[^>]*>([^<]*)/.exec(promise)?.[1] ?? 'no heading';
    const decision = /Decision: <a [^>]*>([^<]*)/.exec(promise)?.[1] ?? 'no decision';
    expect(stepOf(html, 'We promised to do something')).toContain(what);
    expect(stepOf(html, 'We decided')).toContain(decision);
  });

  it('say by how many days a step is late, counted from its day', async () => {
    const step = stepOf(await pageOf('form'), 'We do what we promised');
    const { due } = server.engine.rows.get<{ due: string }>(
      'SELECT due FROM service_change WHERE id = ?',
      example.promises['d-form'],
    ) ?? { due: '' };
    const days = (Date.parse(londonDay(new Date().toISOString())) - Date.parse(due)) / 86_400_000;
    expect(step).toContain(`This is late by ${days} days.`);
    expect(await pageOf('bus')).not.toContain('This is late');
  });

  it('leave a way to an advocate beside an answer that somebody may disagree with', async () => {
    expect(await pageOf('bus')).toContain('Advocacy for All, 01632 960 002');
  });
});
