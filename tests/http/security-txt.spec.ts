import { nowAt } from '#kernel/time';
import { startServer } from './server.js';

const PATH = '/.well-known/security.txt';

describe('security.txt', () => {
  it('says how to reach whoever runs the server, and when it ends (RFC 9116)', async () => {
    const clock = { now: () => nowAt(new Date('2026-11-28T10:00:00Z')) };
    const env = { SECURITY_CONTACT: 'mailto:security@council.example', BASE_URL: 'https://council.example' };
    const server = await startServer(env, undefined, clock);
    const answer = await fetch(server.url + PATH);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe(
      'Contact: mailto:security@council.example\nExpires: 2027-02-26T00:00:00.000Z\nPreferred-Languages: en\n' +
        `Canonical: https://council.example${PATH}\n`,
    );
    await server.close();
  });

  it('is not there when nobody would answer', async () => {
    const server = await startServer();
    expect((await fetch(server.url + PATH)).status).toBe(404);
    await server.close();
  });
});
