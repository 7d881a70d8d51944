import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { closePage, openPage, startBrowser, stopBrowser } from './browser.js';
import { axe, keyboardFaults, overflow, smallTargets } from './checks.js';
import { asset, styleguide } from './styleguide.js';

/** Every part in every state, in every look a reader can choose. */
const LOOKS = [
  {},
  { reading: { size: 'largest' } },
  { reading: { colours: 'cream' } },
  { reading: { colours: 'yellow', size: 'large' } },
  { reading: { easy: 'on' } },
  { contrast: 'more' },
  { forcedColors: 'active' },
] as const;

describe('the parts of a page', () => {
  let server: Server;
  let url = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      const cookie = /throughline_reading=([\w.-]+)/.exec(request.headers.cookie ?? '')?.[1];
      const type = path.endsWith('.css')
        ? 'text/css'
        : path.endsWith('.js')
          ? 'text/javascript'
          : path.endsWith('.svg')
            ? 'image/svg+xml'
            : 'text/html';
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(path.startsWith('/assets/') ? asset(path.slice('/assets/'.length)) : styleguide(cookie));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/styleguide`;
    await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await stopBrowser();
    server.close();
  });

  it.each(LOOKS)('meet WCAG 2.2 AA with %j', async (look) => {
    const page = await openPage(url, { ...look, width: 1280 });
    expect(await axe(page)).toEqual([]);
    await closePage(page);
  });

  it.each(LOOKS)('fit 320 px with %j', async (look) => {
    const page = await openPage(url, { ...look, width: 320 });
    expect(await overflow(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    await closePage(page);
  });

  it.each(LOOKS)('are walked by keyboard with %j', async (look) => {
    const page = await openPage(url, { ...look, width: 360 });
    expect(await keyboardFaults(page)).toEqual([]);
    await closePage(page);
  });

  it('start an error at its summary, whose links lead into the fields', async () => {
    const page = await openPage(url);
    expect(await page.evaluate('document.activeElement.className')).toMatch(/govuk-error-summary/);
    await page.click('.govuk-error-summary a[href="#why"]');
    expect(await page.evaluate('document.activeElement.id')).toBe('why');
    expect(await page.title()).toMatch(/^Error: /);
    await closePage(page);
  });

  /** `PICTURES=folder` keeps what a reader sees, to be looked at by a person. */
  const pictures = process.env['PICTURES'];
  (pictures ? it : it.skip).each([360, 1280])('are pictured at %i px', async (width) => {
    for (const [at, look] of LOOKS.entries()) {
      const page = await openPage(url, { ...look, width });
      await page.screenshot({ path: join(pictures ?? '', `parts-${width}-${at}.png`), fullPage: true });
      if (at < 2) await page.pdf({ path: join(pictures ?? '', `parts-${at}.pdf`), preferCSSPageSize: true });
      await closePage(page);
    }
  });

  it('look like nobody else’s pages', () => {
    const html = styleguide(undefined);
    expect(html).not.toMatch(/crown|GOV\.UK|govuk-(logo|icon)|govuk-(header|footer)/i);
    expect(html).not.toContain('<b>we</b>');
  });

  it('weigh no more than 100 KB, compressed or not', () => {
    const names = [...styleguide(undefined, false).matchAll(/\/assets\/([\w.-]+)/g)].map(([, name]) => name ?? '');
    const weight = [...new Set(names)].reduce((sum, name) => sum + Buffer.byteLength(asset(name)), 0);
    expect(weight).toBeGreaterThan(1_000);
    expect(weight).toBeLessThan(100_000);
  });
});
