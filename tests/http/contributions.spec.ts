import request from 'supertest';
import { startServer, type TestServer } from './server.js';

describe('POST /api/v1/contributions', () => {
  let server: TestServer;
  let token: string;
  const view = {
    authority: 'essex',
    words: 'The form is too long',
    channel: 'meeting',
    capacity: 'uses-services',
    voice: 'own',
    attribution: 'group',
  };
  beforeAll(async () => {
    server = await startServer();
    token = await server.token('chair', 'essex');
  });
  afterAll(() => server.close());
  const post = (path: string, body: object, key?: string) => {
    const sent = request(server.url).post(path).set('Authorization', `Bearer ${token}`);
    return (key ? sent.set('Idempotency-Key', key) : sent).send(body);
  };

  it('records a view and answers its id, its code and where it stands', async () => {
    const { status, body } = await post('/api/v1/contributions', view);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/),
      position: expect.any(String),
    });
  });

  it('records the same key once, also 50 times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('/api/v1/contributions', view, 'same')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
  });

  it('refuses the same key with another body', async () => {
    await post('/api/v1/contributions', view, 'k2');
    const { status, body } = await post('/api/v1/contributions', { ...view, words: 'Something else' }, 'k2');
    expect({ status, code: (body as { errors: { code: string }[] }).errors[0]?.code }).toEqual({
      status: 422,
      code: 'key-reused',
    });
  });

  it("hides another council's things", async () => {
    expect((await post('/api/v1/contributions', { ...view, authority: 'norfolk' })).status).toBe(404);
    const mine = await post('/api/v1/contributions', view);
    const foreign = await server.token('chair', 'norfolk');
    const answer = await request(server.url)
      .post(`/api/v1/contributions/${(mine.body as { id: string }).id}/withdrawal`)
      .set('Authorization', `Bearer ${foreign}`)
      .send({});
    expect(answer.status).toBe(404);
  });

  it.each([
    ['no token', {}, view, 401],
    ['a wrong token', { Authorization: 'Bearer tl_nope' }, view, 401],
  ])('refuses %s', async (_name, headers, body, status) => {
    expect((await request(server.url).post('/api/v1/contributions').set(headers).send(body)).status).toBe(status);
  });

  it('names every field that is wrong', async () => {
    const { status, body } = await post('/api/v1/contributions', {
      authority: 'essex',
      words: 'x'.repeat(10_001),
      channel: 'pigeon',
      capacity: 'other',
      voice: 'own',
      attribution: 'group',
      surprise: 1,
    });
    expect(status).toBe(400);
    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/channel',
      '/surprise',
      '/words',
    ]);
  });
});
