import { type Route, routesOf } from '../http/every-route.js';
import { startServer, type TestServer } from '../http/server.js';
import { Attack, ENDLESS, NEVER_OPEN } from './isolation/attack.js';
import { type Asker, everyoneOf, headersFor, tokenOf } from './isolation/people.js';
import { type World, WorldBuilder } from './isolation/world.js';

const MINUTES = 60_000;
/** Addresses of each route that each asker tries; `npm run attack:isolation` tries more. */
const PER_ROUTE = Number(process.env['ISOLATION_PER_ROUTE'] ?? 2);

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

  it('was put there by its own people through most of the writes there are', () => {
    const writes = routes.filter(({ method, path }) => method === 'POST' && path.startsWith('/api/v1/'));
    const done = new Set(world.made.map(({ route }) => route));
    const missed = writes.filter(({ method, path }) => !done.has(`${method} ${path}`)).map(({ path }) => path);
    process.stdout.write(`isolation: ${writes.length - missed.length} of ${writes.length} writes of the API carried out (not: ${missed.map((path) => path.slice(8)).join(' ')}), and ${attack.writes().length} kinds of write in all\n`); // prettier-ignore
    // Some need a story of their own; they are tried with nothing in them.
    expect([missed, missed.length / writes.length < 0.25]).toEqual([missed, true]);
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
        // It never ends by itself: after the last of many events there is nothing for a while.
        for (let last = 0; last !== told.length || last === 0;) {
          last = told.length;
          const part = await Promise.race([reader?.read(), new Promise<undefined>((done) => setTimeout(done, 500, undefined))]); // prettier-ignore
          told += part?.value ?? '';
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
});

/** Some of a list, from end to end, and others at each turn. */
const spread = <T>(all: readonly T[], most: number, turn: number): T[] =>
  all.length <= most ? [...all] : Array.from({ length: most }, (_, n) => all[(turn * 7 + Math.floor((n * all.length) / most)) % all.length] as T); // prettier-ignore
