import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { GRANTABLE } from '#accounts/account';
import { type AccountChange, ChangeAccount } from '#accounts/account.commands';
import { ROLE_REASONS, type RoleReason } from '#accounts/account.events';
import { type AccountRow, FindAccount, ListAccountActs, ListAccounts } from '#accounts/accounts.queries';
import { StaffAccounts } from '#accounts/staff-accounts';
import { Authorities } from '#authorities/authorities';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, councilOf } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import type { Role } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { OneOf } from '../../api/fields.js';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { ACTS_HEAD, actRows, REASON_OPTIONS, roleName, sessionRows } from './account.view.js';

interface Step {
  readonly do: AccountChange['do'];
  readonly title: string;
  readonly lead: string;
  readonly button: string;
}

const STEPS: readonly Step[] = [
  { do: 'give', title: 'Give a role', lead: 'They can work in this role from their next click on.', button: 'Give the role' },
  { do: 'take', title: 'Take a role away', lead: 'It stops counting at once, also where they are signed in now.', button: 'Take the role away' },
  { do: 'end-sessions', title: 'Sign them out everywhere', lead: 'They can sign in again with their council’s account.', button: 'Sign them out' },
  { do: 'stop', title: 'Stop this account', lead: 'Nobody can come in with it until it is started again, whatever the council’s own sign-in says.', button: 'Stop the account' },
  { do: 'start', title: 'Start this account again', lead: 'They can sign in again, with the roles that they have.', button: 'Start the account' },
]; // prettier-ignore

class ReasonForm {
  @OneOf(ROLE_REASONS, { missing: 'Choose why.' }) reason: RoleReason;
}
class RoleForm extends ReasonForm {
  @OneOf(GRANTABLE, { missing: 'Choose the role.' }) role: Role;
}

/** Who may do what in a council: an administrator sees their own council's people, and nobody else's. */
@Controller('accounts')
@Allow('administrator')
export class AccountsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly accounts: StaffAccounts,
    private readonly authorities: Authorities,
    private readonly asking: WhoIsAsking,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() { after }: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const authority = councilOf(request.who);
    const page = await this.queries.execute(
      new ListAccounts({ limit: 50, ...(authority && { authority }), ...(after && { after }) }),
    );
    this.pages.send(request, reply, 'pages/accounts/list.njk', {
      title: 'People and roles',
      items: page.items.map((row) => ({
        icon: 'person',
        kind: this.authorities.get(row.authority)?.name ?? row.authority,
        title: this.nameOf(row.id),
        href: `/accounts/${row.id}`,
        ...(row.stopped ? { tag: 'Stopped', tone: 'bad' } : row.roles.length === 0 && { tag: 'No role', tone: 'waiting' }),
        meta: row.roles.map(({ role }) => roleName(role)),
      })),
      next: listAddress('/accounts', {}, page.next),
      first: after ? '/accounts' : null,
    });
  } // prettier-ignore

  @Get(':id')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.find(id, request);
    const instant = Date.parse(this.clock.now().instant);
    const acts = await this.queries.execute(new ListAccountActs({ about: id }));
    this.pages.send(request, reply, 'pages/accounts/show.njk', {
      title: this.nameOf(id),
      council: this.authorities.get(row.authority)?.name ?? row.authority,
      stopped: row.stopped === 1,
      isOwn: isOwn(request, id),
      roles: row.roles.map(({ role, authority, by_whom }) => ({
        text: `${roleName(role)}${authority === '' ? ', every council' : ''}`,
        bySignOn: by_whom === 'sign-on',
      })),
      steps: this.stepsFor(row, request).map((step) => ({ href: `/accounts/${id}/${step.do}`, text: step.title })),
      sessions: {
        caption: 'Where they are signed in',
        head: ['Signed in', 'Last seen'],
        rows: sessionRows(this.asking.staffSessions.listed(id, instant)),
      },
      acts: { caption: 'What was done with this account', head: ACTS_HEAD, rows: actRows(acts) },
      back: { href: '/accounts', text: 'People and roles' },
    });
  }

  @Get(':id/:step')
  async ask(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') given: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.find(id, request);
    this.form(request, reply, row, this.step(row, given, request));
  }

  @Post(':id/:step')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') given: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await this.find(id, request);
    const step = this.step(row, given, request);
    const returned = readForm<ReasonForm | RoleForm>(rolesFor(step, row) ? RoleForm : ReasonForm, request.body);
    if (!returned.form) return this.form(request, reply, row, step, returned);
    const { reason } = returned.form;
    const what = 'role' in returned.form ? { role: returned.form.role, authority: row.authority } : {};
    const change = { do: step.do, ...what } as AccountChange;
    const within = councilOf(request.who);
    const asker = { by: 'administrator' as const, reason, own: isOwn(request, id), ...(within && { within }) };
    const done = await attempt(() => this.wrote.after(this.commands.execute(new ChangeAccount(context, id, change, asker))));
    if ('problems' in done) return this.form(request, reply, row, step, { ...returned, problems: done.problems });
    // Nobody may come in again with what was open before.
    if (step.do === 'stop' || step.do === 'end-sessions') await this.asking.staffSessions.endAllOf(id);
    void reply.redirect(`/accounts/${id}?done=saved`, 303);
  } // prettier-ignore

  /** Of one's own council; any other account is not there. */
  private async find(id: string, { who }: Asked): Promise<AccountRow> {
    const row = await this.queries.execute(new FindAccount(id));
    if (!row || !belongsTo(who, row.authority)) throw missing('person');
    return row;
  }

  /** Nobody changes their own account: neither up nor out. Nor does a program, of which nobody knows whose it is. */
  private stepsFor(row: AccountRow, request: Asked): readonly Step[] {
    const fits = (step: Step) => {
      if (step.do === 'stop' || step.do === 'start') return (step.do === 'start') === (row.stopped === 1);
      return rolesFor(step, row)?.length !== 0;
    };
    return request.who.kind !== 'staff' || isOwn(request, row.id) ? [] : STEPS.filter(fits);
  }

  private step(row: AccountRow, given: string, request: Asked): Step {
    const step = this.stepsFor(row, request).find((each) => each.do === given);
    if (!step) throw missing('page');
    return step;
  }

  private form(request: Asked, reply: FastifyReply, row: AccountRow, step: Step, returned?: Again): void {
    const variables = {
      title: step.title,
      name: this.nameOf(row.id),
      action: `/accounts/${row.id}/${step.do}`,
      step,
      roles: rolesFor(step, row)?.map((role) => ({ value: role, text: roleName(role) })),
      reasons: REASON_OPTIONS,
      back: { href: `/accounts/${row.id}`, text: this.nameOf(row.id) },
    };
    this.pages.send(request, reply, 'pages/accounts/step.njk', variables, returned ? { returned } : {});
  }

  private nameOf(id: string): string {
    return this.accounts.get(id)?.name ?? 'Name not kept';
  }
}

const isOwn = ({ who }: Asked, id: string): boolean => 'account' in who && who.account === id;

/** Which roles a step may be about; undefined: it is not about a role. */
const rolesFor = (step: Step, row: AccountRow): readonly Role[] | undefined => {
  const held = row.roles.filter(({ authority }) => authority === row.authority).map(({ role }) => role);
  if (step.do === 'take') return held;
  return step.do === 'give' ? GRANTABLE.filter((role) => !held.includes(role)) : undefined;
};
