import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export interface Look {
  /** Default true; without it nothing of ours runs, but the checks still can. */
  readonly javaScript?: boolean;
  /** CSS pixels; default 1280. */
  readonly width?: number;
  readonly height?: number;
  /** What the reading panel was set to. */
  readonly reading?: { readonly size?: string; readonly colours?: string; readonly easy?: string };
  readonly contrast?: 'more';
  readonly forcedColors?: 'active';
  /** Cookies of the site, as `name=value`. */
  readonly cookies?: readonly string[];
}

let running: Browser | undefined;

/**
 * One browser a test file. Where none can be found the tests fail: a check that did not run must not look like one that
 * passed.
 */
export const startBrowser = async (): Promise<void> => {
  const executablePath = await findChromium();
  if (!executablePath)
    throw new Error('No browser to test with. Run `npm ci` on Linux x64, or set CHROME_PATH to a Chrome or Chromium.');
  running = await chromium.launch({ executablePath, args: FLAGS, headless: true });
};

export const stopBrowser = async (): Promise<void> => {
  await running?.close();
  running = undefined;
};

/** A window of its own, with its own cookies. Close it with `closePage`. */
export const openPage = async (url: string, look: Look = {}): Promise<Page> => {
  if (!running) throw new Error('Call startBrowser() first.');
  const { size = 'normal', colours = 'standard', easy = 'off' } = look.reading ?? {};
  const context = await running.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 900 },
    javaScriptEnabled: look.javaScript ?? true,
    locale: 'en-GB',
    ...(look.contrast && { contrast: look.contrast }),
    ...(look.forcedColors && { forcedColors: look.forcedColors }),
  });
  if (url.startsWith('http'))
    await context.addCookies(
      cookiesOf(url, [`throughline_reading=${size}.${colours}.${easy}`, ...(look.cookies ?? [])]),
    );
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  return page;
};

export const closePage = (page: Page): Promise<void> => page.context().close();

const cookiesOf = (url: string, cookies: readonly string[]): Parameters<BrowserContext['addCookies']>[0] =>
  cookies.map((cookie) => {
    const at = cookie.indexOf('=');
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: new URL(url).origin };
  });
