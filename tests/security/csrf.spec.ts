import { loadExample } from '../browser/example.js';
import { Device, type Got } from '../http/device.js';
import { concrete, type Route, routesOf } from '../http/every-route.js';
import { formsIn } from '../http/html-forms.js';
import { startServer, type TestServer } from '../http/server.js';

const MINUTES = 60_000;
/** Its body is signed by a log that this server watches; no browser sends one. */
const SIGNED = ['/witness/add-checkpoint'];

const tokenIn = ({ html }: Got): string =>
  formsIn(html)[0]?.fields.find(({ name }) => name === 'formToken')?.value ?? '';

describe('a form of another site, or of another session', () => {
  let server: TestServer;
  let writes: Route[];
  const devices = new Map<string, { device: Device; token: string }>();

  const signIn = async (role: string, device = new Device(server.url)): Promise<Device> => {
    const { status } = await device.fillIn('/sign-in', '/sign-in', { name: 'Sam Taylor', role, authority: 'example-council' }); // prettier-ignore
    expect([role, status]).toEqual([role, 303]);
    return device;
  };

  /** Someone who may use this route, with a form that was given to them. */
  const allowed = async ({ allowed: who = [] }: Route) => {
    const as = who.includes('anyone') ? 'chair' : (who.find((each) => each !== 'card') ?? 'card');
    const known = devices.get(as);
    if (known) return known;
    const device = as === 'card' ? devices.get('card')!.device : await signIn(as);
    const made = { device, token: tokenIn(await device.get('/tell-us')) };
    devices.set(as, made);
    return made;
  };

  beforeAll(async () => {
    server = await startServer({}, undefined, undefined, false);
    writes = routesOf(server).filter(({ method, path }) => method !== 'GET' && !SIGNED.includes(path));
    const { codes } = await loadExample(server);
    const device = new Device(server.url);
    expect((await device.fillIn('/my-view/code', '/my-view/code', { code: codes['form'] ?? '' })).status).toBe(303);
    devices.set('card', { device, token: tokenIn(await device.get('/tell-us')) });
  }, MINUTES);
  afterAll(() => server.close());

  it(
    'is refused at every address that changes something, and records nothing',
    async () => {
      const pages = writes.filter(({ path }) => !path.startsWith('/api/'));
      const strangers = tokenIn(await new Device(server.url).get('/tell-us'));
      const other = await signIn('checker');
      const othersToken = tokenIn(await other.get('/tell-us'));
      let refused = 0;
      const let_in: string[] = [];
      const from = await server.engine.store.head();
      for (const route of pages) {
        const { device, token } = await allowed(route);
        const path = concrete(route);
        const tries: [string, Record<string, string>, Record<string, string>][] = [
          ['no token', {}, {}],
          ['an empty token', { formToken: '' }, {}],
          ['a wrong token', { formToken: 'A'.repeat(43) }, {}],
          ['a token of another browser', { formToken: strangers }, {}],
          ['a token of another session', { formToken: othersToken }, {}],
          ['a foreign origin', { formToken: token }, { origin: 'https://evil.example' }],
          ['an origin that is hidden', { formToken: token }, { origin: 'null' }],
          ['another site', { formToken: token }, { 'sec-fetch-site': 'cross-site' }],
          ['a neighbour', { formToken: token }, { 'sec-fetch-site': 'same-site' }],
        ];
        for (const [what, fields, headers] of tries) {
          const { status, html } = await device.send(path, { words: 'Forged words', ...fields }, headers);
          if (status === 403) refused++;
          else let_in.push(`${path} with ${what}: ${status}`);
          if (headers['origin'] ?? headers['sec-fetch-site']) expect(html).not.toContain('Forged words');
        }
        const inAddress = await device.send(`${path}?formToken=${token}`, {});
        if (inAddress.status !== 403) let_in.push(`${path} with the token in the address: ${inAddress.status}`);
        for (const [type, expected] of [['text/plain', 415], ['multipart/form-data; boundary=x', path === '/tell-us' ? 403 : 415]] as const) {
          const { status } = await device.send(path, {}, { 'content-type': type });
          if (status !== expected) let_in.push(`${path} as ${type}: ${status}`);
        }
      } // prettier-ignore
      expect(let_in).toEqual([]);
      expect(await server.engine.store.head()).toBe(from);
      console.log(JSON.stringify({ figure: 'security.csrf', routes: pages.length, refused, letIn: let_in.length, events: 0 })); // prettier-ignore
      expect(pages.length).toBeGreaterThan(30);
    },
    2 * MINUTES,
  );

  it('is no hindrance to the page itself: its own token is let through at each of them', async () => {
    const ends = /sign-out|\/leave$|^\/sign-in/;
    const stopped: string[] = [];
    for (const route of writes.filter(({ path }) => !path.startsWith('/api/') && !ends.test(path))) {
      const { device, token } = await allowed(route);
      const { status } = await device.send(concrete(route), { formToken: token });
      if (status === 403 || status >= 500) stopped.push(`${route.path}: ${status}`);
    }
    expect(stopped).toEqual([]);
  });

  it('cannot use the JSON API: it takes no cookies, with or without a token', async () => {
    const from = await server.engine.store.head();
    const api = writes.filter(({ path }) => path.startsWith('/api/'));
    for (const route of api) {
      const { device, token } = await allowed(route);
      for (const headers of [{}, { 'x-form-token': token }])
        expect([route.path, (await device.send(concrete(route), { formToken: token }, headers)).status]).toEqual([route.path, 401]); // prettier-ignore
    }
    expect(api.length).toBeGreaterThan(20);
    expect(await server.engine.store.head()).toBe(from);
  });

  it('cannot act by a link: GET and HEAD change nothing anywhere', async () => {
    const from = await server.engine.store.head();
    for (const route of writes) {
      const { device } = await allowed(route);
      await device.get(concrete(route));
      await fetch(server.url + concrete(route), { method: 'HEAD' });
    }
    expect(await server.engine.store.head()).toBe(from);
  });

  it('of a page that is open while its session ends keeps the words, and counts after signing in again', async () => {
    const device = await signIn('chair');
    const token = tokenIn(await device.get('/teams/new'));
    device.jar.delete('throughline_staff');
    const late = await device.send('/teams', { formToken: token, name: 'Late words' });
    expect([late.status, late.html.includes('value="Late words"')]).toEqual([401, true]);
    await signIn('chair', device);
    expect((await device.send('/teams', { formToken: tokenIn(late), name: 'Late words' })).status).toBe(400);
    // Signed in as somebody else meanwhile: shown again, to be sent on purpose.
    const before = tokenIn(await device.get('/teams/new'));
    await signIn('chair', device);
    const changed = await device.send('/teams', { formToken: before, name: 'Other words' });
    expect([changed.status, changed.html.includes('value="Other words"')]).toEqual([403, true]);
    expect((await device.send('/teams', { formToken: tokenIn(changed), name: 'Other words' })).status).toBe(400);
  });

  it('finds a different token on each session and each browser, of 256 bits', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => tokenIn(await new Device(server.url).get('/tell-us')))); // prettier-ignore
    expect(new Set([...tokens, ...[...devices.values()].map(({ token }) => token)]).size).toBe(20 + devices.size);
    expect(tokens.every((each) => Buffer.from(each, 'base64url').length === 32)).toBe(true);
  });
});
