import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { MatchRoles } from '#accounts/account.commands';
import { type HeldRole, holds, type RoleAsked } from '#accounts/account';
import { StaffAccounts } from '#accounts/staff-accounts';
import { randomId } from '#event-store/ids';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import type { Asked } from '../../edge/guard.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { type SignedOn, SignOnRefused } from '../../sign-on/single-sign-on.js';

/** Turns what a council's sign-in said of somebody into an account, its roles and a session. */
@Injectable()
export class StaffDesk {
  constructor(
    private readonly accounts: StaffAccounts,
    private readonly commands: CommandBus,
    private readonly asking: WhoIsAsking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Signs somebody in with the first of their roles; answers all of them. The account is opened for whoever their council
   * knows, so that an administrator can see who asked to come in; a session only for who has a role.
   * @throws SignOnRefused `stopped` or `no role`
   */
  async welcome(
    request: Asked,
    reply: FastifyReply,
    authority: string,
    signedOn: SignedOn,
  ): Promise<readonly HeldRole[]> {
    const { issuer, subject, name, roles, acr, amr } = signedOn;
    const id = this.accounts.idOf(issuer, subject);
    if ((await this.accounts.stateOf(id)).stopped) throw new SignOnRefused('stopped');
    const now = this.clock.now();
    const context = { commandId: randomId(), actor: { role: 'sign-on', ref: id }, now, within: authority };
    const person = await this.accounts.personOf(id, authority, name || id);
    const record = { issuer, subject, authority, name, person, acr, amr, lastSignIn: now.instant };
    await this.accounts.put(id, record);
    await this.commands.execute(new MatchRoles(context, id, authority, roles));
    const held = (await this.accounts.stateOf(id)).roles;
    const [first] = held;
    if (!first) throw new SignOnRefused('no role');
    await this.asking.signIn(request, reply, sessionOf(id, person, first));
    return held;
  }

  /** The same person in another of their roles, in a session with an id of its own. False: they do not have it. */
  async change(request: Asked, reply: FastifyReply, asked: RoleAsked): Promise<boolean> {
    const account = request.who.kind === 'staff' ? request.who.account : undefined;
    const person = account && this.accounts.get(account)?.person;
    if (!account || !person || !holds(await this.accounts.stateOf(account), asked)) return false;
    await this.asking.signIn(request, reply, sessionOf(account, person, asked));
    return true;
  }

  async rolesOf(request: Asked): Promise<readonly HeldRole[]> {
    const account = request.who.kind === 'staff' ? request.who.account : undefined;
    return account ? (await this.accounts.stateOf(account)).roles : [];
  }
}

const sessionOf = (account: string, person: string, { role, authority }: RoleAsked) => ({
  account,
  person,
  role,
  authority: authority ?? null,
});
