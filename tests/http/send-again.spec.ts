import { jest } from '@jest/globals';
import { StoreUnavailable } from '#event-store/event-store';
import { staff } from '../browser/people.js';
import { encoded, Visitor, wellFilled } from './form-filler.js';
import { formsIn } from './html-forms.js';
import { startServer, type TestServer } from './server.js';

describe('a form that could not be saved', () => {
  let server: TestServer;
  let chair: Visitor;
  beforeAll(async () => {
    server = await startServer();
    chair = new Visitor(server.url, (await staff(server.url, 'chair', 'essex')).cookies);
  });
  afterAll(() => server.close());
  afterEach(() => jest.restoreAllMocks());

  const teams = () => server.engine.rows.get<{ n: number }>('SELECT count(*) AS n FROM team')?.n;
  const filled = async (name: string) =>
    ({ ...wellFilled(await chair.fresh({ page: '/teams/new', action: '/teams' })), name, remit: 'Words “I” <typed>' }); // prettier-ignore
  const again = (html: string) =>
    Object.fromEntries((formsIn(html)[0]?.fields ?? []).map(({ name, value }) => [name, value]));

  it('while the store was away comes back whole, and sent again is recorded once', async () => {
    const typed = await filled('Away team');
    jest.spyOn(server.engine.store, 'append').mockRejectedValueOnce(new StoreUnavailable('away'));
    const before = teams() ?? 0;
    const failed = await chair.send('/teams', encoded(typed));
    expect([failed.status, failed.html.includes('Words “I” &lt;typed&gt;')]).toEqual([503, true]);
    expect(again(failed.html)).toEqual({ ...typed, formToken: expect.any(String) });
    const [one, two] = await Promise.all([1, 2].map(() => chair.send('/teams', encoded(again(failed.html)))));
    expect([one?.status, two?.status, one?.to === two?.to, teams()]).toEqual([303, 303, true, before + 1]);
  });

  it('by someone whose sign-in ran out comes back whole, to be sent after signing in', async () => {
    const typed = await filled('Late team');
    const failed = await chair.send('/teams', encoded(typed), []);
    expect([failed.status, again(failed.html)]).toEqual([401, { ...typed, formToken: expect.any(String) }]);
    expect((await chair.send('/teams', encoded(again(failed.html)))).status).toBe(303);
  });

  it('after going back and typing something else keeps those words, as a wish of their own', async () => {
    const first = await filled('First team');
    const before = teams() ?? 0;
    await chair.send('/teams', encoded(first));
    const second = await chair.send('/teams', encoded({ ...first, name: 'Second team' }));
    expect([second.status, second.html.includes('Second team')]).toEqual([422, true]);
    expect((await chair.send('/teams', encoded(again(second.html)))).status).toBe(303);
    expect(teams()).toBe(before + 2);
  });

  it('sent from another website is not there to be sent again', async () => {
    const answer = await fetch(`${server.url}/teams`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: encoded({ name: 'Foreign words' }),
    });
    expect([answer.status, (await answer.text()).includes('Foreign words')]).toEqual([403, false]);
  });
});
