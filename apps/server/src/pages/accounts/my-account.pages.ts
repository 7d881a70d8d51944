import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { type AccountAct, ListAccountActs } from '#accounts/accounts.queries';
import { StaffAccounts } from '#accounts/staff-accounts';
import { Authorities } from '#authorities/authorities';
import { STAFF, type Who } from '#identity/who';
import { Allow } from '../../edge/allow.js';
import { Repeatable } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { STAFF_COOKIE, WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { ACTS_HEAD, actRows, roleName } from './account.view.js';

type Staff = Extract<Who, { kind: 'staff' | 'token' }>;

/** What a member of staff may do here, and what they did with other people's accounts. */
@Controller('my-account')
@Allow(STAFF)
export class MyAccountPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly accounts: StaffAccounts,
    private readonly authorities: Authorities,
    private readonly asking: WhoIsAsking,
  ) {}

  @Get()
  async show(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const who = request.who as Staff;
    const held = who.account ? (await this.accounts.stateOf(who.account)).roles : [who];
    const councils = (code: string | undefined) => (code ? (this.authorities.get(code)?.name ?? code) : 'every council');
    const acts = await this.queries.execute(new ListAccountActs({ actor: who.ref }));
    const pageOf = ({ about, type }: AccountAct) => type !== 'TokenRevoked' && who.role === 'administrator' ? `/accounts/${about}` : undefined;
    this.pages.send(request, reply, 'pages/accounts/my-account.njk', {
      title: 'My account',
      roles: held.map(({ role, authority }) => `${roleName(role)}, ${councils(authority)}`),
      several: who.account !== undefined && held.length > 1,
      local: who.account === undefined,
      acts: { caption: 'What I did with accounts and tokens', head: ACTS_HEAD, rows: actRows(acts, pageOf) },
      isAdministrator: who.role === 'administrator',
    });
  } // prettier-ignore

  /** Every session of this person ends on the server, in every process; the page they are on is the last. */
  @Post('sign-out-everywhere')
  @Repeatable()
  async everywhere(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.asking.staffSessions.endAllOf(subjectOf(request.who as Staff));
    await this.asking.leave(request, reply, STAFF_COOKIE);
    void reply.header('clear-site-data', '"cache", "storage"').redirect('/', 303);
  }
}

const subjectOf = ({ account, ref }: Staff): string => account ?? ref;
