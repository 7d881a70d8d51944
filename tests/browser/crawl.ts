import type { Page } from 'playwright-core';
import { closePage, openPage } from './browser.js';
import { axe, keyboardFaults, overflow, smallTargets } from './checks.js';
import type { Someone } from './people.js';

/** One kind of page: ids and filters aside, its address. */
export const kindOf = (path: string): string =>
  path
    .replace(/[?#].*$/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\/\d+(?=\/|$)/g, '/:n')
    .replace(/^\/(pledge|statements)\/[A-Z]\w*/, '/$1/:code')
    .replace(/^\/record\/[a-z-]+/, '/record/:kind')
    .replace(/^(\/record\/:kind\/:id)\/[a-z-]+$/, '$1/:step')
    .replace(/^\/toolkits\/(?!load$)[\w.-]+$/, '/toolkits/:code')
    .replace(/^\/pledge\/:code\/[a-z-]+$/, '/pledge/:code/:figure');

/** Leave the site, change who asks, or are no pages. */
const NOT_FOLLOWED =
  /evidence-bundle$|^\/log\/proof\/|^\/(sign-out|my-view\/leave|api\/|assets\/|reading)|\.(atom|ics|json|csv|xlsx|docx|zip)$/;

const PER_KIND = 2;

export interface Seen {
  readonly path: string;
  readonly faults: readonly string[];
}

/**
 * Follows every link from `starts` on that is `within`, up to two pages of a kind, and looks at each: status, title, one h1, contrast,
 * 320 px, targets, keyboard, nobody else's branding. Forms are sent empty, to see the page that comes back.
 */
export const crawl = async (
  url: string,
  someone: Someone,
  starts: readonly string[] = ['/'],
  within = /^\//,
): Promise<readonly Seen[]> => {
  const waiting = [...starts];
  const known = new Set(waiting);
  const kinds = new Map<string, number>();
  const seen: Seen[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const count = (kinds.get(kindOf(path)) ?? 0) + 1;
    kinds.set(kindOf(path), count);
    if (count > PER_KIND) continue;
    const { faults, links } = await look(url + path, someone, count === 1);
    seen.push({ path, faults });
    const fresh = [...new Set(links)].filter((link) => !known.has(link) && within.test(link));
    waiting.push(...fresh);
    for (const link of fresh) known.add(link);
  }
  return seen;
};

const look = async (
  url: string,
  someone: Someone,
  isFirst: boolean,
): Promise<{ faults: string[]; links: string[] }> => {
  const answer = await fetch(url, { headers: { cookie: someone.cookies.join('; ') } });
  const html = await answer.text();
  if (answer.status !== 200) return { faults: [`answers ${answer.status}`], links: [] };
  if (!/html/.test(answer.headers.get('content-type') ?? '')) return { faults: [], links: [] };
  const faults = facts(html);
  const page = await openPage(url, { cookies: someone.cookies });
  faults.push(...(await axe(page)), ...(await keyboardFaults(page)));
  const links = await page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href]')].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)`,
  );
  await closePage(page);
  const narrow = await openPage(url, {
    cookies: someone.cookies,
    width: 320,
    reading: { colours: 'yellow', size: 'large' },
  });
  faults.push(...(await axe(narrow)), ...(await overflow(narrow)), ...(await smallTargets(narrow)));
  await closePage(narrow);
  if (isFirst) faults.push(...(await sendEmpty(url, someone)));
  return { faults, links: links.filter((link) => !NOT_FOLLOWED.test(link)) };
};

const facts = (html: string): string[] => {
  const words = html.replace(/<script[\s\S]*?<\/script>/g, '');
  return [
    ...(/crown|GOV\.UK|govuk-(logo|icon)/i.test(words) ? ['looks like central government'] : []),
    ...((words.match(/<h1[\s>]/g) ?? []).length === 1 ? [] : ['has not exactly one h1']),
    ...(/<html lang="[a-z]/.test(words) ? [] : ['does not say its language']),
    ...(/<title>\s*[^–\s][^–]*– Throughline<\/title>/.test(words) ? [] : ['has no title of its own']),
    ...(/\b(undefined|null|NaN|\[object Object\])\b/.test(words.replace(/<[^>]*>/g, ' '))
      ? ['shows a value that is none']
      : []),
    ...(/\{\{|\{%|\{[a-z]+\}/i.test(words.replace(/<(code|pre|textarea)[\s\S]*?<\/\1>/g, '')) ? ['shows a brace'] : []),
  ];
};

/** Each form that asks for something, sent with nothing in it and without JavaScript. */
const sendEmpty = async (url: string, someone: Someone): Promise<string[]> => {
  const faults: string[] = [];
  const forms = `[...document.querySelectorAll('main form[method="post"]')].filter((form) => form.querySelector('textarea, input:not([type=hidden])'))`;
  const page = await openPage(url, { cookies: someone.cookies });
  const count = await page.evaluate<number>(`${forms}.length`);
  for (let at = 0; at < count; at++) {
    if (at > 0) await page.goto(url);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303),
      page.waitForEvent('load'),
      page.evaluate(
        `(() => { const form = ${forms}[${at}]; form.reset(); form.querySelectorAll('textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])').forEach((field) => { field.value = ''; }); form.submit(); })()`,
      ),
    ]);
    const status = answer.status();
    if (status >= 500) faults.push(`form ${at + 1} sent empty answers ${status}`);
    else faults.push(...(await comesBack(page, at, status)));
  }
  await closePage(page);
  return faults;
};

const comesBack = async (page: Page, at: number, status: number): Promise<string[]> => {
  const isRefused = status >= 400;
  const hasSummary = (await page.$('.govuk-error-summary')) !== null;
  const title = await page.title();
  return [
    ...(isRefused && !hasSummary ? [`form ${at + 1} sent empty has no error summary (${status})`] : []),
    ...(hasSummary && !title.startsWith('Error: ') ? [`form ${at + 1} sent empty has no “Error: ” in its title`] : []),
    ...(await axe(page)).map((fault) => `form ${at + 1} sent empty: ${fault}`),
  ];
};
