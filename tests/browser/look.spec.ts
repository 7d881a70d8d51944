import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { type Example, loadExample } from './example.js';
import { cardHolder, nobody, type Someone, staff } from './people.js';

/** What no checker of markup sees: where things stand on a screen and on paper. */
describe('the look of pages', () => {
  let server: TestServer;
  let example: Example;
  let chair: Someone;
  let holder: Someone;
  beforeAll(async () => {
    server = await startServer({ HELP_PHONE: '01632 960 001' });
    example = await loadExample(server);
    chair = await staff(server.url, 'chair', 'example-council');
    holder = await cardHolder(server.url, example.codes['bus'] ?? '');
    await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  it('fills the window, whatever the reader chose', async () => {
    for (const reading of [{}, { easy: 'on' }, { colours: 'yellow', size: 'largest', easy: 'on' }]) {
      const page = await openPage(`${server.url}/my-view`, { ...holder, reading });
      expect([reading, await page.evaluate('document.body.clientWidth === document.documentElement.clientWidth')]).toEqual([reading, true]); // prettier-ignore
      await closePage(page);
    }
  }, 60_000);

  it('begins on the first screen of a phone, with a menu that needs no script', async () => {
    const page = await openPage(`${server.url}/work`, { ...chair, width: 360, height: 740, javaScript: false });
    expect(await page.evaluate(`document.querySelector('h1').getBoundingClientRect().top`)).toBeLessThan(340);
    expect(await page.isVisible('.tl-nav a[href="/search"]')).toBe(false);
    await page.click('.tl-menu summary');
    expect(await page.isVisible('.tl-nav a[href="/search"]')).toBe(true);
    await closePage(page);
    const wide = await openPage(`${server.url}/work`, { ...chair, width: 1280, javaScript: false });
    expect(await wide.isVisible('.tl-nav a[href="/search"]')).toBe(true);
    expect(await wide.isVisible('.tl-menu summary')).toBe(false);
    await closePage(wide);
  }, 60_000);

  it('has a menu of one line on a computer, whoever is signed in', async () => {
    const roles = ['chair', 'scrutiny-officer', 'data-protection-officer', 'administrator'];
    const people = await Promise.all(roles.map((role) => staff(server.url, role, 'example-council')));
    for (const someone of [nobody, holder, ...people]) {
      const page = await openPage(`${server.url}/decisions`, { ...someone, width: 1280 });
      const tops = await page.evaluate<number[]>(`[...document.querySelectorAll('.tl-nav a')].map((link) => link.getBoundingClientRect().top)`); // prettier-ignore
      expect([someone.name, tops.length > 5, new Set(tops).size]).toEqual([someone.name, true, 1]);
      await closePage(page);
    }
  }, 60_000);

  it('keeps the words of a printed card inside its edge, and prints the code with a view', async () => {
    const recorded = server.engine.rows.get<{ id: string }>('SELECT id FROM meeting WHERE recorded_at IS NOT NULL');
    const page = await openPage(`${server.url}/meetings/${recorded?.id ?? ''}/cards`, { ...chair, width: 680 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.$$('.tl-take-home')).not.toHaveLength(0);
    expect(
      await page.evaluate(`[...document.querySelectorAll('.tl-take-home')].filter((card) => card.lastElementChild.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom).length`), // prettier-ignore
    ).toBe(0);
    await closePage(page);
    const mine = await openPage(`${server.url}/my-view`, holder);
    expect(await mine.isVisible('.tl-code')).toBe(false);
    await mine.emulateMedia({ media: 'print' });
    expect(await mine.isVisible('.tl-code')).toBe(true);
    await closePage(mine);
  }, 60_000);
});
