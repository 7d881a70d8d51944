import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { loadExample } from './example.js';

/** A4 without the margins of our print style, in CSS pixels. */
const A4 = { width: Math.floor(((210 - 32) / 25.4) * 96), height: Math.floor(((297 - 38) / 25.4) * 96) };

describe('an audit on paper', () => {
  let server: TestServer;
  let commitments: readonly { readonly id: string; readonly number: string }[];
  beforeAll(async () => {
    server = await startServer();
    await loadExample(server);
    commitments = server.engine.rows.all('SELECT id, number FROM commitment ORDER BY number');
    await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  it('has verdict and twelve answers on one front page of A4, and the entries from the next page on', async () => {
    expect(commitments).toHaveLength(4);
    for (const { id, number } of commitments) {
      const page = await openPage(`${server.url}/commitments/${id}`, { ...A4, javaScript: false });
      await page.emulateMedia({ media: 'print' });
      const bottom = await page.evaluate<number>(`document.querySelector('.tl-front').getBoundingClientRect().bottom`);
      expect([number, bottom > 300 && bottom <= A4.height]).toEqual([number, true]);
      const after = await page.evaluate(`getComputedStyle(document.querySelector('.tl-front')).breakAfter`);
      expect([after, await page.locator('.tl-question').count()]).toEqual(['page', 12]);
      expect(await page.isVisible('form')).toBe(false);
      await closePage(page);
    }
  }, 60_000);

  it('prints the whole pledge in black on white, without what only a screen needs', async () => {
    const page = await openPage(`${server.url}/pledge`, { ...A4, javaScript: false });
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#S20')).toBe(true);
    expect(await page.isVisible('.tl-menu')).toBe(false);
    expect(await page.evaluate(`document.documentElement.scrollWidth <= ${A4.width}`)).toBe(true);
    await closePage(page);
  }, 60_000);
});
