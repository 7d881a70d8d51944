import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '#identity/secret';
import { Vault } from '#vault/vault';
import { FORM_COOKIE, FormTokens, TOKEN_FIELD, withToken } from './form-tokens.js';
import { CARD_COOKIE, STAFF_COOKIE } from './session-cookies.js';

interface Browser {
  cookies: Record<string, string | undefined>;
  who?: { kind: string };
}

describe('what shows that a form is of a page of ours', () => {
  let folder: string;
  let vault: Vault;
  let tokens: FormTokens;
  const set: unknown[][] = [];
  const reply = { setCookie: (...of: unknown[]) => set.push(of) };
  const of = (baseUrl: string) => new FormTokens(vault, { baseUrl } as never);
  const issue = (browser: Browser, by = tokens) => by.issue(browser as never, reply as never);
  const counts = (browser: Browser, given: unknown, by = tokens) => by.counts(browser as never, given);
  const as = (kind: string, cookie: string, session: string | undefined, browser: string): Browser => ({ cookies: { [FORM_COOKIE]: browser, [cookie]: session }, who: { kind } }); // prettier-ignore
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'forms-'));
    vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
    tokens = of('http://here.example');
    set.length = 0;
  });
  afterEach(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });

  it('a browser without a secret of ours gets one with the page, and keeps the one that it has', () => {
    const first = issue({ cookies: {} });
    const [name, browser] = set[0] as [string, string];
    expect([name, browser]).toEqual([FORM_COOKIE, expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)]);
    expect([issue({ cookies: { [FORM_COOKIE]: browser } }), set.length]).toEqual([first, 1]);
    issue({ cookies: { [FORM_COOKIE]: 'made up by somebody' } });
    expect([set.length, set[1]?.[1] === 'made up by somebody']).toEqual([2, false]);
  });

  it('counts in the browser that the page was given to, and is nothing made up', () => {
    const [mine, other] = [{ cookies: { [FORM_COOKIE]: newSecret() } }, { cookies: { [FORM_COOKIE]: newSecret() } }];
    const token = issue(mine);
    expect([counts(mine, token), counts(other, token), counts({ cookies: {} }, token)]).toEqual([true, false, false]);
    const close = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const given of [undefined, '', 'x', close, token.slice(1), `${token}x`, [token], { token }])
      expect([given, counts(mine, given)]).toEqual([given, false]);
    // Nor without a secret of ours in the cookie, whatever stands there.
    expect(counts({ cookies: { [FORM_COOKIE]: 'x' } }, tokens.tokenOf('x'))).toBe(false);
  });

  it.each([
    ['staff', STAFF_COOKIE, CARD_COOKIE],
    ['card', CARD_COOKIE, STAFF_COOKIE],
  ])('given to one session of %s counts in no other, and one of before it counts in it', (kind, cookie, another) => {
    const browser = newSecret();
    const before = issue({ cookies: { [FORM_COOKIE]: browser } });
    const mine = as(kind, cookie, 'a session', browser);
    const token = issue(mine);
    expect(token).not.toBe(before);
    expect([counts(mine, token), counts(mine, before)]).toEqual([true, true]);
    expect(counts(as(kind, cookie, 'the next session', browser), token)).toBe(false);
    expect(counts({ cookies: { [FORM_COOKIE]: browser } }, token)).toBe(false);
    // The cookie of the other kind is not looked at, nor that of a session that is nobody’s.
    expect(issue(as(kind, another, 'a session', browser))).toBe(before);
    expect(issue(as('anyone', cookie, 'a session', browser))).toBe(before);
    expect(issue(as('token', cookie, 'a session', browser))).toBe(before);
  });

  it('over https looks only at the cookie that is bound to this host', () => {
    const secure = of('https://here.example');
    const browser = newSecret();
    const bound = { cookies: { [`__Host-${FORM_COOKIE}`]: browser } };
    expect(counts(bound, issue(bound, secure), secure)).toBe(true);
    expect(counts({ cookies: { [FORM_COOKIE]: browser } }, issue(bound, secure), secure)).toBe(false);
    expect(set).toEqual([]);
  });

  it('stands in every form that changes something and in no other, and is made once for a page', () => {
    let made = 0;
    const page = '<form method="get" action="/a"></form><form action="/b" method="post"></form><form method="post"></form>';
    const html = withToken(page, () => `t${++made}`);
    const hidden = `<input type="hidden" name="${TOKEN_FIELD}" value="t1">`;
    expect(html).toBe(`<form method="get" action="/a"></form><form action="/b" method="post">${hidden}</form><form method="post">${hidden}</form>`);
    expect([withToken('<p>No form</p>', () => `t${++made}`), made]).toEqual(['<p>No form</p>', 1]);
  }); // prettier-ignore
});
