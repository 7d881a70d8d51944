import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { Account } from '#accounts/account';
import { Tokens } from '#identity/tokens';
import type { Who } from '#identity/who';
import { nowAt } from '#kernel/time';
import { Vault } from '#vault/vault';
import { CARD_COOKIE, PERSON_COOKIE, STAFF_COOKIE } from './session-cookies.js';
import { type StaffSession, WhoIsAsking } from './who-is-asking.js';

const NOW = new Date(Date.UTC(2026, 10, 23));
const HOUR = 3_600_000;
const chair: StaffSession = { role: 'chair', authority: 'essex', person: 'a-person', account: 'an-account' };
const CARD = { card: 'c', contribution: 'v' };
const held = (more: Partial<Account> = {}): Account => ({ exists: true, stopped: false, roles: [{ role: 'chair', authority: 'essex', by: 'operator' }], ...more }); // prettier-ignore

describe('who is asking', () => {
  let folder: string;
  let vault: Vault;
  let account: Account;
  let card: object | undefined;
  let cookies: Record<string, string>;
  const lines: string[] = [];
  const counted: string[] = [];
  const asking = (config: object = {}) =>
    new WhoIsAsking(
      vault,
      { open: (id: string, view: string) => Promise.resolve(id === 'c' && view === 'v' ? card : undefined) } as never,
      { stateOf: () => Promise.resolve(account) } as never,
      { baseUrl: 'http://here.example', localSignIn: false, ...config } as never,
      { now: () => nowAt(NOW) },
      { add: (what: string) => counted.push(what) } as never,
    );
  const ask = (headers = {}, url: string | undefined = '/work', of = asking()): Promise<Who | 'wrong'> => of.of({ headers, cookies, routeOptions: { url } } as never); // prettier-ignore
  const reply = {
    setCookie: (name: string, value: string) => (cookies[name] = value),
    clearCookie: (name: string) => delete cookies[name],
  } as never;
  const browser = () => ({ headers: {}, cookies }) as never;
  const signIn = (session: StaffSession) => asking().signIn(browser(), reply, session);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'asking-'));
    vault = new Vault({ vault: join(folder, 'v.db'), sealed: join(folder, 's.db'), keyFile: join(folder, 'k') });
    [account, card, cookies] = [held(), { ...CARD, holder: 'person', mayAct: true }, {}];
    lines.length = counted.length = 0;
    Logger.overrideLogger({ log: () => undefined, error: () => undefined, warn: (line: string) => lines.push(line) });
  });
  afterEach(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });

  it('is anyone who brings nothing, and whoever a token is for; a token that does not count is wrong', async () => {
    expect(await ask()).toStrictEqual({ kind: 'anyone' });
    const token = await new Tokens(vault).create('chair', 'essex', NOW.toISOString());
    expect(await ask({ authorization: `Bearer ${token}` })).toMatchObject({ kind: 'token', role: 'chair' });
    expect(await ask({ authorization: `bearer ${token}` }, '/api/v1/x')).toMatchObject({ kind: 'token' });
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${token}`, `Bearer ${token} x`, token])
      expect([authorization, await ask({ authorization })]).toEqual([authorization, 'wrong']);
  });

  it('is whoever signed in with their council, while they hold the role and their account is not stopped', async () => {
    await signIn(chair);
    const who = { kind: 'staff', role: 'chair', ref: 'a-person', account: 'an-account', authority: 'essex' };
    expect([await ask(), await ask({}, undefined)]).toStrictEqual([who, who]);
    // A browser sends cookies unasked; the API takes none.
    expect(await ask({}, '/api/v1/x')).toStrictEqual({ kind: 'anyone' });
    for (const more of [{ stopped: true }, { roles: [] }, { exists: false }]) {
      account = held(more);
      expect([more, await ask()]).toStrictEqual([more, { kind: 'anyone' }]);
    }
  });

  it('is nobody for every council whose role belongs to one', async () => {
    account = held({ roles: [{ role: 'chair', by: 'operator' }, { role: 'administrator', by: 'operator' }] }); // prettier-ignore
    await signIn({ ...chair, authority: null });
    expect(await ask()).toStrictEqual({ kind: 'anyone' });
    await signIn({ ...chair, role: 'administrator', authority: null });
    expect(await ask()).toStrictEqual({ kind: 'staff', role: 'administrator', ref: 'a-person', account: 'an-account' });
  });

  it('is whoever signed in on this computer, only on a server that is for this computer', async () => {
    account = held({ exists: false });
    await signIn({ ...chair, account: null });
    const local = asking({ localSignIn: true });
    expect(await ask({}, '/work', local)).toStrictEqual({ kind: 'staff', role: 'chair', ref: 'a-person', authority: 'essex' }); // prettier-ignore
    expect(await ask()).toStrictEqual({ kind: 'anyone' });
  });

  it('is the holder of a card that still counts, by cookie or as a token; staff first where somebody is both', async () => {
    await asking().openCard(browser(), reply, CARD);
    const who = { kind: 'card', ...card };
    expect([await ask(), await ask({ authorization: `Bearer ${cookies[CARD_COOKIE]}` }, '/api/v1/x')]).toStrictEqual([who, who]); // prettier-ignore
    expect(await asking().actingCardOf(browser())).toStrictEqual(who);
    // Noted as a number of a day, and not who it was.
    expect(counted).toEqual(['A view was opened with its card']);
    card = { ...CARD, holder: 'supporter', mayAct: false };
    await expect(asking().actingCardOf(browser())).rejects.toMatchObject({ code: 'card-only-looks' });
    await signIn(chair);
    expect([await ask(), await asking().cardOf(browser())]).toMatchObject([{ kind: 'staff' }, { kind: 'card' }]);
    await asking().leave(browser(), reply, STAFF_COOKIE);
    card = undefined;
    expect([await ask(), await asking().actingCardOf(browser())]).toStrictEqual([{ kind: 'anyone' }, undefined]);
    expect(await ask({ authorization: `Bearer ${cookies[CARD_COOKIE]}` })).toBe('wrong');
  });

  it('sessions last an hour without a request; ten hours of staff, two of a card, eight of a person', async () => {
    const { staffSessions, cardSessions, personSessions } = asking();
    expect([staffSessions, cardSessions, personSessions].map(({ lifetime }) => [lifetime.idle / HOUR, lifetime.absolute / HOUR])).toEqual([[1, 10], [1, 2], [1, 8]]); // prettier-ignore
    await asking().openPerson(browser(), reply, 'a-persons-account');
    expect(asking().personOf(browser())).toBe('a-persons-account');
    const secret = cookies[PERSON_COOKIE];
    await asking().leave(browser(), reply, PERSON_COOKIE);
    expect([cookies[PERSON_COOKIE], personSessions.open(secret, NOW.getTime())]).toEqual([undefined, undefined]);
  });

  it('signing in is logged with the role, the council and the way, and listed under the account', async () => {
    await signIn(chair);
    await signIn({ role: 'administrator', authority: null, person: 'another', account: null });
    expect(lines).toEqual([
      'Signed in as chair of essex, with the sign-in of the council: a-person',
      'Signed in as administrator of every council, on this computer: another',
    ]);
    cookies = {};
    await signIn(chair);
    const listed = (subject: string) => asking().staffSessions.listed(subject, NOW.getTime()).length;
    expect(['an-account', 'a-person', 'another'].map(listed)).toEqual([1, 0, 1]);
  });
});
