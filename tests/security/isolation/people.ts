import { Cards } from '#contributions/cards';
import { EndReplies, IssueCard } from '#contributions/contribution.commands';
import { STAFF } from '#identity/who';
import { randomId } from '#event-store/ids';
import { type Role, ROLES } from '#kernel/codes';
import { CommandBus } from '@nestjs/cqrs';
import { CARD_COOKIE, STAFF_COOKIE, WhoIsAsking } from '../../../apps/server/src/edge/who-is-asking.js';
import { FORM_COOKIE, FormTokens, TOKEN_HEADER } from '../../../apps/server/src/edge/form-tokens.js';
import { newSecret } from '#identity/secret';
import { view } from '../../http/bodies.js';
import type { TestServer } from '../../http/server.js';

/** Somebody with a way of showing who they are: headers, and nothing else. */
export interface Asker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly role?: Role;
  /** What they may do anywhere because they belong to a council; undefined for anyone and for cards. */
  readonly kind: 'anyone' | 'card' | 'staff' | 'token';
}

export interface CardHolder extends Asker {
  readonly code: string;
  readonly view: string;
}

export const nobody: Asker = { name: 'anyone', kind: 'anyone', headers: {} };

export const tokenOf = async (server: TestServer, role: Role, authority?: string): Promise<Asker> => ({
  name: `token of ${role}${authority ? ` of ${authority}` : ' of every council'}`,
  kind: 'token',
  role,
  headers: { authorization: `Bearer ${await server.token(role, authority)}` },
});

export const sessionOf = async (server: TestServer, role: Role, authority: string): Promise<Asker> => {
  const { staffSessions } = server.app.get(WhoIsAsking, { strict: false });
  const session = { role, authority, person: randomId(), account: null };
  const cookie = await staffSessions.start(session.person, session, Date.now());
  return { name: `${role} of ${authority}`, kind: 'staff', role, headers: { cookie: `${STAFF_COOKIE}=${cookie}` } };
};

/** As a browser, or a program, sends them: a card at the API by its secret, a form with what its page was given. */
export const headersFor = (server: TestServer, { headers, kind }: Asker, method: string, url: string): Record<string, string> => {
  const cookie = headers['cookie'] ?? '';
  if (url.startsWith('/api/')) return kind === 'card' ? { authorization: `Bearer ${cookie.split('=')[1] ?? ''}` } : headers;
  if (method === 'GET' || headers['authorization'] !== undefined) return headers;
  const browser = newSecret();
  const token = server.app.get(FormTokens, { strict: false }).tokenOf(browser);
  return { cookie: [cookie, `${FORM_COOKIE}=${browser}`].filter(Boolean).join('; '), [TOKEN_HEADER]: token };
}; // prettier-ignore

/** The holder of a card of a view of this council: the person, whoever helps them, or the family; and what it was made for. */
export const cardOf = async (
  server: TestServer,
  authority: string,
  holder: 'person' | 'supporter' | 'family',
  scope?: 'see' | 'act',
): Promise<CardHolder> => {
  const given = await server.app.inject({
    method: 'POST',
    url: '/api/v1/contributions',
    headers: (await tokenOf(server, 'chair', authority)).headers,
    payload: { ...view(), authority },
  });
  const { id } = given.json<{ id: string }>();
  let card = Cards.firstCardOf(id);
  if (holder !== 'person') {
    card = randomId();
    const commands = server.app.get(CommandBus, { strict: false });
    const context = () => ({ commandId: randomId(), actor: { role: 'chair', ref: 'tests' }, now: server.engine.clock.now() }); // prettier-ignore
    if (holder === 'family') await commands.execute(new EndReplies(context(), id, false));
    await commands.execute(new IssueCard(context(), id, { card, holder, agreed: true, ...(scope && { scope }) }));
  }
  const { cardSessions } = server.app.get(WhoIsAsking, { strict: false });
  const cookie = await cardSessions.start(id, { card, contribution: id }, Date.now());
  const code = server.app.get(Cards, { strict: false }).codeOf(card) ?? '';
  return { name: `card of a ${holder} of ${authority}${scope ? ` to ${scope}` : ''}`, kind: 'card', headers: { cookie: `${CARD_COOKIE}=${cookie}` }, code, view: id };
}; // prettier-ignore

/** Cards whose holders see one view, and change nothing (ADR 0029). */
export const cardsToLook = async (server: TestServer, authority: string): Promise<readonly CardHolder[]> => [
  await cardOf(server, authority, 'supporter', 'see'),
  await cardOf(server, authority, 'family'),
];

/** Everybody who could ask from within one council, and anyone. */
export const everyoneOf = async (server: TestServer, authority: string): Promise<readonly Asker[]> => [
  nobody,
  await cardOf(server, authority, 'person'),
  await cardOf(server, authority, 'supporter'),
  await cardOf(server, authority, 'supporter', 'act'),
  ...(await cardsToLook(server, authority)),
  ...(await Promise.all(STAFF.map((role) => sessionOf(server, role, authority)))),
  ...(await Promise.all(ROLES.map((role) => tokenOf(server, role, authority)))),
];
