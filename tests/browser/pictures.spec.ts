import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { cardHolder, nobody, type Someone, staff } from './people.js';

/** `PICTURES=folder` keeps what a reader sees at 360 and 1280 px and on paper, to be looked at by a person. */
const folder = process.env['PICTURES'];

(folder ? describe : describe.skip)('pictures of pages', () => {
  let server: TestServer;
  let card: Someone;
  let chair: Someone;
  beforeAll(async () => {
    mkdirSync(folder ?? '', { recursive: true });
    server = await startServer({ HELP_PHONE: '01234 567890' });
    await startBrowser();
    const token = await server.token('chair', 'essex');
    const given = await fetch(`${server.url}/api/v1/contributions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        authority: 'essex',
        words: 'The day centre form is too long',
        channel: 'meeting',
        capacity: 'uses-services',
        voice: 'own',
        attribution: 'group',
      }),
    });
    card = await cardHolder(server.url, ((await given.json()) as { code: string }).code);
    chair = await staff(server.url, 'chair', 'essex');
  }, 60_000);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  const paths = (
    process.env['PICTURE_PATHS'] ??
    '/ /tell-us /my-view/code /accessibility /privacy /sign-in card:/my-view card:/my-view/card chair:/work'
  ).split(' ');
  it.each(paths)(
    '%s',
    async (spoken) => {
      const [path = '/', who] = spoken.split(':').reverse();
      const someone =
        who === 'card' ? card : who === 'chair' ? chair : who ? await staff(server.url, who, 'essex') : nobody;
      for (const width of [360, 1280]) {
        const page = await openPage(server.url + path, { width, cookies: someone.cookies });
        const name = spoken.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
        await page.screenshot({ path: join(folder ?? '', `${name}-${width}.png`), fullPage: true });
        if (width === 1280) await page.pdf({ path: join(folder ?? '', `${name}.pdf`), preferCSSPageSize: true });
        await closePage(page);
      }
    },
    60_000,
  );
});
