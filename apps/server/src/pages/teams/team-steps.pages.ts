import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, belongsTo } from '#identity/who';
import { missing } from '#kernel/refusal';
import { RegisterParticipant } from '#participants/participants.module';
import { People } from '#participants/people';
import { AppointChair, FormTeam, JoinTeam } from '#teams/team.commands';
import { partsOf } from '#pledge/pledge-lines';
import { Pledges } from '#pledge/pledges';
import { FindTeam, ListLeavers, type TeamWithMembers } from '#teams/teams.queries';
import { Vault } from '#vault/vault';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActIn, mayActOn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { councilOptions } from '../filters.js';
import { shownText } from '../list-address.js';
import { choices } from '../../wording/wording.js';
import { ATTRIBUTION_OPTIONS, FORMAT_OPTIONS } from '../tell-us/tell-us.view.js';
import { CAPACITIES_OF_OTHERS } from './capacities.js';
import { memberRows } from './team.view.js';
import { MemberStepForm, PersonForm, TeamForm } from './teams.forms.js';

/** A team is formed, people join and leave it, and two of them chair it. */
@Controller('teams')
@Allow(RECORDERS)
export class TeamStepsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly people: People,
    private readonly pledges: Pledges,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get('new')
  new(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.teamForm(request, reply);
  }

  @Post()
  async form(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const id = createdId(context.commandId, 'team');
    const formed = await submit(TeamForm, request.body, (form) => {
      mayActIn(request.who, form.authority);
      return this.wrote.after(this.commands.execute(new FormTeam(context, id, form)));
    });
    if ('problems' in formed) return this.teamForm(request, reply, formed);
    void reply.redirect(`/teams/${id}/people?done=saved`, 303);
  }

  @Get(':id/people')
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.peoplePage(request, reply, await this.find(id, request));
  }

  @Post(':id/people')
  async join(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const team = await this.find(id, request);
    const participant = createdId(context.commandId, 'participant');
    const register = { ...context, commandId: createdId(context.commandId, 'register') };
    const joined = await submit(PersonForm, request.body, async ({ capacity, firstTime, ...person }) => {
      const member = { capacity, ...(firstTime !== undefined && { firstTime: firstTime === 'yes' }) };
      await this.commands.execute(
        new RegisterParticipant(register, participant, { authority: team.authority, ...person }),
      );
      return this.wrote.after(this.commands.execute(new JoinTeam(context, id, { participant, ...member })));
    });
    if ('problems' in joined) return this.peoplePage(request, reply, team, joined);
    void reply.redirect(`/teams/${id}/people?done=saved`, 303);
  }

  @Post(':id/members')
  async step(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const team = await this.find(id, request);
    const done = await submit(MemberStepForm, request.body, ({ participant, step: post }) =>
      this.wrote.after(this.commands.execute(new AppointChair(context, id, { participant, post }))),
    );
    if ('problems' in done) return this.peoplePage(request, reply, team, done);
    void reply.redirect(`/teams/${id}/people?done=saved`, 303);
  }

  private async find(id: string, request: Asked): Promise<TeamWithMembers> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team || !mayActOn(request.who, team)) throw missing('team');
    return team;
  }

  private async peoplePage(
    request: Asked,
    reply: FastifyReply,
    team: TeamWithMembers,
    returned?: Again,
  ): Promise<void> {
    const leavers = await this.queries.execute(new ListLeavers(team.id));
    const variables = {
      title: `People of ${team.name}`,
      team,
      members: memberRows(team, (id) => this.people.get(id)),
      leavers: leavers.map(({ left_at, reason }) => ({
        on: longDate(left_at),
        why: reason === null ? undefined : shownText(this.vault, reason),
      })),
      capacities: CAPACITIES_OF_OTHERS,
      attributions: ATTRIBUTION_OPTIONS,
      formats: FORMAT_OPTIONS,
      back: { href: `/teams/${team.id}`, text: team.name },
    };
    this.pages.send(request, reply, 'pages/teams/people.njk', variables, returned ? { returned } : {});
  }

  private parts({ who }: Asked): readonly { readonly value: string; readonly text: string }[] {
    const pledge = this.pledges.of(who.kind === 'staff' ? who.authority : undefined);
    return pledge ? partsOf(pledge).map(({ code, text }) => ({ value: code, text: `${code}: ${text}` })) : [];
  }

  private teamForm(request: Asked, reply: FastifyReply, returned?: Again): void {
    const authorities = councilOptions(this.authorities.councils().filter(({ code }) => belongsTo(request.who, code)));
    const variables = {
      title: 'Start a team',
      authorities,
      stages: choices('stage'),
      parts: this.parts(request),
      back: { href: '/work', text: 'My work' },
    };
    this.pages.send(request, reply, 'pages/teams/new.njk', variables, returned ? { returned } : {});
  }
}
