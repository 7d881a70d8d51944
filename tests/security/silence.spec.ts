import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { decodeLeaf } from '#event-store/leaf';
import { Counted } from '../../apps/server/src/edge/counted.js';
import { loadExample } from '../browser/example.js';
import { cardHolder, staff } from '../browser/people.js';
import { concrete, routesOf } from '../http/every-route.js';
import { encoded, Visitor, wellFilled } from '../http/form-filler.js';
import { startServer, type TestServer } from '../http/server.js';

/** A word that nobody else writes, in every way that something could write it down. */
const CANARY = 'Quetzalcoatlus';
const forms = (word: string): string[] => [
  word,
  word.toLowerCase(),
  encodeURIComponent(word),
  Buffer.from(word).toString('base64').slice(0, 16),
  Buffer.from(word).toString('hex'),
];
const holds = (text: string): boolean => forms(CANARY).some((each) => text.includes(each));

/** Everything that is written to the two streams of the process meanwhile. */
const listen = () => {
  const lines: string[] = [];
  const keep = (chunk: unknown): boolean => {
    lines.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8'));
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  for (const name of ['log', 'warn', 'error', 'debug'] as const)
    jest.spyOn(console, name).mockImplementation((...args: unknown[]) => void keep(args.map(String).join(' ')));
  return lines;
};

describe('people’s words', () => {
  let folder: string;
  let server: TestServer;
  let chair: Visitor;
  let holder: Visitor;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'silence-'));
    // Starting says much at this level, and nothing of anybody.
    listen();
    server = await startServer({ LOG_LEVEL: 'debug', DATA_DIR: join(folder, 'data') });
    jest.restoreAllMocks();
    const { codes } = await loadExample(server);
    chair = new Visitor(server.url, (await staff(server.url, 'chair', 'example-council')).cookies);
    holder = new Visitor(server.url, (await cardHolder(server.url, codes['bus'] ?? '')).cookies);
  }, 60_000);
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('stand in no log line, also when every handler fails with them in its message', async () => {
    const lines = listen();
    const fail = () => Promise.reject(new TypeError(`no ${CANARY} in {"words":"${CANARY}"}`, { cause: CANARY }));
    jest.spyOn(CommandBus.prototype, 'execute').mockImplementation(fail);
    jest.spyOn(QueryBus.prototype, 'execute').mockImplementation(fail);
    const authorization = `Bearer ${await server.token('administrator')}`;
    let failed = 0;
    let told = 0;
    for (const route of routesOf(server).filter(({ path }) => !path.endsWith('/stream'))) {
      const path = `${concrete(route)}?q=${CANARY}&words=${CANARY}`;
      const body = { words: CANARY, name: CANARY, title: CANARY, authority: 'essex' };
      const init = route.method === 'GET' ? {} : { method: 'POST', body: JSON.stringify(body) };
      const headers = { authorization, 'content-type': 'application/json', 'user-agent': CANARY, referer: `https://x/${CANARY}` }; // prettier-ignore
      const answer = await fetch(server.url + path, { ...init, headers, redirect: 'manual' });
      const text = await answer.text();
      if (answer.status === 500) failed++;
      if (answer.status === 500 && holds(text) && !text.includes(`value="${path.replaceAll('&', '&amp;')}"`)) told++;
    }
    jest.restoreAllMocks();
    const found = lines.filter(holds);
    console.log(JSON.stringify({ figure: 'security.logs', failed, lines: lines.length, canaries: found.length }));
    expect(failed).toBeGreaterThan(40);
    expect(lines.join('')).toContain('TypeError at ');
    expect(found).toEqual([]);
    expect(told).toBe(0);
  }, 60_000);

  it('stand in no log line, name of a stream, note about an entry, address or file name after forms were sent', async () => {
    const lines = listen();
    const addresses: string[] = [];
    let sent = 0;
    for (const [visitor, starts, within] of [
      [holder, ['/my-view', '/my-view/card'], /^\/my-view/],
      [chair, ['/work', '/'], /^\//],
    ] as const)
      for (const place of await visitor.forms(starts, within)) {
        if (/sign-|leave|\/code$/.test(place.action)) continue;
        const form = await visitor.fresh(place).catch(() => undefined);
        if (!form) continue;
        const words = form.fields.filter(({ kind, name }) => (kind === 'text' || kind === 'textarea') && name !== 'time');
        const typed = Object.fromEntries(words.map(({ name }) => [name, `${CANARY} said so`]));
        const { status, to, html } = await visitor.send(place.action, encoded({ ...wellFilled(form), ...typed, idempotencyKey: `quiet ${sent}` }));
        if (status === 303) sent++;
        addresses.push(to, ...[...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, at = '']) => at));
      } // prettier-ignore
    for (const path of ['/', '/work', '/decisions', '/teams', '/service-changes'])
      addresses.push(...[...(await chair.get(path)).html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, at = '']) => at)); // prettier-ignore
    const notes: string[] = [];
    let entries = 0;
    for await (const { stream, type, leaf } of server.engine.store.readAll()) {
      const { data: _, sealed, ...about } = decodeLeaf(leaf);
      notes.push(stream, type, JSON.stringify(about), JSON.stringify(sealed));
      entries++;
    }
    jest.restoreAllMocks();
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const found = { logs: lines.filter(holds), addresses: addresses.filter(holds), notes: notes.filter(holds), names: names.filter(holds) }; // prettier-ignore
    console.log(JSON.stringify({ figure: 'security.silence', forms: sent, entries, addresses: addresses.length, files: names.length, canaries: Object.values(found).flat().length })); // prettier-ignore
    expect(found).toEqual({ logs: [], addresses: [], notes: [], names: [] });
    expect(sent).toBeGreaterThan(15);
  }, 120_000);

  it('are not needed to say who signed in, who was refused what, and when', async () => {
    const lines = listen();
    const chair = await staff(server.url, 'chair', 'example-council');
    const headers = { cookie: chair.cookies.join('; '), origin: 'https://evil.example' };
    expect((await fetch(`${server.url}/teams?${CANARY}`, { method: 'POST', headers })).status).toBe(403);
    const officer = `Bearer ${await server.token('scrutiny-officer')}`;
    const forbidden = await fetch(`${server.url}/api/v1/teams`, {
      method: 'POST',
      headers: { authorization: officer },
    });
    expect(forbidden.status).toBe(403);
    jest.restoreAllMocks();
    const written = lines.join('');
    expect(written).toMatch(/Signed in as chair of example-council, on this computer: [0-9a-f-]{36}/);
    expect(written).toContain('Refused 403 at POST /teams to anyone');
    expect(written).toMatch(/Refused 403 at POST \/api\/v1\/teams to scrutiny-officer \S+/);
    expect(lines.filter((line) => holds(line) || line.includes('Sam Taylor'))).toEqual([]);
  });

  it('are not needed to say that input was refused; of participants it is told in numbers when the hour is over', async () => {
    const counted = server.app.get(Counted, { strict: false });
    const lines = listen();
    counted.tell('hour');
    counted.tell('day');
    lines.length = 0;
    const send = (path: string, headers: Record<string, string>, body: string) =>
      fetch(server.url + path, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json', origin: server.url, ...headers }, body }); // prettier-ignore
    const authorization = `Bearer ${await server.token('chair', 'essex')}`;
    const bad = `{"name":"${CANARY}","${CANARY}":7}`;
    expect((await send(`/api/v1/teams?${CANARY}`, { authorization }, bad)).status).toBe(400);
    expect((await send('/api/v1/teams', { authorization }, `{"${CANARY}`)).status).toBe(400);
    for (const code of [CANARY, 'ABCD-EFGH-JKMN']) expect((await send('/my-view/code', {}, JSON.stringify({ code }))).status).toBe(404); // prettier-ignore
    expect((await send('/tell-us', {}, bad)).status).toBe(400);
    const atOnce = lines.splice(0).join('');
    const { codes } = await loadExample(server);
    await cardHolder(server.url, codes['bus'] ?? '');
    lines.length = 0;
    counted.tell('hour');
    const hour = lines.splice(0).join('');
    counted.tell('day');
    const day = lines.join('');
    jest.restoreAllMocks();
    expect(atOnce).toMatch(/Refused 400 at POST \/api\/v1\/teams to chair \S+/);
    expect(atOnce).not.toMatch(/my-view|tell-us/);
    expect(hour).toContain('In the last hour, 2 times: Refused 404 at POST /my-view/code to anyone');
    expect(hour).toContain('In the last hour, 1 times: Refused 400 at POST /tell-us to anyone');
    expect(day).toContain('In the last day, 1 times: A view was opened with its card');
    expect(holds(atOnce + hour + day)).toBe(false);
  });
});
