import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe } from './checks.js';
import { crawl, kindOf, type Seen } from './crawl.js';
import { cardHolder, nobody, staff } from './people.js';

const MINUTES = 60_000;

/** Every page that can be reached by a link, in the state in which it is found. */
describe('every page', () => {
  let server: TestServer;
  let code = '';
  beforeAll(async () => {
    server = await startServer({ HELP_PHONE: '01234 567890' });
    await startBrowser();
    const token = await server.token('chair', 'essex');
    const given = await fetch(`${server.url}/api/v1/contributions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        authority: 'essex',
        words: 'The form is <b>too</b> long 📄',
        channel: 'meeting',
        capacity: 'uses-services',
        voice: 'own',
        attribution: 'group',
      }),
    });
    code = ((await given.json()) as { code: string }).code;
  }, MINUTES);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  const faulty = (seen: readonly Seen[]) => seen.filter(({ faults }) => faults.length > 0);
  const report = (who: string, seen: readonly Seen[]): void => {
    process.stdout.write(`${who}: ${seen.length} pages, ${new Set(seen.map(({ path }) => kindOf(path))).size} kinds\n`);
  };

  it(
    'is sound for anyone',
    async () => {
      const seen = await crawl(server.url, nobody);
      report('anyone', seen);
      expect(seen.length).toBeGreaterThan(3);
      expect(faulty(seen)).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'is sound for the holder of a card',
    async () => {
      const seen = await crawl(server.url, await cardHolder(server.url, code), ['/my-view', '/my-view/card']);
      report('card', seen);
      expect(faulty(seen)).toEqual([]);
    },
    5 * MINUTES,
  );

  it(
    'is sound for a chair',
    async () => {
      const seen = await crawl(server.url, await staff(server.url, 'chair', 'essex'), ['/', '/work']);
      report('chair', seen);
      expect(faulty(seen)).toEqual([]);
    },
    5 * MINUTES,
  );

  it('that is not there says so, with a way on', async () => {
    const page = await openPage(`${server.url}/nothing-here`);
    expect(await axe(page)).toEqual([]);
    expect(await page.$$('main a[href]')).not.toHaveLength(0);
    await closePage(page);
  });
});
