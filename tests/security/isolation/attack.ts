import { decodeLeaf } from '#event-store/leaf';
import { randomId } from '#event-store/ids';
import type { Route } from '../../http/every-route.js';
import type { TestServer } from '../../http/server.js';
import { kindOf } from '../../http/form-filler.js';
import { type Asker, headersFor, nobody } from './people.js';
import type { Made, World } from './world.js';

export interface Finding {
  readonly who: string;
  readonly asked: string;
  readonly what: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Endless by design; asked over a socket in a test of its own. */
export const ENDLESS = '/api/v1/events/stream';
/** Anyone may send a view to any council: that is what the page is for. The other two end the asker's own card. */
const OWN_BUSINESS = /\/tell-us$|lost-card$|leave$/;
/** Whatever a page is for, these words are for the person and for those who work with them. */
export const NEVER_OPEN =
  /participants (name|contact)|helper|hidden|unpublished|call-back|clock words|replies (by|words)|requests|capture|tell-us (contact|helper|name)|\(private\)|checker name|review-requests why|withdrawal|people (name|contact)|reply (by|words)|fix why|take-back/;
const FORMATS = ['.json', '.csv', '.atom', '.ics', '.pdf', '/embed', '?format=json'];
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  kind: ['access-need', 'training', 'payment', 'not-what-i-said', 'view', 'promise'], step: ['about', 'evidence', 'statements'], at: ['0'], n: ['1'], index: ['0'],
  code: ['P1a', 'S13', 'S1'], measure: ['recorded'], file: ['x.json'], hash: ['0'], authority: ['example-council'],
}; // prettier-ignore

/** Asks as one kind of person after another, and remembers whatever they should not have got. */
export class Attack {
  readonly findings: Finding[] = [];
  /** Fields whose words anyone was shown at an address. */
  private readonly open = new Map<string, ReadonlySet<string>>();
  requests = 0;
  private address = 0;

  constructor(
    private readonly server: TestServer,
    private readonly world: World,
  ) {}

  /** Everything that one route can be asked for of this council. */
  urlsOf({ path }: Route): { readonly url: string; readonly missing?: string; readonly id?: string }[] {
    const { ids, authority } = this.world;
    const id = /:(id|change|card)\b/.exec(path)?.[0];
    const others = (text: string) => text.replace(/:(?!id\b|change\b|card\b)(\w+)/g, (_, name: string) => PARAMETERS[name]?.[0] ?? 'x').replace('*', '0/000'); // prettier-ignore
    if (!id) {
      const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
      const filled = names.length === 1 ? (PARAMETERS[names[0] ?? ''] ?? ['x']).map((value) => path.replace(/:\w+/, value)) : [others(path)]; // prettier-ignore
      return filled.flatMap((url) => [{ url }, ...this.filters(url), ...FORMATS.map((format) => ({ url: url + format }))]);
    }
    const missing = others(path).replace(id, randomId());
    return [...ids.values()].flat().flatMap((own) => {
      const url = others(path).replace(id, own);
      const kinds = (PARAMETERS[/:(kind|step)\b/.exec(path)?.[1] ?? ''] ?? ['']).slice(1);
      const more = kinds.map((kind) => ({ url: url.replace(/access-need|about/, kind) }));
      return [{ url, missing, id: own }, ...more, ...(path.endsWith(':id') ? FORMATS.map((format) => ({ url: url + format })) : [])];
    }).filter(({ url }) => !url.includes(`?authority=${authority}&authority`));
  } // prettier-ignore

  private filters(url: string): { url: string }[] {
    const { ids, authority } = this.world;
    const first = (kind: string) => ids.get(kind)?.[0] ?? '';
    return [
      `authority=${authority}`, `authority=${authority}&limit=100`, `authority=${authority}&status=answered`, `team=${first('team')}`, `meeting=${first('meeting')}`,
      `participant=${first('participant')}`, `stream=contribution-${first('contribution')}`, `authority=${authority}&published=false`, `owner=me&authority=${authority}`,
      `about=${first('contribution')}`, 'asOf=2030-01-01', 'limit=100', 'attribution=hidden',
    ].map((query) => ({ url: `${url}?${query}` }));
  } // prettier-ignore

  async ask(asker: Asker, method: 'GET' | 'POST', url: string, sent?: Pick<Made, 'type' | 'body'>): Promise<Answer> {
    this.requests++;
    // An address of its own each time: what is judged here is who may, not how often.
    const remoteAddress = `10.${(++this.address >> 16) & 255}.${(this.address >> 8) & 255}.${this.address & 255}`;
    const answer = await this.server.app.inject({
      method, url, remoteAddress, headers: { ...headersFor(this.server, asker, method, url), ...(sent && { 'content-type': sent.type }) }, ...(sent && { payload: sent.body }),
    });
    return { status: answer.statusCode, text: `${JSON.stringify(answer.headers)}\n${answer.body}` };
  } // prettier-ignore

