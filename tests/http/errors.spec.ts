import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { request as rawRequest } from 'node:http';
import request from 'supertest';
import fc from 'fast-check';
import { FindContributionHandler } from '#contributions/contributions.queries';
import { StoreUnavailable } from '#event-store/event-store';
import { startServer, type TestServer } from './server.js';

describe('bad input', () => {
  let server: TestServer;
  let token: string;
  let logged: string[];
  const view = {
    authority: 'essex',
    words: 'The form is too long',
    channel: 'meeting',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  };
  beforeAll(async () => {
    server = await startServer({ LOG_LEVEL: 'error' });
    token = await server.token('chair', 'essex');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    logged = [];
    jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((...args: unknown[]) => void logged.push(args.map(String).join(' ')));
  });
  afterEach(() => jest.restoreAllMocks());

  const send = (path: string, body: Buffer | string, type = 'application/json') =>
    request(server.url)
      .post(path)
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', type)
      .serialize((value: unknown) => value as string)
      .send(body as string);
  const post = (path: string, body: object) =>
    request(server.url).post(path).set('Authorization', `Bearer ${token}`).send(body);
  const problem = (status: number) => ({
    status,
    type: 'application/problem+json',
    body: expect.objectContaining({ status, title: expect.any(String), detail: expect.any(String) }) as object,
  });
  const head = () => server.engine.store.head();

  it.each<[string, number, string | Buffer, string]>([
    ['no JSON at all', 400, 'hello', 'application/json'],
    ['half of a JSON text', 400, '{"authority":', 'application/json'],
    ['a list', 400, '[]', 'application/json'],
    ['nothing', 400, '', 'application/json'],
    [
      'bytes that are not UTF-8',
      400,
      Buffer.concat([Buffer.from('{"authority":"essex","words":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
      'application/json',
    ],
    ['half a character', 400, '{"words":"\\ud800"}', 'application/json'],
    ['__proto__', 400, '{"__proto__":{"authority":"essex"}}', 'application/json'],
    ['levels without end', 400, `{"words":${'['.repeat(100)}${']'.repeat(100)}}`, 'application/json'],
    ['an empty object', 400, '{}', 'application/json'],
    ['ten megabytes', 413, JSON.stringify({ ...view, words: 'x'.repeat(10 * 1_048_576) }), 'application/json'],
    ['XML', 415, '<a/>', 'application/xml'],
    ['JSON that says it is plain text', 415, JSON.stringify(view), 'text/plain'],
    ['a form with bad bytes', 400, 'authority=essex&words=%ff', 'application/x-www-form-urlencoded'],
  ])('%s answers %i in words, and records nothing', async (_, status, body, type) => {
    const before = await head();
    const answer = await send('/api/v1/contributions', body, type);
    expect({ status: answer.status, type: answer.type, body: answer.body as object }).toEqual(problem(status));
    expect([await head(), logged]).toEqual([before, []]);
  });

  it('a post without a body at all answers 400', async () => {
    const status = await new Promise((resolve, reject) =>
      rawRequest(`${server.url}/api/v1/contributions`, { method: 'POST', headers: { authorization: `Bearer ${token}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on('error', reject).end(),
    ); // prettier-ignore
    expect([status, logged]).toEqual([400, []]);
  });

  it.each([
    ['a key too long to count', { key: 'k'.repeat(201) }, 400],
    ['a key of 200 characters', { key: 'k'.repeat(200) }, 201],
  ])('%s', async (_, { key }, status) => {
    const sent = () => post('/api/v1/contributions', view).set('Idempotency-Key', key);
    const [one, two] = [await sent(), await sent()];
    expect([one.status, two.status]).toEqual([status, status]);
    expect((one.body as { id?: string }).id).toBe((two.body as { id?: string }).id);
  });

  const recorded = async () =>
    ((await post('/api/v1/contributions', { ...view, occurredAt: '2026-11-01T09:00:00Z' })).body as { id: string }).id;
  it.each<[string, string, object]>([
    ['a view', '', {}],
    ['a correction', '/corrections', { words: 'x', why: 'y' }],
    ['a way of being shown', '/attribution', { attribution: 'name' }],
    ['an answer about understanding', '/understanding', { understood: 'yes', callBack: false }],
    ['a call back', '/call-back', { contact: 'x', note: 'y' }],
    ['more to say', '/additions', { words: 'x' }],
    [
      'a reply',
      '/replies',
      { channel: 'letter', format: 'plain', givenAt: '2026-11-20T09:00:00Z', by: 'Jo', words: 'x' },
    ],
  ])('any value in any field of %s is taken or refused, never a fault', async (_, path, good) => {
    const id = await recorded();
    const target = path === '' ? '/api/v1/contributions' : `/api/v1/contributions/${id}${path}`;
    const whole =
      path === ''
        ? {
            ...view,
            occurredAt: '2026-11-01T09:00:00Z',
            participant: id,
            helper: 'Jo',
            agreed: true,
            groupSize: 3,
            language: 'en',
            published: true,
          }
        : good;
    const odd: unknown[] = [
      null,
      '',
      ' ',
      0,
      -1,
      1.5,
      2 ** 53,
      true,
      [],
      {},
      [[]],
      { a: 1 },
      '2026-11-01',
      '2026-02-30',
      '2026-13-45T99:99:99Z',
      '9999-12-31T23:59:59Z',
      '-000001-01-01',
      'x'.repeat(10_001),
      '=1+1',
      '<script>alert(1)</script>',
      '🚌👩🏽‍🦽',
      '\u202eabc',
      '\u0000',
      'constructor',
      '__proto__',
      id,
      ['name', 'name'],
    ];
    const any = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'grapheme' }));
    const faults: unknown[] = [];
    const attempt = async (field: string, value: unknown) => {
      const answer = await post(target, { ...whole, [field]: value });
      if (answer.status >= 500) faults.push([field, value, answer.status, ...logged.splice(0)]);
    };
    for (const field of Object.keys(whole)) for (const value of odd) await attempt(field, value);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), any, attempt), { numRuns: 40 });
    expect(faults).toEqual([]);
  });

  it.each(['tomorrow', '9999-12-31T23:59:59Z', '9999-12-31'])(
    'a view cannot have been given in the future (%s)',
    async (occurredAt) => {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      const answer = await post('/api/v1/contributions', {
        ...view,
        occurredAt: occurredAt === 'tomorrow' ? tomorrow : occurredAt,
      });
      expect([answer.status, (answer.body as { errors: { pointer: string }[] }).errors?.[0]?.pointer]).toEqual([
        422,
        '/occurredAt',
      ]);
    },
  );

  it('a day without a time is kept as a day, never as a moment nobody said', async () => {
    const answer = await post('/api/v1/contributions', { ...view, occurredAt: '2026-07-01' });
    expect(answer.status).toBe(201);
    const row = server.engine.rows.get<{ occurred_at: string; precision: string }>(
      'SELECT occurred_at, precision FROM contribution WHERE id = ?',
      (answer.body as { id: string }).id,
    );
    expect(row).toEqual({ occurred_at: '2026-06-30T23:00:00.000Z', precision: 'day' });
  });

  it('unknown and misspelt ids and addresses answer 404 or 400 alike, as problem or as page', async () => {
    const unknown = await post('/api/v1/contributions/00000000-0000-4000-8000-000000000000/withdrawal', {});
    expect(unknown.status).toBe(404);
    expect((await post('/api/v1/contributions/not-an-id/withdrawal', {})).status).toBe(400);
    expect((await request(server.url).get('/api/v1/nothing')).type).toBe('application/problem+json');
    const page = await request(server.url).get('/nothing-here').set('Accept', 'text/html');
    expect([page.status, page.type]).toEqual([404, 'text/html']);
    for (const path of [
      '/%',
      '/%ff',
      '/..%2f..%2fetc/passwd',
      '/assets/..%2f..%2fpackage.json',
      `/${'x'.repeat(5_000)}`,
    ])
      expect((await request(server.url).get(path)).status).toBeLessThan(500);
    expect(logged).toEqual([]);
  });

  it('a fault of ours answers 500 in words, and the log says where but not what', async () => {
    const id = await recorded();
    jest
      .spyOn(FindContributionHandler.prototype, 'execute')
      .mockRejectedValueOnce(new TypeError('SECRET words of a person'));
    const answer = await post(`/api/v1/contributions/${id}/corrections`, { words: 'SECRET words' });
    expect({ status: answer.status, type: answer.type, body: answer.body as object }).toEqual(problem(500));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('TypeError at POST /api/v1/contributions/:id/corrections');
    expect([JSON.stringify(answer.body), ...logged].join()).not.toMatch(/SECRET|SELECT/);
    expect(logged.join()).not.toContain(id);
  });

  it('a store that is away answers 503 and when to come again, and the retry is recorded once', async () => {
    const broken = jest.spyOn(server.engine.store, 'append').mockRejectedValueOnce(new StoreUnavailable('away'));
    const sent = () => post('/api/v1/contributions', { ...view, words: 'Once' }).set('Idempotency-Key', 'away-1');
    const first = await sent();
    expect([first.status, first.headers['retry-after']]).toEqual([503, '5']);
    broken.mockRestore();
    const [second, third] = [await sent(), await sent()];
    expect([second.status, third.status]).toEqual([201, 201]);
    expect((second.body as { id: string }).id).toBe((third.body as { id: string }).id);
  });

  it('every answer says how it may be used, also an error', async () => {
    for (const path of ['/', '/nothing-here', '/api/v1/nothing', '/health/live', '/api/openapi.json'])
      expect((await request(server.url).get(path)).headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
  });
});
