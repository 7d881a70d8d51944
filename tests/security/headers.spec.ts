import request from 'supertest';
import { concrete, routesOf } from '../http/every-route.js';
import { sendRaw } from '../http/raw-request.js';
import { startServer, type TestServer } from '../http/server.js';
import { loadExample } from '../browser/example.js';
import { cardHolder, staff } from '../browser/people.js';
import { Visitor } from '../http/form-filler.js';

const HTTPS = { BASE_URL: 'https://throughline.example' };
const WANTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
  'strict-transport-security': /^max-age=31536000; includeSubDomains$/,
  'cache-control': /./,
};

const lacking = (headers: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(WANTED).flatMap(([name, wanted]) => {
    const value = headers[name];
    const isThere = typeof value === 'string' && wanted.test(value);
    return isThere && !/unsafe-|https?:|\*/.test(name === 'content-security-policy' ? value : '') ? [] : [name];
  });

describe('the headers', () => {
  let server: TestServer;
  let asked = 0;
  beforeAll(async () => {
    server = await startServer(HTTPS);
  });
  afterAll(async () => {
    process.stdout.write(`headers: ${asked} answers looked at\n`);
    await server.close();
  });
  const judge = (what: string, headers: Readonly<Record<string, unknown>>) => {
    asked++;
    expect([what, lacking(headers)]).toEqual([what, []]);
  };

  it('notices one that is missing, and a policy that lets anything run', () => {
    const whole = Object.fromEntries(Object.entries(WANTED).map(([name]) => [name, 'x']));
    expect(lacking({})).toEqual(Object.keys(WANTED));
    expect(lacking({ ...whole, 'x-content-type-options': 'nosniff' })).not.toContain('x-content-type-options');
    const loose = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'";
    expect(lacking({ 'content-security-policy': loose })).toContain('content-security-policy');
  });

  it('are on the answer of every route, whatever it answers', async () => {
    const routes = routesOf(server);
    for (const route of routes)
      for (const path of [concrete(route), concrete(route, 'nonsense')]) {
        if (path.endsWith('/events/stream')) continue;
        const agent = request(server.url);
        const answer = await (route.method === 'GET' ? agent.get(path) : agent.post(path).send({})).redirects(0);
        judge(`${route.method} ${path}: ${answer.status}`, answer.headers);
      }
    expect(routes.length).toBeGreaterThan(100);
  });

  it('are on assets, what is not there, the OpenAPI and the live stream', async () => {
    const home = await request(server.url).get('/');
    const assets = [...home.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(assets.length).toBeGreaterThan(2);
    for (const path of [
      ...assets,
      '/assets/none.css',
      '/assets/../package.json',
      '/assets/%00',
      '/nothing',
      '/api/nothing',
      '/api/openapi.json',
      '/.git/config',
      '/.env',
      '/metrics',
    ])
      // prettier-ignore
      judge(path, (await request(server.url).get(path).redirects(0)).headers);
    for (const path of ['/.git/config', '/.env', '/metrics', '/assets/', '/assets', '/package.json', '/dist'])
      expect([path, [403, 404].includes((await request(server.url).get(path).redirects(0)).status)]).toEqual([
        path,
        true,
      ]);
    const stream = await fetch(`${server.url}/api/v1/events/stream`);
    judge('stream', Object.fromEntries(stream.headers));
    await stream.body?.cancel();
  });

  const host = 'Host: throughline.example\r\nConnection: close\r\n';
  it.each<[string, string, number]>([
    ['an address that is no address', `GET /%zz HTTP/1.1\r\n${host}\r\n`, 400],
    ['one of the API', `GET /api/v1/%zz HTTP/1.1\r\n${host}\r\n`, 400],
    ['a very long address', `GET /${'a'.repeat(30_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['a very long id', `GET /decisions/${'a'.repeat(300)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['no host', `GET / HTTP/1.1\r\nConnection: close\r\n\r\n`, 400],
    ['no HTTP at all', `HELLO\r\n\r\n`, 400],
    ['an expectation that nobody knows', `POST /tell-us HTTP/1.1\r\n${host}Expect: miracles\r\nContent-Length: 0\r\n\r\n`, 417],
    ['TRACE', `TRACE / HTTP/1.1\r\n${host}\r\n`, 405],
    ['PUT', `PUT /decisions HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`, 405],
    ['OPTIONS', `OPTIONS /api/v1/decisions HTTP/1.1\r\n${host}\r\n`, 405],
    ['an unknown method', `PROPFIND / HTTP/1.1\r\n${host}\r\n`, 405],
  ])('are there for %s', async (what, bytes, status) => {
    const answer = await sendRaw(server.url, bytes);
    expect(answer.status).toBe(status);
    judge(what, answer.headers);
    expect(answer.body).not.toMatch(/\bat [\w.]+ \(|node_modules|FST_ERR/);
  }); // prettier-ignore
});

describe('pages of somebody', () => {
  let server: TestServer;
  let pages: string[];
  beforeAll(async () => {
    server = await startServer();
    const { codes } = await loadExample(server);
    const holder = await cardHolder(server.url, codes['form'] ?? '');
    const chair = await staff(server.url, 'chair', 'example-council');
    pages = [];
    for (const [{ cookies }, starts] of [
      [holder, ['/my-view', '/my-view/card']],
      [chair, ['/', '/work', '/decisions', '/pledge', '/teams', '/privacy']],
    ] as const)
      for (const path of starts) {
        const answer = await fetch(server.url + path, { headers: { cookie: cookies.join('; ') } });
        expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
      }
    const visitor = new Visitor(server.url, chair.cookies);
    for (const path of ['/', '/work', '/decisions', '/tell-us', '/pledge-log', '/search?q=bus', '/how-we-check', '/nothing'])
      pages.push((await visitor.get(path)).html);
  }, 60_000); // prettier-ignore
  afterAll(() => server.close());

  it('are kept by no cache (judged while they were fetched), and nothing in them is inline', () => {
    expect(pages.filter((html) => html.includes('</html>'))).toHaveLength(8);
    // All but the page for an address that there is not.
    expect(pages.filter((html) => html.includes('href="/sign-out"'))).toHaveLength(7);
    const inline = /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:/i;
    expect(inline.test('<p onclick="x">')).toBe(true);
    expect(pages.filter((html) => inline.test(html))).toEqual([]);
  });

  it('are cleared from a browser that signs out or closes a view', async () => {
    for (const path of ['/sign-out', '/my-view/leave']) {
      const answer = await request(server.url).post(path).redirects(0);
      expect([path, answer.headers['clear-site-data']]).toEqual([path, '"cache", "storage"']);
    }
  });
});
