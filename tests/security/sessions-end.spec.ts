import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonAccounts } from '#accounts/person-accounts';
import { PERSON_COOKIE } from '../../apps/server/src/edge/session-cookies.js';
import { WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { anotherSession, signedIn } from '../http/accounts.js';
import { encoded } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';
import { cardOf } from './isolation/people.js';

/** S14: a session that is ended at one server has ended at all of them. */
describe('a session that is told to end', () => {
  let folder: string;
  let servers: TestServer[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'two-servers-'));
    const env = { DATA_DIR: join(folder, 'data') };
    servers = [await startServer(env), await startServer(env)];
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const asks = async (server: TestServer, cookie: string, path: string) =>
    (await fetch(server.url + path, { headers: { cookie }, redirect: 'manual' })).status;

  it('is nobody’s at the next request, at every server, within a second', async () => {
    const [one, two] = servers as [TestServer, TestServer];
    const administrator = await signedIn(one, 'Ada', 'essex', ['administrator']);
    const chair = await signedIn(one, 'Charly', 'essex', ['chair', 'owner']);
    const act = (step: string, fields: Record<string, string>) =>
      administrator.visitor.send(`/accounts/${chair.account}/${step}`, encoded({ idempotencyKey: `${Math.random()}`, reason: 'left', ...fields }));
    const staff = async (role: 'chair' | 'owner' = 'chair') => (await anotherSession(one, chair.account, 'essex', role)).cookies.join('; ');
    const card = async () => (await cardOf(one, 'essex', 'person')).headers['cookie'] ?? '';
    const person = async () => {
      const persons = one.app.get(PersonAccounts, { strict: false });
      const account = persons.idOf('amina@example.org');
      await persons.open(account, 'amina@example.org', '2026-01-01');
      const { personSessions } = one.app.get(WhoIsAsking, { strict: false });
      return `${PERSON_COOKIE}=${await personSessions.start(account, { account }, Date.now())}`;
    };
    const post = (cookie: string, path: string, body: Record<string, string> = {}) =>
      fetch(one.url + path, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(body) });
    const idOf = (cookie: string) => one.app.get(WhoIsAsking, { strict: false }).staffSessions.idOf(cookie.split('=')[1] ?? '') ?? '';
    const ways: readonly (readonly [name: string, session: () => Promise<string>, page: string, ended: number, end: (cookie: string) => Promise<{ status: number }>])[] = [
      ['signing out', () => staff(), '/work', 401, (cookie) => post(cookie, '/sign-out')],
      ['signing out everywhere', () => staff(), '/work', 401, (cookie) => post(cookie, '/my-account/sign-out-everywhere')],
      ['signing out there, from another device', () => staff(), '/work', 401, async (cookie) => post(await staff(), '/sign-in/devices/end', { session: idOf(cookie) })],
      ['signing out everywhere else', () => staff(), '/work', 401, async () => post(await staff(), '/sign-in/devices/end-others', { as: 'staff' })],
      ['an administrator signing them out', () => staff(), '/work', 401, () => act('end-sessions', {})],
      ['a role taken away', () => staff('owner'), '/work', 401, () => act('take', { role: 'owner' })],
      ['an account stopped', () => staff(), '/work', 401, () => act('stop', {})],
      ['closing a view', card, '/my-view', 303, (cookie) => post(cookie, '/my-view/leave')],
      ['leaving one’s views', person, '/my-views', 303, (cookie) => post(cookie, '/my-views/leave')],
      ['leaving one’s views on all devices', person, '/my-views', 303, (cookie) => post(cookie, '/my-views/leave', { everywhere: 'yes' })],
      ['forgetting one’s address', person, '/my-views', 303, (cookie) => post(cookie, '/my-views/forget')],
    ];
    let slowest = 0;
    for (const [name, session, page, ended, end] of ways) {
      const cookie = await session();
      expect([name, await asks(one, cookie, page), await asks(two, cookie, page)]).toEqual([name, 200, 200]);
      const began = performance.now();
      expect([name, (await end(cookie)).status]).toEqual([name, 303]);
      expect([name, await asks(two, cookie, page), await asks(one, cookie, page)]).toEqual([name, ended, ended]);
      slowest = Math.max(slowest, performance.now() - began);
    }
    process.stdout.write(`sessions: ${ways.length} ways to end one, at the next request of 2 servers, slowest ${slowest.toFixed(0)} ms\n`);
    expect(slowest).toBeLessThan(1_000);
  }, 60_000);
}); // prettier-ignore
