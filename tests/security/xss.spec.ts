import type { Page } from 'playwright-core';
import { closePage, openPage, startBrowser, stopBrowser } from '../browser/browser.js';
import { loadExample } from '../browser/example.js';
import { cardHolder, nobody, type Someone, staff } from '../browser/people.js';
import { kindOf, Visitor } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';
import { XSS_CORPUS } from './xss-corpus.js';
import { FOREIGN_MARKUP, TRAPS, tracesIn } from './xss-look.js';
import { plant, type Planted } from './xss-planting.js';

/** One round puts one string into each field; `npm run attack:xss` goes through the whole corpus. */
const ROUNDS = Number(process.env['XSS_ROUNDS'] ?? 1);
const OPENED = Number(process.env['XSS_OPENED'] ?? 24);
const MINUTES = 60_000;
const PER_KIND = 3;
const NO_PAGE = /evidence-bundle$|^\/(log\/|sign-out|my-view\/leave|api\/|assets\/|reading|verifier)|\.(atom|ics|json|csv|zip|tlog-proof)|format=csv/; // prettier-ignore

describe('words that would run', () => {
  let server: TestServer;
  let reader: Page;
  let people: Someone[];
  const planted: Planted = { taken: new Set(), returned: [] };
  const pages = new Map<string, string>();
  const shown = { read: 0, opened: 0 };

  beforeAll(async () => {
    server = await startServer({ HELP_PHONE: '01234 567890' });
    await startBrowser();
    const { codes } = await loadExample(server);
    const chair = await staff(server.url, 'chair', 'example-council');
    people = [nobody, chair, await cardHolder(server.url, codes['form'] ?? '')];
    reader = await openPage('about:blank');
  }, 2 * MINUTES);
  afterAll(async () => {
    console.log(JSON.stringify({ figure: 'security.xss', strings: XSS_CORPUS.length, rounds: ROUNDS, fields: planted.taken.size, returned: planted.returned.length, ...shown })); // prettier-ignore
    await stopBrowser();
    await server.close();
  });

  const foreignIn = (html: string): Promise<string[]> => {
    shown.read++;
    return reader.evaluate<string[]>(`(${FOREIGN_MARKUP})(${JSON.stringify(html)})`);
  };

  /** Every page that each of them finds, at most three of a kind. */
  const collect = async (): Promise<void> => {
    for (const { name, cookies } of people) {
      const visitor = new Visitor(server.url, cookies);
      const waiting = ['/', '/my-view', '/my-view/card', '/work'];
      const known = new Set(waiting);
      const kinds = new Map<string, number>();
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        const count = (kinds.get(kindOf(path)) ?? 0) + 1;
        kinds.set(kindOf(path), count);
        if (count > PER_KIND) continue;
        const { html } = await visitor.get(path);
        if (html) pages.set(`${name} ${path}`, html);
        for (const [, link = ''] of html.matchAll(/<a[^>]* href="(\/[^"]*)"/g)) {
          const to = link.replaceAll('&amp;', '&').replace(/#.*/, '');
          if (!known.has(to) && !NO_PAGE.test(to)) waiting.push(to);
          known.add(to);
        }
      }
    }
  };

  it('are found if they stand in a page as markup', async () => {
    const missed: string[] = [];
    for (const each of XSS_CORPUS.filter((text) => /^<(?!!)/.test(text)))
      if ((await foreignIn(`<main>${each}</main>`)).length === 0) missed.push(each);
    // Without a template's mistake these close or open nothing.
    expect(missed.filter((each) => !/^<(scr<|body|form|\/|noscript)/.test(each))).toEqual([]);
    expect(await foreignIn('<a href="java\tscript:x">x</a>')).toEqual(['href=java\tscript:x']);
    expect(await foreignIn('<script src="/assets/a.js"></script><p>&lt;x-xss&gt;</p>')).toEqual([]);
    expect(XSS_CORPUS.length).toBeGreaterThanOrEqual(60);
  });

  it(
    'stay words on every page that shows them',
    async () => {
      const found: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const [, chair, holder] = people.map(({ cookies }) => new Visitor(server.url, cookies));
        // First the holder: what a chair does may end a card.
        await plant(holder!, ['/my-view', '/my-view/card'], /^\/my-view/, round * 7, planted);
        await plant(chair!, ['/work', '/'], /^\//, round * 7 + 3, planted);
        pages.clear();
        await collect();
        for (const [path, html] of [...pages, ...planted.returned.splice(0).map((html) => ['returned', html] as const)])
          for (const each of await foreignIn(html)) found.push(`${path}: ${each}`);
      }
      expect(found).toEqual([]);
      expect([...pages.values()].filter((html) => html.includes('&lt;')).length).toBeGreaterThan(10);
      expect(planted.taken.size).toBeGreaterThan(20);
    },
    60 * MINUTES,
  );

  it(
    'run nothing and break no policy in a real browser',
    async () => {
      const chosen = [...pages.keys()].filter((path) => pages.get(path)?.includes('&lt;')).slice(0, OPENED);
      const faults: string[] = [];
      for (const each of people) {
        const page = await openPage('about:blank');
        await page.context().addInitScript(TRAPS);
        page.on('dialog', (dialog) => void dialog.dismiss().finally(() => faults.push('dialog')));
        await page.context().addCookies(each.cookies.map((cookie) => ({ name: cookie.split('=')[0]!, value: cookie.slice(cookie.indexOf('=') + 1), url: server.url }))); // prettier-ignore
        for (const key of chosen.filter((name) => name.startsWith(`${each.name} /`))) {
          const path = key.slice(each.name.length + 1);
          await page.goto(server.url + path, { waitUntil: 'load' });
          shown.opened++;
          faults.push(...(await tracesIn(page)).map((trace) => `${path}: ${trace}`));
        }
        await closePage(page);
      }
      expect(faults).toEqual([]);
      expect(shown.opened).toBeGreaterThan(10);
    },
    10 * MINUTES,
  );

  it('a trap is sprung by a page that runs something', async () => {
    const page = await openPage('about:blank');
    await page.context().addInitScript(TRAPS);
    await page.goto(`${server.url}/`);
    await page.evaluate(`document.body.insertAdjacentHTML`).catch(() => undefined);
    await page.evaluate(`(() => { const i = document.createElement('img'); i.src = 'https://evil.example/x'; document.body.append(i); window.xss = 1; alert(1); })()`); // prettier-ignore
    await page.waitForFunction('window.traces.length > 1');
    expect((await tracesIn(page)).join()).toMatch(/alert.*policy: img-src|policy: img-src.*alert/);
    await closePage(page);
  });

  it('in an address are no markup in the answer, and open no other site', async () => {
    const places = ['/search?q=', '/decisions?after=', '/pledge-log?state=', '/tell-us?team=', '/?done=', '/service-changes?team=', '/gaps?kind=', '/overdue?authority=', '/pledge/', '/decisions/', '/teams/', '/nothing/', '/evidence/', '/my-view/ask/', '/commitments/', '/reading?path=', '/sign-in/with/']; // prettier-ignore
    const found: string[] = [];
    let sent = 0;
    for (const place of places)
      for (const text of XSS_CORPUS) {
        const path = place + encodeURIComponent(text);
        const answer = await fetch(server.url + path, { redirect: 'manual' });
        sent++;
        const to = answer.headers.get('location') ?? '/';
        if (new URL(to, server.url).origin !== server.url) found.push(`${path} → ${to}`);
        if (answer.headers.get('set-cookie')?.includes('xss=1')) found.push(`${path} sets a cookie`);
        const html = await answer.text();
        if (!/[<>"']/.test(text) || !/html/.test(answer.headers.get('content-type') ?? '')) continue;
        if (html.includes(text)) found.push(`${path} stands as it is`);
      }
    console.log(JSON.stringify({ figure: 'security.xss.reflected', sent, found: found.length }));
    expect(found).toEqual([]);
  }, 120_000);

  it('are words in feeds, calendars and tables too', async () => {
    const feed = await (await fetch(`${server.url}/decisions.atom`)).text();
    const odd = await reader.evaluate<string[]>(`((xml) => {
      const names = [...new DOMParser().parseFromString(xml, 'application/xml').querySelectorAll('*')].map((each) => each.localName);
      return [...new Set(names)].sort();
    })(${JSON.stringify(feed)})`);
    expect(odd).toEqual(['author', 'entry', 'feed', 'id', 'link', 'name', 'published', 'summary', 'title', 'updated']);
    const meetings = server.engine.rows.all<{ id: string }>('SELECT id FROM meeting').map(({ id }) => id);
    for (const id of meetings) {
      const calendar = await (await fetch(`${server.url}/meetings/${id}.ics`)).text();
      expect(calendar.split(/\r\n|\r|\n/).filter((line) => /^(ATTACH|Set-Cookie)/.test(line))).toEqual([]);
    }
  });
});
