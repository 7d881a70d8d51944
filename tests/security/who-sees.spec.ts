import type { Audience } from '#engine/who-sees';
import { audienceOf } from '#engine/who-sees-what';
import { whileNoticing } from '#vault/noticing';
import { loadExample } from '../browser/example.js';
import { cardHolder, nobody, type Someone, staff } from '../browser/people.js';
import { concrete, routesOf } from '../http/every-route.js';
import { encoded, kindOf, Visitor, wellFilled } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';

const MINUTES = 60_000;
const PER_KIND = 3;
const NO_PAGE = /evidence-bundle$|^\/(log\/|sign-out|my-view\/leave|api\/|assets\/|reading|verifier)|\.(atom|ics|csv|zip|tlog-proof)|format=csv/; // prettier-ignore
const PUBLIC: readonly Audience[] = ['everyone', 'view', 'kept'];

/** What somebody may be shown at most. Everything that is opened for a request counts, whether a page shows it or not. */
const MAY: Readonly<Record<string, readonly Audience[]>> = {
  anyone: PUBLIC,
  'the holder of a card': [...PUBLIC, 'recorders', 'staff'],
  'a owner of example-council': [...PUBLIC, 'staff', 'finding', 'fact', 'facts'],
  'a chair of essex': PUBLIC,
};

type Opened = Map<string, { event: string; field: string; at: string }>;
const beyond = (opened: Opened, may: readonly Audience[], audience = audienceOf): string[] =>
  [...opened.values()].filter((each) => !may.includes(audience(each) ?? 'copy')).map(({ event, field, at }) => `${event}.${field} at ${at}`); // prettier-ignore

describe('sealed words are opened for nobody but whom the page names', () => {
  let server: TestServer;
  let people: Someone[];
  let opened: Opened = new Map();
  let at = '';
  beforeAll(async () => {
    server = await startServer();
    const { codes } = await loadExample(server);
    const chair = new Visitor(server.url, (await staff(server.url, 'chair', 'example-council')).cookies);
    let n = 0;
    // Beside what the example tells: one of each form, so that more kinds of entries are there.
    for (const place of await chair.forms(['/work', '/'], /^\//)) {
      const form = /sign-|withdraw/.test(place.action) ? undefined : await chair.fresh(place).catch(() => undefined);
      if (form) await chair.send(place.action, encoded({ ...wellFilled(form), idempotencyKey: `seen ${n++}` }));
    }
    await server.engine.caughtUp(await server.engine.store.head());
    people = [nobody, await cardHolder(server.url, codes['bus'] ?? ''), await staff(server.url, 'owner', 'example-council'), await staff(server.url, 'chair', 'essex')]; // prettier-ignore
    const { vault } = server.engine;
    const open = vault.open.bind(vault);
    const listening = (...args: Parameters<typeof open>) => whileNoticing((what) => {
      if (!('type' in what)) return;
      const event = what.type.replace(/\.v\d+$/, '').replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const field = what.pointer.split('/')[1] ?? '';
      opened.set(`${event}.${field}`, { event, field, at });
    }, () => open(...args)); // prettier-ignore
    vault.open = listening as typeof vault.open;
  }, 3 * MINUTES);
  afterAll(() => server.close());

  const walk = async ({ cookies }: Someone, starts: readonly string[]): Promise<number> => {
    const visitor = new Visitor(server.url, cookies);
    const waiting = [...starts];
    const known = new Set(waiting);
    const kinds = new Map<string, number>();
    let pages = 0;
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const count = (kinds.get(kindOf(path)) ?? 0) + 1;
      kinds.set(kindOf(path), count);
      if (count > PER_KIND) continue;
      at = `GET ${kindOf(path)}`;
      pages++;
      for (const [, link = ''] of (await visitor.get(path)).html.matchAll(/<a[^>]* href="(\/[^"]*)"/g)) {
        const to = link.replaceAll('&amp;', '&').replace(/#.*/, '');
        if (!known.has(to) && !NO_PAGE.test(to)) waiting.push(to);
        known.add(to);
      }
    }
    return pages;
  };

  it('by anyone, with a card, by an owner, or by the chair of another council, on every page and list', async () => {
    const found: string[] = [];
    let pages = 0;
    const fields = new Set<string>();
    for (const someone of people) {
      opened = new Map();
      pages += await walk(someone, ['/', '/my-view', '/work', '/scrutiny', '/requests', '/councils']);
      for (const route of routesOf(server).filter(({ method, path }) => method === 'GET' && path.startsWith('/api/') && !path.endsWith('stream'))) {
        at = `GET ${route.path}`;
        const headers = /owner|chair/.test(someone.name) ? { authorization: `Bearer ${await server.token(someone.name.includes('owner') ? 'owner' : 'chair', someone.name.split(' ').at(-1))}` } : {};
        await fetch(server.url + concrete(route), { headers });
      }
      for (const name of opened.keys()) fields.add(name);
      const may = MAY[someone.name] ?? [];
      found.push(...beyond(opened, may).map((each) => `${someone.name}: ${each}`));
      // The words of views are opened for each of them: were they not for everyone, it would be found.
      expect(beyond(opened, may, (each) => (each.event === 'ContributionReceived' ? 'copy' : audienceOf(each)))).not.toEqual([]);
    }
    console.log(JSON.stringify({ figure: 'security.who-sees-measured', people: people.length, pages, fields: fields.size, beyond: found.length }));
    expect(found).toEqual([]);
    expect(fields.size).toBeGreaterThanOrEqual(20);
  }, 5 * MINUTES); // prettier-ignore
});
