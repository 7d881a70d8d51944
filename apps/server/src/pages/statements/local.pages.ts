import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, belongsTo } from '#identity/who';
import { missing } from '#kernel/refusal';
import { AddLocalStatement, RetireLocalStatement } from '#statements/statement.commands';
import { FindTeam, type TeamWithMembers } from '#teams/teams.queries';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { LocalResults } from '../../statements/local-results.js';
import { LocalStatementBody } from '../../api/statement-rounds.bodies.js';

/** What a team asks beside the pledge, in its own words. */
@Controller('teams/:id/statements')
@Allow(RECORDERS)
export class LocalStatementsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly local: LocalResults,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    this.page(await this.find(id, request), request, reply);
  }

  @Post()
  async add(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const team = await this.find(id, request);
    const done = await submit(LocalStatementBody, request.body, (form) =>
      this.wrote.after(this.commands.execute(new AddLocalStatement(context, team.authority, id, form))),
    );
    if ('problems' in done) return this.page(team, request, reply, done);
    void reply.redirect(`/teams/${id}/statements?done=saved`, 303);
  }

  @Post(':code/retire')
  async retire(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('code') code: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const { authority } = await this.find(id, request);
    await this.wrote.after(this.commands.execute(new RetireLocalStatement(context, authority, id, code)));
    void reply.redirect(`/teams/${id}/statements?done=saved`, 303);
  }

  private async find(id: string, request: Asked): Promise<TeamWithMembers> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team || !belongsTo(request.who, team.authority)) throw missing('team');
    return team;
  }

  private page(team: TeamWithMembers, request: Asked, reply: FastifyReply, returned?: Again): void {
    const all = this.local.list(team.authority, team.id);
    const variables = {
      title: 'Statements of our own team',
      team,
      asked: all.filter(({ retired_on: retired }) => retired === null),
      before: all.flatMap(({ text, retired_on: retired }) => (retired ? [{ text, until: longDate(retired) }] : [])),
      back: { href: `/teams/${team.id}`, text: team.name },
    };
    this.pages.send(request, reply, 'pages/statements/local.njk', variables, returned ? { returned } : {});
  }
}
