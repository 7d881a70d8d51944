import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authorities } from '#authorities/authorities';
import { Cards } from '#contributions/cards';
import { MagicLinks } from '#identity/magic-links';
import { SealedCookie } from '#identity/sealed-cookie';
import { Sessions } from '#identity/sessions';
import { Tokens } from '#identity/tokens';
import { Vault } from '#vault/vault';
import { view } from '../http/bodies.js';
import { startServer, type TestServer } from '../http/server.js';
import { type Asker, cardOf, headersFor, sessionOf, tokenOf } from './isolation/people.js';

const MINUTES = 60_000;
const NOW = Date.UTC(2026, 10, 28);
const LIFE = { idle: 600_000, absolute: 600_000 };

/** S2: whatever lets somebody in at one council is worth nothing at another, for all ordered pairs. */
describe('what lets in at one council', () => {
  it('is worth nothing at another on the same server', async () => {
    const server: TestServer = await startServer();
    try {
      const councils = server.app.get(Authorities, { strict: false }).councils().slice(0, 11).map(({ code }) => code);
      const kinds: readonly ((council: string) => Promise<Asker>)[] = [
        (council) => sessionOf(server, 'chair', council),
        (council) => sessionOf(server, 'administrator', council),
        (council) => tokenOf(server, 'chair', council),
        (council) => tokenOf(server, 'data-protection-officer', council),
        (council) => cardOf(server, council, 'person'),
        (council) => cardOf(server, council, 'supporter'),
      ];
      const ask = async (asker: Asker, method: 'GET' | 'POST', url: string) =>
        (await server.app.inject({ method, url, headers: headersFor(server, asker, method, url), ...(method === 'POST' && { payload: { words: 'x' } }) })).statusCode;
      const views = new Map<string, string>();
      for (const council of councils) {
        const { headers } = await tokenOf(server, 'chair', council);
        const given = await server.app.inject({ method: 'POST', url: '/api/v1/contributions', headers, payload: { ...view(), authority: council, attribution: 'hidden' } });
        views.set(council, given.json<{ id: string }>().id);
      }
      let tried = 0;
      const through: string[] = [];
      for (const council of councils) {
        const held = await Promise.all(kinds.map((kind) => kind(council)));
        expect(await ask(held[0]!, 'GET', `/views/${views.get(council) ?? ''}/team`)).toBe(200);
        expect(await ask(held[2]!, 'POST', `/api/v1/contributions/${views.get(council) ?? ''}/corrections`)).toBe(201);
        for (const other of councils.filter((each) => each !== council))
          for (const asker of held) {
            const theirs = views.get(other) ?? '';
            for (const [method, url] of [['GET', `/views/${theirs}/team`], ['POST', `/api/v1/contributions/${theirs}/corrections`]] as const) {
              const status = await ask(asker, method, url);
              tried++;
              if (![401, 403, 404].includes(status)) through.push(`${asker.name}: ${method} ${url} of ${other} ${status}`);
            }
          }
      }
      process.stdout.write(`worthless elsewhere: ${councils.length * (councils.length - 1)} ordered pairs, ${kinds.length} kinds, ${through.length} of ${tried} let through\n`);
      expect(through).toEqual([]);
      expect(councils).toHaveLength(11);
    } finally {
      await server.close();
    }
  }, 3 * MINUTES); // prettier-ignore

  it('is worth nothing at another council’s own server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eleven-'));
    const servers = Array.from({ length: 11 }, (_, n) => {
      const vault = new Vault({ vault: join(folder, `${n}.db`), sealed: join(folder, `s${n}.db`), keyFile: join(folder, `${n}.key`) });
      const sessions = ['staff', 'card', 'person'].map((kind) => new Sessions<string>(vault, kind, LIFE));
      const sealed = ['ask', 'single-sign-on', 'magic-link'].map((purpose) => new SealedCookie<{ n: number }>(vault.database.master, purpose, 600_000));
      const nobody = { load: () => Promise.resolve({ state: { cards: new Proxy({}, { get: () => ({ holder: 'person' }) }) } }) };
      return { vault, sessions, sealed, tokens: new Tokens(vault), links: new MagicLinks(vault), cards: new Cards(vault, nobody as never) };
    });
    try {
      let tried = 0;
      const through: string[] = [];
      for (const [a, home] of servers.entries()) {
        const instant = new Date(NOW).toISOString();
        const token = await home.tokens.create('administrator', undefined, instant);
        const cookies = await Promise.all(home.sessions.map((each) => each.start('s', 'value', NOW)));
        const sealed = home.sealed.map((each) => each.seal({ n: a }, NOW));
        const link = await home.links.begin('a', 'a@example.org', NOW);
        const code = await home.cards.register(`card-${a}`, `view-${a}`);
        for (const [b, other] of servers.entries()) {
          const opened = {
            token: other.tokens.find(token, instant),
            ...Object.fromEntries(cookies.map((each, n) => [`session ${n}`, other.sessions[n]?.open(each, NOW)])),
            ...Object.fromEntries(sealed.map((each, n) => [`cookie ${n}`, other.sealed[n]?.open(each, NOW)])),
            card: await other.cards.find(code),
            link: b === a ? 'used last' : await other.links.use(link.token, link, NOW),
          };
          for (const [kind, value] of Object.entries(opened)) {
            if (b === a) expect([kind, value === undefined]).toEqual([kind, false]);
            else if (value !== undefined) through.push(`${kind} of ${a} at ${b}`);
            tried += b === a ? 0 : 1;
          }
        }
        expect(await home.links.use(link.token, link, NOW)).toBeDefined();
      }
      process.stdout.write(`worthless elsewhere: 110 pairs of servers, 9 kinds, ${through.length} of ${tried} let through\n`);
      expect([through, tried]).toEqual([[], 110 * 9]);
    } finally {
      for (const { vault } of servers) vault.close();
      rmSync(folder, { recursive: true });
    }
  }, MINUTES); // prettier-ignore
});
