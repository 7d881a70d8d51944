import { safeNext } from './safe-next.js';

const HOME = 'https://throughline.example';

/** What has sent people to other sites before (OWASP, "Unvalidated redirects"), and what only looks strange. */
const BAD: readonly unknown[] = [
  'https://evil.example', 'http://evil.example', '//evil.example', '///evil.example', '////evil.example', '/\\evil.example',
  '\\\\evil.example', '\\/evil.example', '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '/%09/evil.example',
  '/%2f/evil.example', '/%2F%2Fevil.example', '/%5cevil.example', '/.//evil.example', '/..//evil.example', '/../evil', '/work/../..//evil.example',
  '/./work', '/work/..', '/@evil.example', '/:80', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'evil.example', 'work', '',
  ' /work', '/work ', '/work\0', '/work#//evil.example', '/work?next=//evil.example', '/work?x=https://evil.example', '/work;//evil.example', '/work//evil',
  '/\u2215evil.example', '/\uff0fevil.example', '/work\u202e', `/${'a'.repeat(300)}`, '/work/', undefined, null, 7, ['/work'], ['//evil.example', '/work'], {},
]; // prettier-ignore

describe('where to go after signing in', () => {
  it('is never another site, however it is written', () => {
    const away = BAD.filter((next) => {
      const to = safeNext(next);
      return to !== '/work' || new URL(to, HOME).origin !== HOME;
    });
    process.stdout.write(`next: ${away.length} of ${BAD.length} payloads let through\n`);
    expect(away).toEqual([]);
    expect(BAD.length).toBeGreaterThanOrEqual(30);
  });

  it('is a page of ours where one was asked for', () => {
    for (const next of [
      '/',
      '/work',
      '/teams/0a1b-2c',
      '/promises?owner=me&page=2',
      '/log/checkpoint.txt',
      '/a/b/c?x=1',
      `/${'a'.repeat(299)}`,
    ])
      expect(safeNext(next)).toBe(next);
  });
});
