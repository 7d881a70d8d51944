import { ForbiddenException, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RECORDERS, type Who } from '#identity/who';
import { ROLES } from '#kernel/codes';
import { Allow, type Permission } from './allow.js';
import { TOKEN_FIELD, TOKEN_HEADER } from './form-tokens.js';
import { AllowGuard } from './guard.js';

const REF = 'a-person';
const anyone: Who = { kind: 'anyone' };
const card: Who = { kind: 'card', card: 'c', contribution: 'v', holder: 'person', mayAct: true };
const people: readonly Who[] = [
  anyone,
  card,
  ...ROLES.flatMap((role): Who[] => [
    { kind: 'staff', role, ref: REF, authority: 'essex' },
    { kind: 'token', role, ref: REF, authority: 'essex' },
  ]),
];
type Request = {
  method: string;
  headers: Record<string, string>;
  who?: Who;
  body?: object;
  isMultipart: () => boolean;
};
const OURS = 'what our page was given';

const judge = async (
  who: Who | 'wrong',
  allowed: readonly Permission[] | undefined,
  { method = 'GET', headers = { [TOKEN_HEADER]: OURS }, body }: Partial<Request> = {},
): Promise<'in' | 403 | 401> => {
  class Page {
    open(): void {
      return;
    }
  }
  const handler = Object.getOwnPropertyDescriptor(Page.prototype, 'open') as TypedPropertyDescriptor<() => void>;
  if (allowed) (Allow(allowed) as MethodDecorator)(Page.prototype, 'open', handler);
  const request: Request = {
    method,
    headers: { host: 'here.example', ...headers },
    isMultipart: () => false,
    ...(body && { body }),
  };
  const guard = new AllowGuard(new Reflector(), { of: () => Promise.resolve(who) } as never, { counts: (_: unknown, given: unknown) => given === OURS } as never, {} as never, { endedBy: () => undefined } as never, { allows: () => Promise.resolve(true) } as never); // prettier-ignore
  const context = { getHandler: () => handler.value, getClass: () => Page, switchToHttp: () => ({ getRequest: () => request }) }; // prettier-ignore
  try {
    const isIn = await guard.canActivate(context as never);
    expect([isIn, request.who]).toEqual([true, who]);
    return 'in';
  } catch (error) {
    if (error instanceof ForbiddenException) return 403;
    if (error instanceof UnauthorizedException) return 401;
    throw error;
  }
};

describe('the guard', () => {
  it('lets in whom a route names, tells the signed in that they may not, and all others to sign in', async () => {
    let judged = 0;
    for (const allowed of [
      ['anyone'],
      ['card'],
      ['card', 'chair'],
      RECORDERS,
      ...ROLES.map((role) => [role]),
    ] as Permission[][])
      // prettier-ignore
      for (const who of people) {
        const named = who.kind === 'card' ? 'card' : 'role' in who ? who.role : 'anyone';
        const may = allowed.includes('anyone') || allowed.includes(named);
        const expected = may ? 'in' : 'role' in who ? 403 : 401;
        expect([allowed, who, await judge(who, allowed)]).toEqual([allowed, who, expected]);
        expect([allowed, who, await judge(who, allowed, { method: 'POST' })]).toEqual([allowed, who, expected]);
        judged += 2;
      }
    process.stdout.write(`guard: ${judged} judgements as declared\n`);
  });

  it('lets a card to look with read, and change nothing where a card may', async () => {
    const looks: Who = { ...card, holder: 'supporter', mayAct: false };
    for (const [method, expected] of [
      ['GET', 'in'],
      ['HEAD', 'in'],
      ['POST', 403],
      ['DELETE', 403],
    ] as const)
      expect([method, await judge(looks, ['card', 'chair'], { method })]).toEqual([method, expected]);
  });

  it('refuses what declares nothing, even to an administrator of every council', async () =>
    expect(await judge({ kind: 'staff', role: 'administrator', ref: REF }, undefined)).toBe(403));

  it('refuses a token that does not count everywhere, also where anyone may look', async () => {
    expect(await judge('wrong', ['anyone'])).toBe(401);
    expect(await judge('wrong', ['chair'])).toBe(401);
  });

  it('lets scrutiny of every council read and change nothing, where one of a council may', async () => {
    for (const kind of ['staff', 'token'] as const) {
      const regional: Who = { kind, role: 'scrutiny-officer', ref: REF };
      for (const [method, expected] of [
        ['GET', 'in'],
        ['HEAD', 'in'],
        ['POST', 403],
        ['PUT', 403],
        ['DELETE', 403],
      ] as const) {
        // prettier-ignore
        expect([method, await judge(regional, ['scrutiny-officer'], { method })]).toEqual([method, expected]);
        const own = { ...regional, authority: 'essex' };
        expect([method, await judge(own, ['scrutiny-officer'], { method })]).toEqual([method, 'in']);
      }
    }
  });

  it.each([
    ['by Fetch Metadata', { 'sec-fetch-site': 'cross-site' }, 403],
    ['of a neighbour under the same name', { 'sec-fetch-site': 'same-site' }, 403],
    ['by Fetch Metadata, whatever Origin says', { 'sec-fetch-site': 'cross-site', origin: 'https://here.example' }, 403],
    ['by Origin', { origin: 'https://evil.example' }, 403],
    ['of nowhere', { origin: 'null' }, 403],
    ['by a port', { origin: 'https://here.example:444' }, 403],
    ['of ours', { 'sec-fetch-site': 'same-origin' }, 'in'],
    ['of ours, typed or from a bookmark', { 'sec-fetch-site': 'none' }, 'in'],
    ['of ours, from a browser that knows only Origin', { origin: 'https://here.example' }, 'in'],
    ['of a program that opened the page first', {}, 'in'],
    ['with a token, which no browser adds by itself', { authorization: 'Bearer x', 'sec-fetch-site': 'cross-site' }, 'in'],
  ] as const)('judges a form %s', async (_, headers, expected) => {
    const ours = { ...headers, [TOKEN_HEADER]: OURS };
    expect(await judge(anyone, ['anyone'], { method: 'POST', headers: ours })).toBe(expected);
    for (const method of ['GET', 'HEAD']) expect(await judge(anyone, ['anyone'], { method, headers })).toBe('in');
  }); // prettier-ignore

  it('takes a form only with what our page was given, in the form or beside it, and keeps it from the handler', async () => {
    const body = { [TOKEN_FIELD]: OURS, words: 'mine' };
    expect(await judge(anyone, ['anyone'], { method: 'POST', headers: {}, body })).toBe('in');
    expect(body).toEqual({ words: 'mine' });
    for (const given of [{}, { [TOKEN_FIELD]: 'another' }, { [TOKEN_FIELD]: '' }])
      expect(await judge(anyone, ['anyone'], { method: 'POST', headers: {}, body: given })).toBe(403);
    expect(await judge(anyone, ['anyone'], { method: 'POST', headers: { [TOKEN_HEADER]: 'another' } })).toBe(403);
    expect(await judge(anyone, ['anyone'], { method: 'POST', headers: { authorization: 'Bearer x' } })).toBe('in');
  });
});
