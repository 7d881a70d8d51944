import { clearCookie, cookieOf, setCookie } from './cookies.js';

const sent = (work: (reply: never) => void): unknown[][] => {
  const calls: unknown[][] = [];
  const noted = (...of: unknown[]) => calls.push(of);
  work({ setCookie: noted, clearCookie: noted } as never);
  return calls;
};

describe('cookies', () => {
  it('over https are bound to this host and never sent without it; no script reads them', () => {
    expect(sent((reply) => setCookie(reply, 'c', 'v', 'strict', true))).toEqual([['__Host-c', 'v', { path: '/', httpOnly: true, sameSite: 'strict', secure: true }]]); // prettier-ignore
    expect(sent((reply) => clearCookie(reply, 'c', true))).toEqual([['__Host-c', { path: '/', secure: true }]]);
    expect(cookieOf({ cookies: { c: 'planted by a neighbour', '__Host-c': 'ours' } }, 'c', true)).toBe('ours');
  });

  it('over http have their own name, and last as long as they are told to', () => {
    expect(sent((reply) => setCookie(reply, 'c', 'v', 'lax', false, 60))).toEqual([['c', 'v', { path: '/', httpOnly: true, sameSite: 'lax', secure: false, maxAge: 60 }]]); // prettier-ignore
    const [[, , until] = []] = sent((reply) => setCookie(reply, 'c', 'v', 'lax', false));
    expect(until).not.toHaveProperty('maxAge');
    expect([cookieOf({ cookies: { c: 'v' } }, 'c', false), cookieOf({} as never, 'c', false)]).toEqual([
      'v',
      undefined,
    ]);
  });
});
