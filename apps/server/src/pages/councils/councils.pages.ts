import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import type { CommandContext } from '#event-store/recorder';
import type { Clock } from '#kernel/aggregate';
import { missing, Refusal } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { Ordering } from '#succession/ordering';
import { Orders } from '#succession/orders';
import { SuccessionReactor } from '#succession/succession.reactor';
import { ListTeams } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { Allow } from '../../edge/allow.js';
import { Ctx, Repeatable } from '../../edge/command-context.js';
import { attempt, readForm, type Returned } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { councilOptions } from '../filters.js';
import { shownText } from '../list-address.js';
import { ChangeForm, fieldOf, orderOf } from './change.form.js';
import { councilCells, orderLines, planView } from './councils.view.js';

type Form = Returned<ChangeForm>;

/** The councils there are, were and will be; whoever runs the record for all of them says which come after which. */
@Controller('councils')
export class CouncilsPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly authorities: Authorities,
    private readonly orders: Orders,
    private readonly ordering: Ordering,
    private readonly reactor: SuccessionReactor,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('anyone')
  show(@Req() request: Asked, @Res() reply: FastifyReply): void {
    const { today } = this.clock.now();
    const after = (code: string) => this.orders.ending(code)?.to ?? [];
    const variables = {
      title: 'The councils',
      rows: councilCells(this.authorities.everyCouncil(), after, this.name),
      orders: this.orders.all().map((order) => {
        const passed = order.from.flatMap((from) => this.orders.passed(order.id, from));
        return orderLines(order, passed, today, this.name);
      }),
      mayChange: isForAll(request),
    };
    this.pages.send(request, reply, 'pages/councils/list.njk', variables, { personal: request.who.kind === 'staff' });
  }

  @Get('change')
  @Allow('administrator')
  change(@Req() request: Asked, @Res() reply: FastifyReply): void {
    mustBeForAll(request);
    this.form(request, reply);
  }

  /** A dry run: nothing is recorded. */
  @Post('change/check')
  @Allow('administrator')
  @Repeatable()
  async check(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    mustBeForAll(request);
    await this.plan(request, reply, readForm(ChangeForm, request.body));
  }

  @Post('change')
  @Allow('administrator')
  async order(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    mustBeForAll(request);
    const returned = readForm(ChangeForm, request.body);
    if (!returned.form) return this.form(request, reply, returned);
    const { order, wrong } = orderOf(returned.form);
    if (wrong.length > 0) return this.form(request, reply, withWrong(returned, wrong));
    const ordered = await attempt(() => this.wrote.after(this.ordering.order(context, order)));
    if ('problems' in ordered) return this.form(request, reply, atFields(returned, ordered.problems));
    // What is due today passes at once; the reactor goes on with it, also after a restart.
    await this.reactor.look();
    void reply.redirect('/councils?done=recorded', 303);
  }

  private async plan(request: Asked, reply: FastifyReply, returned: Form): Promise<void> {
    if (!returned.form) return this.form(request, reply, returned);
    const { order, wrong } = orderOf(returned.form);
    if (wrong.length > 0) return this.form(request, reply, withWrong(returned, wrong));
    const planned = await attempt(() => this.ordering.dryRun(order));
    if ('problems' in planned) return this.form(request, reply, atFields(returned, planned.problems));
    const { from = [], to = [], team = [], home = [], ...form } = returned.form;
    const teams = (
      await Promise.all(from.map((authority) => this.queries.execute(new ListTeams({ authority, limit: 200 }))))
    ).flatMap(({ items }) => items);
    const councils = to.map((code) => ({ value: code, text: this.name(code) }));
    const rest = form.otherwise ?? to[0] ?? '';
    const variables = {
      title: 'Check who has what',
      plan: planView([...planned.done], this.name, (ref) => shownText(this.vault, ref)),
      typed: returned.form,
      councils,
      isSplit: to.length > 1,
      teams: teams.map(({ id, name }) => ({ id, name, home: home[team.indexOf(id)] ?? rest })),
      back: { href: '/councils/change', text: 'Begin again' },
    };
    this.pages.send(request, reply, 'pages/councils/check.njk', variables, { returned: { ...returned, problems: [] } });
  }

  private form(request: Asked, reply: FastifyReply, returned?: Pick<Form, 'typed' | 'problems'>): void {
    const { today } = this.clock.now();
    const there = this.authorities.everyCouncil().filter(({ valid_to: last }) => last === null || last >= today);
    const variables = {
      title: 'Councils that merge or split',
      ending: councilOptions(this.authorities.councils()),
      coming: councilOptions(there),
      back: { href: '/councils', text: 'The councils' },
    };
    this.pages.send(request, reply, 'pages/councils/change.njk', variables, returned ? { returned } : {});
  }

  private readonly name = (code: string): string => this.authorities.get(code)?.name ?? code;
}

/** Councils are everybody's: an administrator of one of them does not move the promises of others. */
const isForAll = ({ who }: Asked): boolean =>
  who.kind === 'staff' && who.role === 'administrator' && who.authority === undefined;
const mustBeForAll = (request: Asked): void => {
  if (!isForAll(request)) throw missing('page');
};

const atFields = (returned: Form, problems: Form['problems']): Form => ({
  ...returned,
  problems: problems.map((each) => ({ ...each, pointer: fieldOf(each.pointer) })),
});
const withWrong = (returned: Form, wrong: readonly string[]): Form => {
  const said = new Refusal('line-wrong', `Write a number, a space and one of the new councils: ${wrong[0] ?? ''}`, '/single'); // prettier-ignore
  return { ...returned, problems: [{ pointer: said.pointer, code: said.code, detail: said.message }] };
};
