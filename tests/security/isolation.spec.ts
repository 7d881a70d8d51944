import { type Route, routesOf } from '../http/every-route.js';
import { startServer, type TestServer } from '../http/server.js';
import { Attack, ENDLESS, NEVER_OPEN } from './isolation/attack.js';
import {
  type Asker,
  type CardHolder,
  cardOf,
  cardsToLook,
  everyoneOf,
  headersFor,
  tokenOf,
} from './isolation/people.js';
import { type World, WorldBuilder } from './isolation/world.js';

const MINUTES = 60_000;
/** Addresses of each route that each asker tries; `npm run attack:isolation` tries more. */
const PER_ROUTE = Number(process.env['ISOLATION_PER_ROUTE'] ?? 2);

/** Whoever helps may ask for a call, whatever their card is for. */
const CALL_ME = /\/call-me$/;

/**
 * S1 of the promises: many councils on one server, and nobody sees or changes what is another's. Routes come from the router,
 * ids from the record, writes from what the council's own people could really do: new ones are attacked without being listed.
 */
describe('what belongs to one council', () => {
  let server: TestServer;
  let routes: Route[];
  let world: World;
  let others: readonly Asker[];
  let attack: Attack;
  beforeAll(async () => {
    server = await startServer();
    routes = routesOf(server);
    world = await new WorldBuilder(server, routes).build();
    others = await everyoneOf(server, 'norfolk');
    attack = new Attack(server, world);
  }, 5 * MINUTES);
  afterAll(async () => {
    process.stdout.write(
      `isolation: ${attack.findings.length} leaks in ${attack.requests} requests; ${routes.length} routes, ${others.length} kinds of asker, ${[...world.ids.values()].flat().length} ids, ${world.canaries.all().length} planted words\n`,
    );
    await server.close();
  });

  it('was put there by its own people through every write of the API that there is', () => {
    const writes = routes.filter(({ method, path }) => method === 'POST' && path.startsWith('/api/v1/'));
    const done = new Set(world.made.map(({ route }) => route));
    const missed = writes.filter(({ method, path }) => !done.has(`${method} ${path}`)).map(({ path }) => path);
    process.stdout.write(`isolation: ${writes.length - missed.length} of ${writes.length} writes of the API carried out (not: ${missed.map((path) => path.slice(8)).join(' ')}), and ${attack.writes().length} kinds of write in all\n`); // prettier-ignore
    expect(missed).toEqual([]);
    // A read model that stops at one of them would hide everything after it, and this test would look at nothing.
    expect(server.engine.runner.status().flatMap(({ stalled }) => stalled ?? [])).toEqual([]);
    expect(attack.writes().length).toBeGreaterThan(70);
  });

  it(
    'is shown to nobody of another: pages, lists, filters, exports, feeds and other formats',
    async () => {
      for (const route of routes.filter(({ method, path }) => method === 'GET' && path !== ENDLESS)) {
        const urls = attack.urlsOf(route);
        for (const [turn, asker] of others.entries())
          for (const url of spread(urls, PER_ROUTE, turn)) await attack.read(asker, url);
      }
      expect(attack.findings.slice(0, 20)).toEqual([]);
      expect(attack.requests).toBeGreaterThanOrEqual(5_000);
    },
    60 * MINUTES,
  );

  it('is found by no search of another', async () => {
    const hidden = world.canaries.all().filter(({ where }) => /hidden|unpublished|helper|participants|capture/.test(where));
    expect(hidden.length).toBeGreaterThan(10);
    for (const [turn, asker] of others.entries())
      for (const { word } of spread(hidden, PER_ROUTE, turn))
        for (const path of ['/search', '/api/v1/search']) await attack.search(asker, path, word);
    expect(attack.findings.slice(0, 20)).toEqual([]);
  }, MINUTES); // prettier-ignore

  it(
    'is told to nobody by the live feed',
    async () => {
      for (const asker of others.filter(({ name }) => /anyone|person|token of administrator/.test(name))) {
        const over = new AbortController();
        const address = `${server.url}/api/v1/events/stream?after=start&authority=${world.authority}`;
        const { body } = await fetch(address, {
          headers: headersFor(server, asker, 'GET', '/api/'),
          signal: over.signal,
        });
        const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
        let told = '';
        // It never ends by itself: after the last of many events there is nothing for a while. A read that is late is not given up.
        let next = reader?.read();
        for (let isOver = false; !isOver;) {
          const part = await Promise.race([next, new Promise<undefined>((done) => setTimeout(done, 500, undefined))]);
          told += part?.value ?? '';
          isOver = part === undefined ? told.includes('event: ') : part.done;
          if (part) next = reader?.read();
        }
        over.abort();
        expect(told).toContain('event: ');
        const shown = world.canaries.found(told).filter((where) => NEVER_OPEN.test(where));
        expect([asker.name, shown]).toEqual([asker.name, []]);
      }
    },
    MINUTES,
  );

  it(
    'is changed by nobody of another, and nobody learns from trying whether it is there',
    async () => {
      const everywhere = await tokenOf(server, 'scrutiny-officer');
      for (const asker of [...others, everywhere]) {
        const before = await server.engine.store.head();
        for (const made of [...attack.writes(), ...attack.blind(routes)]) await attack.write(asker, made);
        await attack.recorded(asker, before);
      }
      expect(attack.findings.slice(0, 20)).toEqual([]);
      expect(attack.requests).toBeGreaterThanOrEqual(10_000);
    },
    10 * MINUTES,
  );

  it('is changed by no card that was made to look with, not even the view that it is a card of', async () => {
    const forCards = (path: string) => path.startsWith('/my-view') || routes.some((each) => each.path === path && each.allowed?.includes('card')); // prettier-ignore
    const writes = attack.writes().filter(({ route, url }) => forCards(route.slice('POST '.length)) && !CALL_ME.test(url));
    const views = world.ids.get('contribution') ?? [];
    const chair = await tokenOf(server, 'chair', world.authority);
    /** All of them, at the view that was written to and at the card's own, which every decision answers. */
    const tryAll = async (asker: CardHolder): Promise<string | null> => {
      const link = { type: 'application/json', body: JSON.stringify({ contribution: asker.view, effect: 'helped' }) } as const;
      for (const id of world.ids.get('decision') ?? []) await attack.ask(chair, 'POST', `/api/v1/decisions/${id}/links`, link);
      const before = await server.engine.store.head();
      for (const made of writes)
        for (const url of new Set([made.url, views.reduce((url, id) => url.replace(id, asker.view), made.url)]))
          await attack.ask(asker, 'POST', url, made);
      return before;
    };
    for (const asker of await cardsToLook(server, world.authority)) await attack.recorded(asker, await tryAll(asker));
    const found = attack.findings.splice(0);
    const acting = await cardOf(server, world.authority, 'supporter', 'act');
    await attack.recorded(acting, await tryAll(acting));
    const acted = attack.findings.splice(0).length;
    process.stdout.write(`isolation: ${writes.length} kinds of write by card: ${found.length} events with two cards to look with, ${acted} with one to act\n`);
    expect(found).toEqual([]);
    expect(acted).toBeGreaterThan(5);
  }, MINUTES);
}); // prettier-ignore

/** Some of a list, from end to end, and others at each turn. */
const spread = <T>(all: readonly T[], most: number, turn: number): T[] =>
  all.length <= most ? [...all] : Array.from({ length: most }, (_, n) => all[(turn * 7 + Math.floor((n * all.length) / most)) % all.length] as T); // prettier-ignore
