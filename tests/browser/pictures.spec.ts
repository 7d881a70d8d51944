import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '../http/server.js';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { signedIn } from '../http/accounts.js';
import { cardHolder, keeperOf, nobody, type Someone, staff } from './people.js';

/** `PICTURES=folder` keeps what a reader sees at 360 and 1280 px and on paper, to be looked at by a person. */
const folder = process.env['PICTURES'];

(folder ? describe : describe.skip)('pictures of pages', () => {
  let server: TestServer;
  /** Who looks, by the word before the colon; `ACCOUNT` in an address stands for somebody’s account. */
  const people = new Map<string | undefined, Someone>();
  let account = '';
  beforeAll(async () => {
    mkdirSync(folder ?? '', { recursive: true });
    server = await startServer({
      HELP_PHONE: '01234 567890',
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'no-reply@throughline.example',
    });
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
    const { code } = (await given.json()) as { code: string };
    people.set('card', await cardHolder(server.url, code));
    people.set('chair', await staff(server.url, 'chair', 'essex'));
    people.set('keeper', { name: 'keeper', cookies: await keeperOf(server, code) });
    account = (await signedIn(server, 'Charly Dent', 'essex', ['chair', 'pledge-lead'])).account;
    const administrator = await signedIn(server, 'Ada Baker', 'essex', ['administrator']);
    people.set('administrator', { name: 'administrator', cookies: administrator.cookies });
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
      const [path = '/', who] = spoken.replace('ACCOUNT', account).split(':').reverse();
      const someone = people.get(who) ?? (who ? await staff(server.url, who, 'essex') : nobody);
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
