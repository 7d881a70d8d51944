import { generateKeyPairSync } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { account, type Account, startAccount, stopAccount, withdrawRole } from '#accounts/account';
import type { AccountEvent } from '#accounts/account.events';
import type { Decided } from '#kernel/aggregate';
import { startServer, type TestServer } from './server.js';
import { CLIENT, hs256, jwt, type Lie, rs256, SECRET, smallProvider } from './small-provider.js';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
};

/** A browser: keeps cookies, follows nothing by itself. */
class Browser {
  private readonly jar = new Map<string, string>();
  async go(url: string, form?: Record<string, string>) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    const to = response.headers.get('location');
    return { status: response.status, to: to === null ? '' : new URL(to, url).href, text: await response.text() };
  }
  has(name: string): boolean {
    return this.jar.has(name);
  }
}

describe('signing in with the council’s own account', () => {
  let folder: string;
  let server: TestServer;
  let base: string;
  const start = async (issuer: string) => {
    folder = mkdtempSync(join(tmpdir(), 'sign-on-'));
    writeFileSync(join(folder, 'secret'), SECRET, { mode: 0o600 });
    const provider = { authority: 'essex', issuer, clientId: CLIENT, clientSecretFile: 'secret', roles: { Chair: 'chair' } };
    writeFileSync(join(folder, 'oidc.json'), JSON.stringify({ providers: [provider] }));
    server = await startServer({ PORT: String(port), OIDC_FILE: join(folder, 'oidc.json') });
  }; // prettier-ignore
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    base = `http://127.0.0.1:${port}`;
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const byOperator = async (decide: (state: Account) => Decided<AccountEvent>) => {
    const { rows, recorder, clock } = server.engine;
    const id = rows.get<{ id: string }>('SELECT id FROM account')?.id ?? '';
    const actor = { role: 'administrator', ref: 'command-line' };
    await recorder.act(account, id, { commandId: randomUUID(), actor, now: clock.now() }, decide);
  };
  const sessions = () =>
    (server.engine.vault.database.db.prepare("SELECT count(*) AS n FROM session WHERE kind = 'staff'").get() as { n: number }).n; // prettier-ignore

  it('works with oidc-provider, with PKCE, state and nonce', async () => {
    const home = createServer();
    await new Promise<void>((done) => home.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(home.address() as AddressInfo).port}`;
    const real = new Provider(issuer, {
      clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [`${base}/sign-in/return/essex`] }],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'roles'], profile: ['name'] },
      findAccount: (_ctx, sub) => ({
        accountId: sub,
        claims: () => ({ sub, name: 'Sam Ley', roles: ['Chair'] as never }),
      }),
    });
    const answer = real.callback();
    home.on('request', (request, response) => void answer(request, response));
    await start(issuer);
    const browser = new Browser();
    let at = await browser.go(`${base}/sign-in/with/essex?next=/teams`);
    const asked = new URL(at.to).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect([asked.get('state'), asked.get('nonce'), asked.get('code_challenge')].every((each) => each)).toBe(true);
    for (let hop = 0; hop < 12 && !at.to.startsWith(`${base}/sign-in/return/`); hop++) {
      const url = at.to;
      at = await browser.go(url);
      const prompt = /name="prompt" value="(\w+)"/.exec(at.text)?.[1];
      if (prompt) at = await browser.go(url, { prompt, login: 'sam', password: 'x' });
    }
    const landed = await browser.go(at.to);
    expect([landed.status, landed.text.includes('You are signed in')]).toEqual([200, true]);
    expect(landed.text).toContain('/teams');
    expect((await browser.go(`${base}/work`)).status).toBe(200);
    expect(sessions()).toBe(1);
    // The session is still there; what it stands for is asked at every request.
    await byOperator((state) => stopAccount(state, { by: 'operator' }));
    expect((await browser.go(`${base}/work`)).status).toBe(401);
    await byOperator((state) => startAccount(state, { by: 'operator' }));
    expect((await browser.go(`${base}/work`)).status).toBe(200);
    await byOperator((state) => withdrawRole(state, { role: 'chair', authority: 'essex' }, { by: 'operator' }));
    expect((await browser.go(`${base}/work`)).status).toBe(401);
    home.close();
    home.closeAllConnections();
  }, 60_000);

  it('a provider, a browser or somebody between them who lies gets nobody in', async () => {
    const provider = await smallProvider();
    await start(provider.issuer);
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const part = (claims: object): Lie => ({ claims: (honest) => ({ ...honest, ...claims }) });
    const later = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
    const resigned = (token: NonNullable<Lie['token']>): Lie => ({ token });
    /** What comes back differs from what the provider would send. */
    type Twist = (query: URLSearchParams) => URLSearchParams;
    const set =
      (name: string, value: string): Twist =>
      (query) => (query.set(name, value), query);
    const lies: readonly (readonly [string, Lie, (Twist | undefined)?, 'another browser'?])[] = [
      ['discovery of another issuer', { discovery: { issuer: 'https://evil.example' } }],
      ['no signature (alg none)', resigned((_, claims) => jwt('none', claims, () => Buffer.alloc(0)))],
      ['signed with the client secret', resigned((_, claims) => jwt('HS256', claims, hs256(SECRET)))],
      ['signed with the public key as a secret', resigned((_, claims) => jwt('HS256', claims, hs256(provider.publicPem)))],
      ['signed with a stranger’s key', resigned((_, claims) => jwt('RS256', claims, rs256(stranger)))],
      ['changed after it was signed', resigned((token) => token.replace(/\.[^.]+\./, (body) => `.${Buffer.from(Buffer.from(body.slice(1, -1), 'base64url').toString().replace('Sam', 'Tam')).toString('base64url')}.`))],
      ['cut short', resigned((token) => token.slice(0, -20))],
      ['no ID token', resigned(() => undefined)],
      ['another issuer', part({ iss: 'https://evil.example' })],
      ['another audience', part({ aud: 'another' })],
      ['two audiences', part({ aud: [CLIENT, 'another'], azp: CLIENT })],
      ['another authorised party', part({ azp: 'another' })],
      ['another nonce', part({ nonce: 'another' })],
      ['no nonce', part({ nonce: undefined })],
      ['it has ended', part({ iat: later(-500), exp: later(-120) })],
      ['no end', part({ exp: undefined })],
      ['issued in the future', part({ iat: later(600) })],
      ['issued an hour ago', part({ iat: later(-3_600) })],
      ['not yet valid', part({ nbf: later(600) })],
      ['no subject', part({ sub: undefined })],
      ['a subject that is no key', part({ sub: 'x'.repeat(256) })],
      ['roles that are no list', part({ roles: 'Chair' })],
      ['a role that nobody mapped', part({ roles: ['administrator', '__proto__', 'constructor'] })],
      ['another state', {}, set('state', 'another')],
      ['no state', {}, (query) => (query.delete('state'), query)],
      ['two states', {}, (query) => (query.append('state', 'another'), query)],
      ['the answer of another issuer (mix-up)', {}, set('iss', 'https://evil.example')],
      ['an error and a code', {}, set('error', 'access_denied')],
      ['another browser', {}, undefined, 'another browser'],
    ]; // prettier-ignore
    const comeBack = async (lie: Lie, twist: Twist = (query) => query, other = false) => {
      const browser = new Browser();
      provider.now.lie = lie;
      const { status, to } = await browser.go(`${base}/sign-in/with/essex`);
      if (status !== 303) return { browser, status, url: '' };
      const asked = new URL(to).searchParams;
      provider.now.nonce = asked.get('nonce') ?? '';
      const query = twist(new URLSearchParams({ code: 'c', state: asked.get('state') ?? '' }));
      const url = `${base}/sign-in/return/essex?${query.toString()}`;
      return { browser, url, status: (await (other ? new Browser() : browser).go(url)).status };
    };
    const through: string[] = [];
    for (const [name, lie, twist, other] of lies) {
      const { status, browser } = await comeBack(lie, twist, other !== undefined);
      if (![400, 403, 503].includes(status) || browser.has('throughline_staff')) through.push(`${name}: ${status}`);
    }
    process.stdout.write(
      `sign-on: ${lies.length - through.length}/${lies.length} lies refused, ${sessions()} sessions\n`,
    );
    expect(through).toEqual([]);
    expect(sessions()).toBe(0);

    // The same provider, telling the truth, gets somebody in: the lies were refused for what they were.
    const honest = await comeBack({});
    expect([honest.status, honest.browser.has('throughline_staff'), sessions()]).toEqual([200, true, 1]);
    // The same answer a second time gets nobody in.
    expect((await honest.browser.go(honest.url)).status).toBe(400);
    expect(sessions()).toBe(1);
    provider.close();
  }, 60_000);
});
