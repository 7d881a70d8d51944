import type { Role } from '#kernel/codes';
import { type Route, routesOf } from '../http/every-route.js';
import { startServer, type TestServer } from '../http/server.js';
import { kindOf } from '../http/form-filler.js';
import { Attack, ENDLESS } from './isolation/attack.js';
import { type Asker, cardOf, everyoneOf, nobody } from './isolation/people.js';
import { type World, WorldBuilder } from './isolation/world.js';
import { WatchedReads } from './reads-watched.js';

const MINUTES = 60_000;
/** Addresses of one kind that one reader opens. */
const PER_KIND = Number(process.env['READS_PER_KIND'] ?? 1);
const ALL = PER_KIND > 1;
const SESSIONS: readonly Role[] = ['chair', 'owner', 'scrutiny-officer', 'data-protection-officer', 'administrator'];
const TOKENS: readonly Role[] = ['chair', 'data-protection-officer'];
/** Ends a session, hands a device on, or never ends. */
const LEFT_ALONE =
  /^\/(sign-out|my-account|my-view\/leave|reading|assets|log\/|verifier)|evidence-bundle$|events\/stream/;

/**
 * P14 of the promises: every read of what is personal leaves one line, and nothing else does. Every route there is, as every
 * kind of reader of the council whose people it is about.
 */
describe('a read of what is not for everyone', () => {
  let server: TestServer;
  let routes: Route[];
  let world: World;
  let attack: Attack;
  let watched: WatchedReads;
  let readers: readonly Asker[];
  beforeAll(async () => {
    server = await startServer();
    routes = routesOf(server);
    world = await new WorldBuilder(server, routes).build();
    const everyone = await everyoneOf(server, world.authority);
    readers = [nobody, ...world.cards, await cardOf(server, world.authority, 'supporter', 'see'), ...everyone.filter(({ kind }) => kind !== 'anyone')]
      // Whoever reads what another of the list reads too is asked by `npm run attack:reads` only.
      .filter(({ kind, role }, n) => ALL || kind === 'anyone' || (role ? (kind === 'staff' ? SESSIONS : TOKENS).includes(role) : n < 5)); // prettier-ignore
    attack = new Attack(server, world);
    watched = new WatchedReads(server);
    await watched.since();
  }, 10 * MINUTES);
  afterAll(() => server.close());

  it(
    'leaves one line for each person and kind, on every route, and no other request leaves any',
    async () => {
      const sum = { requests: 0, opened: 0, reads: 0, noted: 0 };
      const [opening, noting] = [new Set<string>(), new Set<string>()];
      const faults: string[] = [];
      const one = async (asker: Asker, method: 'GET' | 'POST', url: string, route: string, sent?: { type: 'application/x-www-form-urlencoded' | 'application/json'; body: string }) => {
        const { status, text } = await attack.ask(asker, method, url, sent);
        const { opened, counted, noted } = await watched.since();
        sum.requests++;
        sum.opened += opened;
        sum.noted += noted.length;
        if (opened > 0) opening.add(`${method} ${route}`);
        // A cookie counts on pages only; a card opens its own view, and whoever helps is noted.
        const isKnown = asker.kind === 'token' || (asker.kind !== 'anyone' && !(asker.kind === 'staff' && url.startsWith('/api/')));
        const notes = isKnown && (asker.kind !== 'card' || asker.name.includes('supporter'));
        const copied = status < 400 && /^\/data-protection\/people\/([0-9a-f-]{36})\/copy(\.json)?$/.exec(url)?.[1];
        const expected = !notes ? [] : copied ? [...counted, `copy of ${copied}`].sort() : counted;
        if (!isKnown && counted.length > 0) faults.push(`anyone: ${method} ${url} opened ${counted.join(', ')}`);
        sum.reads += expected.length;
        if (noted.length > 0) noting.add(`${method} ${route}`);
        if (noted.join('\n') !== expected.join('\n')) faults.push(`${asker.name}: ${method} ${url} opened ${expected.join(', ') || 'nothing that counts'}, noted ${noted.join(', ') || 'nothing'}`);
        return { status, text };
      };
      /** What there is to open: tried with every id there is, as somebody whom the route lets in. */
      const live: string[] = [];
      for (const route of routes.filter(({ method, path }) => method === 'GET' && path !== ENDLESS && !path.includes('*'))) {
        const asker = readers.find(({ kind, role }) => kind === (route.path.startsWith('/api/') ? 'token' : 'staff') && role && (route.allowed?.includes(role) || route.allowed?.includes('anyone'))) ?? nobody;
        const urls = attack.urlsOf(route).map(({ url }) => url).filter((url) => !LEFT_ALONE.test(url) && !/\?/.test(url));
        const kinds = new Map<string, number>();
        for (const url of urls) {
          if ((kinds.get(kindOf(url)) ?? 0) >= PER_KIND) continue;
          if ((await one(asker, 'GET', url, kindOf(url))).status >= 400) continue;
          kinds.set(kindOf(url), (kinds.get(kindOf(url)) ?? 0) + 1);
          live.push(url);
        }
      }
      for (const asker of readers) {
        const kinds = new Map<string, number>();
        const waiting = new Set(live);
        for (const url of waiting) {
          const count = (kinds.get(kindOf(url)) ?? 0) + 1;
          kinds.set(kindOf(url), count);
          // A cookie counts on pages only.
          if (count > PER_KIND || (asker.kind === 'token' ? !url.startsWith('/api/') : asker.kind !== 'card' && url.startsWith('/api/'))) continue;
          const { status, text } = await one(asker, 'GET', url, kindOf(url));
          // Pages of what has no event, and so no id above: found as a person finds them.
          for (const [, link = ''] of status < 400 ? text.matchAll(/<a[^>]* href="(\/[^"#]*)/g) : [])
            if (!LEFT_ALONE.test(link)) waiting.add(link.replaceAll('&amp;', '&'));
        }
        // A form that comes back shows its page again.
        for (const { path, allowed } of routes.filter(({ method }) => method === 'POST')) {
          if (LEFT_ALONE.test(path) || path.startsWith('/api/') || !(allowed?.includes('anyone') || (asker.role && allowed?.includes(asker.role)))) continue;
          const pages = live.filter((url) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(url)).slice(0, PER_KIND);
          for (const url of pages) await one(asker, 'POST', url, kindOf(url), { type: 'application/x-www-form-urlencoded', body: 'a=b' });
        }
      }
      console.log(JSON.stringify({ figure: 'reads.every-route', routes: routes.length, readers: readers.length, ...sum, openingKinds: opening.size, notingKinds: noting.size, faults: faults.length }));
      expect(faults.slice(0, 20)).toEqual([]);
      expect(sum.noted).toBe(sum.reads);
    },
    30 * MINUTES,
  ); // prettier-ignore
});
