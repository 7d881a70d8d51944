import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { HttpSigner } from '#ledger/signer-client';
import { WitnessClient } from '#ledger/witness-client';
import { readConfig } from '../../apps/server/src/config.js';
import { safeNext } from '../../apps/server/src/sign-on/safe-next.js';
import { ownPath } from '../../apps/server/src/pages/home/home.pages.js';
import { loadExample } from '../browser/example.js';
import { staff } from '../browser/people.js';
import { encoded, Visitor, wellFilled } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';
import { sourceFiles } from './source-files.js';

/** Everything that opens a connection to somewhere, and who says where to. */
const GOES_OUT: Readonly<Record<string, string>> = {
  'apps/cli/src/drill/neighbour.ts': 'a server that the drill itself starts on this machine',
  'apps/server/src/edge/virus-scan.ts': 'CLAMD',
  'apps/server/src/sign-on/single-sign-on.ts': 'OIDC_FILE: https, or this machine',
  'libs/event-store/src/eventstoredb/connection.ts': 'EVENT_STORE_URL',
  'libs/ledger/src/signer-client.ts': 'SIGNER_URL: https, or this machine',
  'libs/ledger/src/witness-client.ts': 'WITNESS_POLICY',
};
const OPENS = /(?<![.\w]|async |private )fetch\(|\bconnect\(|\bhttps?\.(request|get)\(|from 'openid-client'|from 'node:(dgram|tls|http2)'|from '@eventstore\/db-client'|from '(undici|axios|got|node-fetch)'/; // prettier-ignore

/** What a server must never be talked into asking, each way of writing it. */
const INSIDE: readonly string[] = [
  'http://127.0.0.1:8009/', 'http://127.1:8009/', 'http://0.0.0.0:8009/', 'http://localhost:8009/', 'http://[::1]:8009/', 'http://[::ffff:127.0.0.1]:8009/', 'http://[::ffff:7f00:1]:8009/', 'http://2130706433:8009/', 'http://0x7f000001:8009/',
  'http://0177.0.0.1:8009/', 'http://0x7f.1:8009/', 'http://10.0.0.1/', 'http://172.16.0.1/', 'http://192.168.0.1/', 'http://169.254.169.254/latest/meta-data/', 'http://[fe80::1]/', 'http://[fd00::1]/', 'http://100.64.0.1/',
  'http://user@127.0.0.1:8009/', 'http://council.example@127.0.0.1:8009/', 'http://127.0.0.1:8009#@council.example/', 'http://metadata.internal/', 'http://rebind.example/', 'file:///etc/passwd', 'gopher://127.0.0.1:8009/_x', 'dict://127.0.0.1:8009/', 'http://①②⑦.⓪.⓪.①:8009/',
]; // prettier-ignore

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`)),
  );

const fileWith = (issuer: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'oidc-')), 'oidc.json');
  writeFileSync(path, JSON.stringify({ providers: [{ authority: 'essex', issuer, clientId: 'c', clientSecretFile: 's', roles: { a: 'chair' } }] })); // prettier-ignore
  return path;
};

describe('connections to elsewhere', () => {
  it('are opened in these places only, each to where the operator says', () => {
    const found = sourceFiles().filter((path) => OPENS.test(readFileSync(path, 'utf8').replace(/^import type .*$/gm, '')));
    const beside = found.filter((path) => !/^libs\/event-store\/src\/eventstoredb\//.test(path));
    expect(beside.sort()).toEqual(Object.keys(GOES_OUT).filter((path) => !path.includes('eventstoredb')));
  }); // prettier-ignore

  describe('are not opened by what people write', () => {
    let server: TestServer;
    let asked: string[];
    beforeAll(async () => {
      server = await startServer();
      await loadExample(server);
      const own = new URL(server.url).port;
      const connect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect')?.value as (...args: unknown[]) => Socket; // prettier-ignore
      asked = [];
      jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
        const [to] = args.flat() as { port?: number | string; host?: string; path?: string }[];
        if (String(to?.port) === own) return connect.apply(this, args);
        asked.push(`${to?.host ?? ''}:${to?.port ?? to?.path ?? ''}`);
        // Nothing is ever really sent there.
        process.nextTick(() => this.destroy(new Error('not in a test')));
        return this;
      });
    });
    afterAll(async () => {
      jest.restoreAllMocks();
      await server.close();
    });

    it('a connection would be noticed', async () => {
      await fetch('http://127.0.0.1:8009/').catch(() => undefined);
      expect(asked.splice(0)).toHaveLength(1);
    });

    it('in any field of any form or body', async () => {
      const chair = new Visitor(server.url, (await staff(server.url, 'chair', 'example-council')).cookies);
      const authorization = `Bearer ${await server.token('administrator')}`;
      let sent = 0;
      for (const place of await chair.forms(['/work', '/'], /^\//)) {
        const form = await chair.fresh(place).catch(() => undefined);
        const fields = form?.fields.filter(({ kind, name }) => (kind === 'text' || kind === 'textarea') && name !== 'time') ?? []; // prettier-ignore
        if (!form || /sign-/.test(place.action)) continue;
        for (let turn = 0; turn < Math.min(fields.length, 3); turn++) {
          const urls = fields.map(({ name }, at) => [name, INSIDE[(sent + at) % INSIDE.length]]);
          await chair.send(place.action, encoded({ ...wellFilled(form), idempotencyKey: `out ${sent}`, ...(Object.fromEntries(urls) as Record<string, string>) })); // prettier-ignore
          sent++;
        }
      }
      for (const url of INSIDE) {
        const body = JSON.stringify({ authority: 'essex', words: url, what: url, url, proof: url, pages: [url], statement: url, title: url }); // prettier-ignore
        for (const path of ['contributions', 'decisions', 'service-changes', 'commitments', 'facts/report', 'facts/web-page', 'teams', 'meetings'])
          await fetch(`${server.url}/api/v1/${path}`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
        await fetch(`${server.url}/witness/add-checkpoint`, { method: 'POST', body: `old 0\n\n${url}\n1\nAAAA\n\n— ${url} AAAA\n` });
        for (const path of ['/search?q=', '/sign-in/with/essex?next=', '/sign-in/return/essex?iss=', '/reading?back='])
          await fetch(`${server.url}${path}${encodeURIComponent(url)}`, { redirect: 'manual', headers: { 'x-forwarded-host': encodeURI(url), forwarded: `host=${encodeURI(url)}` } }); // prettier-ignore
        sent += 13;
      } // prettier-ignore
      console.log(JSON.stringify({ figure: 'security.ssrf', targets: INSIDE.length, sent, connections: asked.length }));
      expect(asked).toEqual([]);
      expect(sent).toBeGreaterThan(300);
    }, 120_000);
  });

  it('follow no redirect', async () => {
    let hits = 0;
    const inside = createServer((_, answer) => void answer.end(String(++hits)));
    const to = await listening(inside);
    const outside = createServer((_, answer) => void answer.writeHead(302, { location: to }).end());
    const url = await listening(outside);
    await expect(new HttpSigner(url, 'a token of its own').log()).rejects.toThrow();
    const witness = new WitnessClient({ name: 'one', vkey: 'one', url } as never, 2_000);
    expect(await witness.latest('council.example/log')).toBeUndefined();
    expect(hits).toBe(0);
    inside.close();
    outside.close();
  });

  it.each(['http://10.0.0.1', 'http://169.254.169.254', 'http://metadata.internal', 'https://user@idp.example', 'ftp://idp.example', 'https://idp.example?x=1'])(
    'do not go to an issuer like %s: the start is refused', (issuer) => {
      expect(() => readConfig({ BASE_URL: 'https://council.example', OIDC_FILE: fileWith(issuer) })).toThrow(`issuer ${issuer}`);
    },
  ); // prettier-ignore
});

describe('being sent elsewhere', () => {
  const AWAY: readonly unknown[] = [
    'https://evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '\\/evil.example', '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '\t//evil.example', ' //evil.example', '/ /evil.example',
    'https:evil.example', 'https:/evil.example', 'https:\\\\evil.example', 'javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:https://evil.example/x', 'evil.example', '@evil.example', '.evil.example',
    '/\\/evil.example', '/\u0000/evil.example', '\u0000//evil.example', '//evil.example%2f..', '//evil.example/@council.example', 'https://council.example@evil.example', '//[::1]/', '/%0d%0aLocation:%20https://evil.example', '/x\r\nLocation: https://evil.example', '//%65vil.example', '/\u2028/evil.example', 'http:///evil.example', '\u3000//evil.example', null, 7, ['//evil.example'], { toString: () => '//evil.example' },
  ]; // prettier-ignore

  it('does not happen after signing in, after changing how pages look, or anywhere an address is read', async () => {
    const base = 'https://council.example';
    const away = AWAY.flatMap((value) =>
      [safeNext(value), ownPath(value)].filter(
        (to) => new URL(to, base).origin !== base || /[\r\n]/.test(to) || /^[/\\]{2}/.test(to),
      ),
    );
    console.log(JSON.stringify({ figure: 'security.redirects', payloads: AWAY.length, away: away.length }));
    expect(away).toEqual([]);
    expect(AWAY.length).toBeGreaterThanOrEqual(30);
    const server = await startServer();
    for (const value of AWAY.filter((each) => typeof each === 'string'))
      for (const place of ['/reading?back=', '/sign-in?next=', '/sign-in/with/essex?next=', '/?next=', '/my-view/code?next=', '/sign-out?next=']) {
        const answer = await fetch(server.url + place + encodeURIComponent(value), { redirect: 'manual' });
        const to = answer.headers.get('location');
        expect([place, value, new URL(to ?? '/', server.url).origin]).toEqual([place, value, server.url]);
      } // prettier-ignore
    await server.close();
  }, 60_000);
});
