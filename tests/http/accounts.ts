import { CommandBus } from '@nestjs/cqrs';
import { MatchRoles } from '#accounts/account.commands';
import { StaffAccounts } from '#accounts/staff-accounts';
import { randomId } from '#event-store/ids';
import type { Role } from '#kernel/codes';
import { STAFF_COOKIE, WhoIsAsking } from '../../apps/server/src/edge/who-is-asking.js';
import { Visitor } from './form-filler.js';
import type { TestServer } from './server.js';

/** Somebody whom their council's own sign-in let in, as it leaves them: an account, roles, and a session. */
export interface SignedIn {
  readonly account: string;
  readonly visitor: Visitor;
  readonly cookies: readonly string[];
}

export const signedIn = async (server: TestServer, name: string, authority: string, roles: readonly Role[]): Promise<SignedIn> => {
  const accounts = server.app.get(StaffAccounts, { strict: false });
  const account = accounts.idOf('https://sign-in.example', name);
  const now = server.engine.clock.now();
  const person = await accounts.personOf(account, authority, name);
  await accounts.put(account, { issuer: 'https://sign-in.example', subject: name, authority, name, person, acr: null, amr: null, lastSignIn: now.instant });
  const context = { commandId: randomId(), actor: { role: 'sign-on', ref: account }, now, within: authority };
  const { position } = await server.app.get(CommandBus, { strict: false }).execute(new MatchRoles(context, account, authority, roles));
  if (position !== null) await server.engine.caughtUp(position);
  return { account, ...(await anotherSession(server, account, authority, roles[0])) };
}; // prettier-ignore

/** The same person on another device. */
export const anotherSession = async (
  server: TestServer,
  account: string,
  authority: string,
  role: Role | undefined,
) => {
  const { staffSessions } = server.app.get(WhoIsAsking, { strict: false });
  const person = server.app.get(StaffAccounts, { strict: false }).get(account)?.person ?? account;
  const session = { role: role ?? 'chair', authority, person, account };
  const cookies = role ? [`${STAFF_COOKIE}=${await staffSessions.start(account, session, Date.now())}`] : [];
  return { cookies, visitor: new Visitor(server.url, cookies) };
};
