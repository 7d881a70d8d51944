import { HttpException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RECORDERS, type Who } from '#identity/who';
import { ROLES } from '#kernel/codes';
import { Allow, type Permission } from './allow.js';
import { SignedBody, TOKEN_FIELD, TOKEN_HEADER } from './form-tokens.js';
import { AllowGuard } from './guard.js';
import { TakesFiles, type Uploaded } from './multipart.js';

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
  uploaded?: Uploaded;
  isMultipart: () => boolean;
  parts?: () => AsyncIterable<object>;
};
const OURS = 'what our page was given';
/** How many more writes its sender may send, and how many files were looked at. */
let [writes, scanned] = [Infinity, 0];
beforeEach(() => ([writes, scanned] = [Infinity, 0]));
const scan = () => Promise.resolve((scanned++, 'clean'));
/** Essex is there; whatever else is asked for has ended. */
const endedBy = (council: unknown) => (council === 'essex' ? undefined : [{ name: 'North' }, { name: 'South' }]);

const judge = async (
  who: Who | 'wrong',
  allowed: readonly Permission[] | undefined,
  { method = 'GET', headers = { [TOKEN_HEADER]: OURS }, ...more }: Partial<Request> = {},
  marks: readonly MethodDecorator[] = [],
): Promise<number | 'in'> => {
  class Page {
    open(): void {
      return;
    }
  }
  const handler = Object.getOwnPropertyDescriptor(Page.prototype, 'open') as TypedPropertyDescriptor<() => void>;
  for (const mark of [...(allowed ? [Allow(allowed) as MethodDecorator] : []), ...marks]) mark(Page.prototype, 'open', handler); // prettier-ignore
  const request: Request = {
    method,
    headers: { host: 'here.example', ...headers },
    isMultipart: () => false,
    ...more,
  };
  const guard = new AllowGuard(new Reflector(), { of: () => Promise.resolve(who) } as never, { counts: (_: unknown, given: unknown) => given === OURS } as never, { scan } as never, { endedBy } as never, { allows: () => Promise.resolve(writes-- > 0) } as never); // prettier-ignore
  const context = { getHandler: () => handler.value, getClass: () => Page, switchToHttp: () => ({ getRequest: () => request }) }; // prettier-ignore
  try {
    const isIn = await guard.canActivate(context as never);
    expect([isIn, request.who]).toEqual([true, who]);
    // What a form brought is there for the handler.
    if (request.uploaded) expect(request.body).toEqual({ words: 'mine' });
    return 'in';
  } catch (error) {
    if (error instanceof HttpException) return error.getStatus();
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

  it('takes a form without anything of ours only where its body is signed', async () => {
    const post = { method: 'POST', headers: {}, body: {} };
    expect(await judge(anyone, ['anyone'], post)).toBe(403);
    expect(await judge(anyone, ['anyone'], post, [SignedBody()])).toBe('in');
    // From another website it is refused all the same.
    const foreign = { ...post, headers: { 'sec-fetch-site': 'cross-site' } };
    expect(await judge(anyone, ['anyone'], foreign, [SignedBody()])).toBe(403);
  });

  it('reads files only where a route takes some, from whom it lets in, and only in a form of ours', async () => {
    let read = 0;
    const partsWith = (token: string) =>
      async function* () {
        read++;
        yield { type: 'field', fieldname: 'words', value: 'mine' };
        yield { type: 'field', fieldname: TOKEN_FIELD, value: token };
        yield { type: 'file', fieldname: 'file', file: {}, toBuffer: () => Promise.resolve(Buffer.from('GIF8')) };
        await Promise.resolve();
      };
    const form = (token = OURS): Partial<Request> => ({ method: 'POST', headers: {}, isMultipart: () => true, parts: partsWith(token) }); // prettier-ignore
    expect([await judge(anyone, ['anyone'], form()), await judge(anyone, ['chair'], form(), [TakesFiles()]), read]).toEqual([415, 401, 0]); // prettier-ignore
    expect(await judge(anyone, ['anyone'], form(), [TakesFiles()])).toBe('in');
    expect(await judge(anyone, ['anyone'], form('another'), [TakesFiles()])).toBe(403);
    expect([read, scanned]).toEqual([2, 2]);
    // One too many: its words are read, to be shown again, and nobody looks at its files.
    writes = 0;
    expect([await judge(anyone, ['anyone'], form(), [TakesFiles()]), read, scanned]).toEqual([429, 3, 2]);
  });

  it('refuses what one sender writes too much, and lets them read on', async () => {
    writes = 2;
    const asked: Partial<Request>[] = [{ method: 'POST' }, {}, { method: 'POST' }, { method: 'POST' }, {}];
    const answers: unknown[] = [];
    for (const each of asked) answers.push(await judge(anyone, ['anyone'], each));
    expect(answers).toEqual(['in', 'in', 'in', 429, 'in']);
  });

  it('lets whoever works for a council that ended read on and write nothing, but where anyone may', async () => {
    for (const kind of ['staff', 'token'] as const) {
      const former: Who = { kind, role: 'chair', ref: REF, authority: 'rutland' };
      expect(await judge(former, ['chair'])).toBe('in');
      expect(await judge(former, ['chair'], { method: 'HEAD' })).toBe('in');
      expect(await judge(former, ['chair'], { method: 'POST' })).toBe(403);
      expect(await judge(former, ['anyone'], { method: 'POST' })).toBe('in');
      const ofAll: Who = { kind, role: 'administrator', ref: REF };
      expect(await judge(ofAll, ['administrator'], { method: 'POST' })).toBe('in');
    }
    expect(await judge(card, ['card'], { method: 'POST' })).toBe('in');
  });
});
