import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { People } from '#participants/people';
import { LeaveTeam } from '#teams/team.commands';
import { FindTeam } from '#teams/teams.queries';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { memberRows } from './team.view.js';
import { LeaveForm } from './teams.forms.js';

/** Somebody left a team: who leaves is the one to ask why. */
@Controller('teams/:id/people/:participant/left')
@Allow(RECORDERS)
export class LeavePages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('participant', ParseUUIDPipe) participant: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.form(request, reply, id, participant);
  }

  @Post()
  async leave(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('participant', ParseUUIDPipe) participant: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await this.member(id, participant, request);
    const left = await submit(LeaveForm, request.body, ({ reason }) =>
      this.wrote.after(this.commands.execute(new LeaveTeam(context, id, { participant, ...(reason && { reason }) }))),
    );
    if ('problems' in left) return this.form(request, reply, id, participant, left);
    void reply.redirect(`/teams/${id}/people?done=saved`, 303);
  }

  /** Sent again after the person left, the same form still answers the same. */
  private async member(id: string, participant: string, request: Asked) {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team || !mayActOn(request.who, team)) throw missing('team');
    const member = memberRows(team, (each) => this.people.get(each)).find((each) => each.participant === participant);
    return { team, member };
  }

  private async form(
    request: Asked,
    reply: FastifyReply,
    id: string,
    participant: string,
    returned?: Again,
  ): Promise<void> {
    const { team, member } = await this.member(id, participant, request);
    if (!member) throw missing('person');
    const variables = {
      title: `${member.name} left the team`,
      action: `/teams/${id}/people/${participant}/left`,
      back: { href: `/teams/${id}/people`, text: `People of ${team.name}` },
    };
    this.pages.send(request, reply, 'pages/teams/left.njk', variables, returned ? { returned } : {});
  }
}
