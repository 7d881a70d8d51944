import type { Field, HtmlForm } from './html-forms.js';
import { formsIn } from './html-forms.js';
import { day } from './bodies.js';

/** A visitor without JavaScript: follows links, fills in forms, sends them. */
export class Visitor {
  constructor(
    private readonly url: string,
    private readonly cookies: readonly string[],
  ) {}

  async get(path: string): Promise<{ status: number; html: string }> {
    const answer = await fetch(this.url + path, { headers: { cookie: this.cookies.join('; ') }, redirect: 'manual' });
    const isPage = /html/.test(answer.headers.get('content-type') ?? '');
    const text = await answer.text();
    return { status: answer.status, html: isPage ? text : '' };
  }

  async send(
    action: string,
    body: string,
    cookies = this.cookies,
  ): Promise<{ status: number; html: string; to: string }> {
    const answer = await fetch(this.url + action, {
      method: 'POST',
      redirect: 'manual',
      // A browser names where a form comes from.
      headers: { cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded', origin: this.url },
      body,
    });
    return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') ?? '' };
  }

  /** One form of each kind that can be reached from `starts`, with the page it stands on. */
  async forms(starts: readonly string[], within: RegExp): Promise<{ page: string; action: string }[]> {
    const waiting = [...starts];
    const known = new Set(waiting);
    const pages = new Map<string, number>();
    const found = new Map<string, { page: string; action: string }>();
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
      const count = (pages.get(kindOf(page)) ?? 0) + 1;
      pages.set(kindOf(page), count);
      if (count > MOST_OF_A_KIND) continue;
      const { html } = await this.get(page);
      for (const { action } of formsIn(html))
        if (!found.has(kindOf(action))) found.set(kindOf(action), { page, action });
      for (const [, link = ''] of html.matchAll(/<a[^>]* href="(\/[^"]*)"/g)) {
        const path = link.replaceAll('&amp;', '&').replace(/#.*/, '');
        if (known.has(path) || !within.test(path) || NOT_FOLLOWED.test(path)) continue;
        known.add(path);
        waiting.push(path);
      }
    }
    return [...found.values()].filter(({ action }) => !NOT_SENT.test(action));
  }

  /** The form as it stands on its page now. */
  async fresh({ page, action }: { page: string; action: string }): Promise<HtmlForm> {
    const { html } = await this.get(page);
    const form = formsIn(html).find((each) => each.action === action);
    if (!form) throw new Error(`the form ${kindOf(action)} is no longer on ${kindOf(page)}`);
    return form;
  }
}

const MOST_OF_A_KIND = 4;
const NOT_FOLLOWED = /^\/(sign-out|my-view\/leave|api\/|assets\/|reading)|\.(atom|ics|json|csv)$/;
/** The example may be loaded once only, reading settings record nothing, and whoever signs out sees no more forms. */
const NOT_SENT = /^\/(example|reading|my-account\/sign-out)/;

/** The forms of facts are one form, made from their definitions: `fact-pages.spec.ts` fills in each. */
export const kindOf = (path: string): string =>
  path.replace(/[?#].*$/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\/\d+(?=\/|$)/g, '/:n')
    .replace(/^\/record\/[a-z-]+/, '/record/:kind').replace(/^(\/record\/:kind\/:id)\/[a-z-]+$/, '$1/:step'); // prettier-ignore

const TODAY = new Set(['day', 'givenOn', 'from', 'occurredAt']);

/** What a careful person would put there. */
export const wellFilled = (form: HtmlForm): Record<string, string> =>
  Object.fromEntries(
    form.fields.flatMap((field) => {
      const value = goodValue(field);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );

const goodValue = ({ name, kind, value, options }: Field): string | undefined => {
  if (kind === 'file') return undefined;
  if (kind === 'hidden') return value;
  if (kind === 'tick') return options[0];
  if (kind === 'choice' || kind === 'button') return value || options.find((each) => each !== '');
  if (kind === 'date') return day(TODAY.has(name) ? 0 : 90);
  if (kind === 'number') return '3';
  if (name === 'time') return '14:30';
  if (name === 'url') return 'https://example.org/proof';
  return `Words for ${name}`;
};

export const encoded = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