  /** One GET: nothing that is not for everyone may be in the answer, and what is hidden must look like what is not there. */
  async read(asker: Asker, { url, missing, id }: ReturnType<Attack['urlsOf']>[number]): Promise<void> {
    const answer = await this.ask(asker, 'GET', url);
    await this.judge(asker, `GET ${url}`, answer, url);
    // Without a seal the bundle of what is open to everyone cannot be made; it is not hidden.
    if (missing === undefined || answer.status < 400 || answer.status === 503) return;
    const other = await this.ask(asker, 'GET', missing);
    if (other.status >= 400 && bare(answer, url, id) !== bare(other, missing, idIn(missing)))
      this.found(asker, `GET ${url}`, `answers otherwise than for what is not there: ${answer.status} and ${other.status}`);
  } // prettier-ignore

  /** A write of the council's own people, sent by somebody else: refused as if the thing were not there. */
  async write(asker: Asker, made: Made): Promise<void> {
    const answer = await this.ask(asker, 'POST', made.url, made);
    // A form that could not be saved comes back to whoever sent it with their own words.
    await this.judge(asker, `POST ${made.url}`, { ...answer, text: withoutOwn(answer.text, made.body) });
    const id = idIn(made.url);
    if (id === '' || answer.status < 400) return;
    const missing = made.url.replace(id, randomId());
    const other = await this.ask(asker, 'POST', missing, made);
    // A promise is open to everyone; that it does not answer their view may be said to the holder of a card.
    if (asker.kind === 'card' && /verdict/.test(made.url) && [400, 422].includes(answer.status)) return;
    if (bare(answer, made.url, id) !== bare(other, missing, idIn(missing)))
      this.found(asker, `POST ${made.url}`, `answers otherwise than for what is not there: ${answer.status} and ${other.status}`);
  } // prettier-ignore

  /** What the same address shows to anyone is open; all else is the council's own. */
  private async judge(asker: Asker, asked: string, { status, text }: Answer, url?: string): Promise<void> {
    const shown = this.world.canaries.found(text);
    const open = url === undefined || shown.length === 0 ? undefined : await this.openAt(url);
    for (const where of shown) {
      if (!open?.has(where)) this.found(asker, asked, `shows ${where}`);
      else if (NEVER_OPEN.test(where)) this.found(nobody, asked, `shows ${where}`);
    }
    if (status >= 500 && status !== 503) this.found(asker, asked, `answers ${status}`);
  }

  private async openAt(url: string): Promise<ReadonlySet<string>> {
    const known = this.open.get(url) ?? new Set(this.world.canaries.found((await this.ask(nobody, 'GET', url)).text));
    this.open.set(url, known);
    return known;
  }

  /** Asked for a hidden word, a search must answer as it does for a word that stands nowhere. */
  async search(asker: Asker, path: string, word: string): Promise<void> {
    const answers = await Promise.all([word, 'Qzxyzxzq'].map(async (each) => (await this.ask(asker, 'GET', `${path}?q=${each}`)).text.toLowerCase().replaceAll(each.toLowerCase(), 'word'))); // prettier-ignore
    const [found, none] = answers.map((text) => bare({ status: 0, text }, path));
    if (found !== none) this.found(asker, `GET ${path}?q=${word}`, 'tells that a hidden word is there');
  }

  /** Events of the council since a place in the record: there must be none. @param after a position of the store */
  async recorded(asker: Asker, after: string | null): Promise<void> {
    for await (const { leaf: bytes } of this.server.engine.store.readAll(after === null ? {} : { after })) {
      const leaf = decodeLeaf(bytes);
      if (leaf.about.authority === this.world.authority)
        this.found(asker, leaf.type, `was recorded for ${this.world.authority}`);
    }
  }

  /** What may be tried again as somebody else: one of a kind. */
  writes(): readonly Made[] {
    const kinds = new Map(this.world.made.map((made) => [kindOf(made.route), made]));
    return [...kinds.values()].filter(({ url }) => !OWN_BUSINESS.test(url));
  }

  /** Writes that nobody of the council carried out here: tried with nothing in them, at things of theirs. */
  blind(routes: readonly Route[]): readonly Made[] {
    const isMade = (path: string) => {
      const shape = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
      return this.world.made.some(({ url }) => shape.test(url));
    };
    return routes
      .filter(({ method, path }) => method === 'POST' && !isMade(path) && !OWN_BUSINESS.test(path))
      .map((route) => {
        const urls = this.urlsOf(route);
        const { url } = urls[Math.floor(urls.length / 2)] ?? { url: route.path };
        const isApi = url.startsWith('/api/');
        const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded';
        return { route: `POST ${route.path}`, url: url.replace(/\?.*|\.\w+$/, ''), type, body: isApi ? '{}' : 'a=b' };
      });
  }

  found(asker: Asker, asked: string, what: string): void {
    this.findings.push({ who: asker.name, asked, what });
  }
}

const withoutOwn = (text: string, sent: string): string =>
  [...sent.matchAll(/Qz[0-9a-z]{4}zq/g)].reduce((left, [word]) => left.replaceAll(word, ''), text);

const idIn = (url: string): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(url)?.[0] ?? '';

/** An answer without what must differ: the address that was asked, the id in it, the key of a form, the time. */
const bare = ({ status, text }: Answer, url: string, id = ''): string =>
  `${status} ${text.replaceAll(url, 'URL').replaceAll(id === '' ? 'no id' : id, 'ID').replace(/name="idempotencyKey" value="[^"]*"/g, '').replace(/"date":"[^"]*"/, '')}`; // prettier-ignore
