import type { Page } from 'playwright-core';
import { closePage, openPage, startBrowser, stopBrowser } from '../browser/browser.js';
import { signedIn } from '../http/accounts.js';
import { type Route, routesOf } from '../http/every-route.js';
import { kindOf, Visitor } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';
import { Canaries } from './isolation/canaries.js';
import { WorldBuilder } from './isolation/world.js';
import { XSS_CORPUS } from './xss-corpus.js';
import { FOREIGN_MARKUP, TRAPS, tracesIn } from './xss-look.js';

const MINUTES = 60_000;
const OPENED = Number(process.env['XSS_OPENED'] ?? 24);
const PER_KIND = 2;
/** Pages that each of them opens; `npm run attack:xss` opens all. */
const MOST = process.env['XSS_OPENED'] ? 10_000 : 150;
const ROLES = ['chair', 'owner', 'scrutiny-officer', 'data-protection-officer', 'administrator'] as const;
const NO_PAGE = /evidence-bundle$|^\/(log\/|sign-out|my-view\/leave|api\/|assets\/|reading|verifier)|\.(atom|ics|json|csv|zip|tlog-proof)|format=csv/; // prettier-ignore
/** Fields of one line take no more than one. */
const ON_ONE_LINE = XSS_CORPUS.filter((text) => !/[\p{Cc}\p{Cf}]/u.test(text));

const NAME = '<i onpointerover=prompt(7)>Zelda</i>';

/** Strings of the corpus in the place of words: one after another, each counted. */
class Strings extends Canaries {
  planted = 0;
  override in(where: string): string {
    // A name that stands in other words too would be asked about: this one stands in none.
    if (where.endsWith('participants name')) return NAME;
    return ON_ONE_LINE[this.planted++ % ON_ONE_LINE.length] ?? '';
  }
}

/** S5 where no form leads: every field of the API, names that a council's own sign-in gives, names of files; also on paper. */
describe('words that would run, from a program or a sign-in', () => {
  let server: TestServer;
  let reader: Page;
  const strings = new Strings();
  const people: { readonly name: string; readonly cookies: readonly string[] }[] = [{ name: 'anyone', cookies: [] }];
  const pages = new Map<string, string>();
  const fileNames: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    const routes: Route[] = routesOf(server);
    const world = await new WorldBuilder(server, routes, strings).build();
    for (const { name, headers } of world.cards) people.push({ name, cookies: [headers['cookie'] ?? ''] });
    for (const [n, role] of ROLES.entries()) {
      // As the claim says it, without what the sign-in takes out of a name.
      const { cookies } = await signedIn(server, XSS_CORPUS[n * 9] ?? '', world.authority, [role]);
      people.push({ name: role, cookies });
    }
    for (const text of ON_ONE_LINE.filter((each) => each.includes('<')).slice(0, 12)) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ authority: world.authority, capacity: 'uses-services', voice: 'own', attribution: 'group' })) form.set(name, value); // prettier-ignore
      form.set('file', new Blob([Buffer.from(PNG, 'base64')], { type: 'image/png' }), `${text}.png`);
      const answer = await fetch(`${server.url}/tell-us`, { method: 'POST', body: form, redirect: 'manual' });
      fileNames.push(await answer.text());
    }
    await startBrowser();
    reader = await openPage('about:blank');
  }, 10 * MINUTES);
  afterAll(async () => {
    await stopBrowser();
    await server.close();
  });

  const foreignIn = (html: string): Promise<string[]> =>
    reader.evaluate<string[]>(`(${FOREIGN_MARKUP})(${JSON.stringify(html)})`);

  it(
    'stay words on every page that any of them can open',
    async () => {
      const found: string[] = [];
      for (const html of fileNames) found.push(...(await foreignIn(html)));
      for (const { name, cookies } of people) {
        const visitor = new Visitor(server.url, cookies);
        const waiting = new Set(['/', '/my-view', '/my-view/card', '/work', '/requests', '/views', '/scrutiny', '/data-protection', '/accounts', '/my-account']); // prettier-ignore
        const kinds = new Map<string, number>();
        let looked = 0;
        for (const path of waiting) {
          const count = (kinds.get(kindOf(path)) ?? 0) + 1;
          kinds.set(kindOf(path), count);
          if (count > PER_KIND || ++looked > MOST) continue;
          const { html } = await visitor.get(path);
          for (const [, link = ''] of html.matchAll(/<a[^>]* href="(\/[^"#]*)/g))
            if (!NO_PAGE.test(link)) waiting.add(link.replaceAll('&amp;', '&'));
          if (!html) continue;
          pages.set(`${name} ${path}`, html);
          for (const each of await foreignIn(html)) found.push(`${name} ${path}: ${each}`);
        }
      }
      const showing = [...pages.values()].filter((html) => html.includes('&lt;')).length;
      console.log(JSON.stringify({ figure: 'security.xss.api', strings: ON_ONE_LINE.length, planted: strings.planted, people: people.length, pages: pages.size, showing, fileNames: fileNames.length, found: found.length })); // prettier-ignore
      expect(found).toEqual([]);
      expect(strings.planted).toBeGreaterThan(300);
      expect(showing).toBeGreaterThan(30);
      expect([...pages].some(([path, html]) => path.startsWith('administrator /accounts') && html.includes('&lt;'))).toBe(true); // prettier-ignore
    },
    20 * MINUTES,
  );

  it(
    'run nothing in a real browser, on the screen or on paper',
    async () => {
      const faults: string[] = [];
      let opened = 0;
      for (const { name, cookies } of people) {
        const page = await openPage('about:blank');
        await page.context().addInitScript(TRAPS);
        page.on('dialog', (dialog) => void dialog.dismiss().finally(() => faults.push('dialog')));
        await page.context().addCookies(cookies.filter(Boolean).map((cookie) => ({ name: cookie.split('=')[0]!, value: cookie.slice(cookie.indexOf('=') + 1), url: server.url }))); // prettier-ignore
        const own = [...pages].filter(([path, html]) => path.startsWith(`${name} /`) && html.includes('&lt;'));
        for (const [path] of own.slice(0, Math.ceil(OPENED / people.length))) {
          await page.goto(server.url + path.slice(name.length + 1), { waitUntil: 'load' });
          await page.emulateMedia({ media: 'print' });
          await page.pdf();
          opened++;
          faults.push(...(await tracesIn(page)).map((trace) => `${path}: ${trace}`));
          await page.emulateMedia({ media: 'screen' });
        }
        await closePage(page);
      }
      console.log(JSON.stringify({ figure: 'security.xss.print', opened, faults: faults.length }));
      expect(faults).toEqual([]);
      expect(opened).toBeGreaterThan(10);
    },
    20 * MINUTES,
  );
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
