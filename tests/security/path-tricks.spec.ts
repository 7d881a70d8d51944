import { Agent, request } from 'node:http';
import { type Route, routesOf } from '../http/every-route.js';
import { startServer, type TestServer } from '../http/server.js';

const MINUTES = 60_000;
const SOME = '00000000-0000-4000-8000-000000000000';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
/** Which of the closed routes are tried; `npm run attack:isolation` tries all of them. */
const EVERY = process.env['ISOLATION_PER_ROUTE'] ? 1 : 12;

/** S4: ways of writing a path that have let others past a guard (NestJS, Fastify, Spring, nginx before an app). */
const VARIANTS: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'trailing slash': (path) => `${path}/`,
  'two slashes before': (path) => `/${path}`,
  'two slashes within': (path) => path.replace(/(.)\//, '$1//'),
  'upper case': (path) => path.toUpperCase(),
  'one letter in upper case': (path) => path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  'one letter encoded': (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  'encoded slash': (path) => path.replace(/(.)\//, '$1%2f'),
  'encoded backslash': (path) => path.replace(/(.)\//, '$1%5c'),
  backslash: (path) => path.replace(/(.)\//, '$1\\'),
  semicolon: (path) => `${path};x=1`,
  'semicolon within': (path) => path.replace(/(.)\//, '$1;a=b/'),
  'a dot within': (path) => path.replace(/(.)\//, '$1/./'),
  'there and back': (path) => `/assets/..${path}`,
  'there and back, encoded': (path) => `/assets/%2e%2e${path}`,
  'null byte': (path) => `${path}%00`,
  'a suffix': (path) => `${path}.json`,
  'encoded twice': (path) => path.replace(/(.)\//, '$1%252f'),
  'a space at the end': (path) => `${path}%20`,
  'an encoded question mark': (path) => `${path}%3fx=1`,
  'a whole address': (path) => `http://127.0.0.1${path}`,
  'headers that rewrite': (path) => path,
};
/** Some servers before and within an app take the path from these. */
const REWRITE = (path: string) => ({ 'x-original-url': path, 'x-rewrite-url': path, 'x-http-method-override': 'GET', 'x-forwarded-prefix': path }); // prettier-ignore

describe('another way of writing a closed path', () => {
  let server: TestServer;
  let closed: Route[];
  let open: ReadonlySet<string>;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  beforeAll(async () => {
    server = await startServer();
    const routes = routesOf(server);
    closed = routes.filter(({ allowed }) => !allowed?.includes('anyone'));
    open = new Set(
      routes.filter(({ method, allowed }) => method === 'GET' && allowed?.includes('anyone')).map(({ path }) => path),
    );
  }, MINUTES);
  afterAll(async () => {
    agent.destroy();
    await server.close();
  });

  /** Over a socket, letter for letter: a client library would tidy the path first. */
  const status = (method: string, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const sent = request({ agent, hostname, port, method, path, headers, insecureHTTPParser: true }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', reject);
      sent.end();
    });

  it(
    'opens nothing, by any method, to whoever may not',
    async () => {
      const before = await server.engine.store.head();
      const owner = { authorization: `Bearer ${await server.token('participant', 'essex')}` };
      const through: string[] = [];
      let asked = 0;
      for (const [at, route] of closed.entries()) {
        if (at % EVERY !== 0) continue;
        const path = route.path.replace(/:\w+/g, SOME);
        for (const [name, variant] of Object.entries(VARIANTS))
          for (const method of METHODS)
            for (const who of [{}, owner]) {
              const extra = name.startsWith('headers') ? REWRITE(path) : {};
              const answer = await status(method, variant(name.startsWith('headers') ? '/sign-out-' : path), { ...who, ...extra }); // prettier-ignore
              asked++;
              // Some addresses are open to read and closed to write.
              if ((method === 'GET' || method === 'HEAD') && open.has(route.path)) continue;
              if (answer < 400 || answer >= 500) through.push(`${method} ${variant(path)} (${name}) answers ${answer}`);
            }
      }
      process.stdout.write(
        `path tricks: ${through.length} of ${asked} let through; ${Object.keys(VARIANTS).length - 1} variants, ${METHODS.length} methods, ${closed.length} closed routes\n`,
      );
      expect(through).toEqual([]);
      expect(await server.engine.store.head()).toBe(before);
    },
    20 * MINUTES,
  );

  it('has no route beside those that the guard knows, but for files and the description of the API', () => {
    // Where two routes have a parameter at the same place, the router names both.
    const shape = (path: string) => path.replace(/:[\w|:]+/g, ':');
    const known = new Set(routesOf(server).map(({ path }) => shape(path)));
    // The router prints wildcards (`/assets/*`, `/log/tile/*`) as one.
    const printed = server.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const trail: string[] = [];
    // A tree: four letters of indentation a level, and each line only what it adds to the one above.
    const paths = [...printed.matchAll(/^((?:│ {3}| {4})*)[├└]── (\S+)( \()?/gm)].flatMap(
      ([, indent = '', part = '', methods]) => {
        trail.splice(indent.length / 4, Infinity, part);
        return methods ? [trail.join('').replace(/(.)\/$/, '$1')] : [];
      },
    );
    expect(paths.length).toBeGreaterThan(100);
    expect(
      paths
        .map(shape)
        .filter((path) => !known.has(path))
        .sort(),
    ).toEqual(['/*', '/api/openapi.json']);
  });
});
