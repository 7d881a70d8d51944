import { LogKeeper } from '#ledger/log-keeper';
import { ownSigner } from '#ledger/testing/own-signer';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe } from './checks.js';
import { crawl, kindOf, type Seen } from './crawl.js';
import { type Example, loadExample } from './example.js';
import { signedIn } from '../http/accounts.js';
import { cardHolder, findSomething, keeperOf, nobody, staff } from './people.js';

const MINUTES = 60_000;
/** Nothing listens there: pages ask for an address, and no mail goes out. */
const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'no-reply@throughline.example' };

/** Every page that can be reached by a link, in the state in which it is found. */
describe('every page', () => {
  let server: TestServer;
  let example: Example;
  beforeAll(async () => {
    server = await startServer({ HELP_PHONE: '01234 567890', ...MAIL }, (folder) =>
      ownSigner(folder, 'example.test/log'),
    );
    await startBrowser();
    example = await loadExample(server);
    await server.app.get(LogKeeper, { strict: false }).cutNow(20_000);
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
    15 * MINUTES,
  );

  // One view for each state that a page of one's own can be in.
  it.each(['form', 'bus', 'swimming', 'evening', 'garden'])(
    'is sound for the holder of the card of “%s”',
    async (view) => {
      const holder = await cardHolder(server.url, example.codes[view] ?? '');
      const seen = await crawl(server.url, holder, ['/my-view', '/my-view/card'], /^\/my-view/);
      report('card', seen);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    'is sound for a chair',
    async () => {
      const seen = await crawl(server.url, await staff(server.url, 'chair', 'example-council'), ['/work']);
      report('chair', seen);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    'is sound for whoever answers for data protection',
    async () => {
      const officer = await staff(server.url, 'data-protection-officer', 'example-council');
      const { id } = server.engine.rows.get<{ id: string }>('SELECT id FROM participant LIMIT 1') ?? {};
      await fetch(`${server.url}/your-information`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ kind: 'copy', authority: 'example-council', name: 'Jo', contact: '01234', idempotencyKey: 'crawl' }),
      }); // prettier-ignore
      const starts = ['/data-protection', `/data-protection/people/${id}`, '/your-information/sent?kind=copy'];
      const seen = await crawl(server.url, officer, starts, /^\/data-protection/);
      report('data protection officer', seen);
      expect(seen.length).toBeGreaterThan(7);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    'is sound for an administrator of people and roles',
    async () => {
      const { cookies } = await signedIn(server, 'Ada Baker', 'example-council', ['administrator']);
      await signedIn(server, 'Charly Dent', 'example-council', ['chair']);
      await server.token('note-taker', 'example-council');
      const ada = { name: 'an administrator', cookies };
      const seen = await crawl(
        server.url,
        ada,
        ['/accounts', '/my-account', '/sign-in/devices'],
        /^\/(accounts|my-account)/,
      );
      report('administrator', seen);
      expect(seen.length).toBeGreaterThan(8);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    'is sound for somebody who keeps their views together',
    async () => {
      const cookies = await keeperOf(server, example.codes['bus'] ?? '');
      const keeper = { name: 'somebody with views', cookies };
      const seen = await crawl(server.url, keeper, ['/my-views', '/sign-in/devices', '/my-views/sign-in', `/my-views/open/${'A'.repeat(43)}`], /^\/my-views/); // prettier-ignore
      report('keeper', seen);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it(
    'of scrutiny is sound for an officer who found something and recommends something',
    async () => {
      const officer = await staff(server.url, 'scrutiny-officer', 'example-council');
      await findSomething(server, officer);
      const seen = await crawl(server.url, officer, ['/scrutiny'], /^\/scrutiny/);
      report('officer', seen);
      expect(seen.length).toBeGreaterThan(12);
      expect(faulty(seen)).toEqual([]);
    },
    15 * MINUTES,
  );

  it('that is not there says so, with a way on', async () => {
    const page = await openPage(`${server.url}/nothing-here`);
    expect(await axe(page)).toEqual([]);
    expect(await page.$$('main a[href]')).not.toHaveLength(0);
    await closePage(page);
  });
});
