import { Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { councilOf, RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { londonInstant } from '#kernel/time';
import { CallMeeting, ConfirmOutcomes } from '#meetings/meeting.commands';
import { OPENNESS } from '#meetings/meeting.events';
import type { Openness } from '#meetings/meeting';
import { FindMeeting } from '#meetings/meetings.queries';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { Matches } from 'class-validator';
import { Day, Id, OneOf, Text } from '../../api/fields.js';
import { PageListing } from '../../api/paging.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { OPENNESS_OPTIONS } from '../capture/options.js';
import { mayRecord } from './meetings.pages.js';

class MeetingForm {
  @Id({ missing: 'Choose a team.' }) team: string;
  @Text(200, { missing: 'Enter what the meeting is called.' }) title: string;
  @Day({ missing: 'Enter the day.' }) day: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'Type the time like 14:30.' }) time: string;
  @Text(200, { optional: true }) place?: string;
  @OneOf(OPENNESS, { optional: true }) openness?: Openness;
}

/** A meeting is planned, and a second pair of eyes confirms what was recorded of it. */
@Controller('meetings')
@Allow(RECORDERS)
export class MeetingStepsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get('new')
  async new(@Query() { team }: PageListing, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.form(request, reply, { typed: { ...(team && { team }), time: '' }, problems: [] });
  }

  @Post()
  async call(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const id = createdId(context.commandId, 'meeting');
    const called = await submit(MeetingForm, request.body, async ({ day, time, ...form }) => {
      const team = await this.queries.execute(new FindTeam(form.team));
      if (!team || !mayActOn(request.who, team)) throw missing('team');
      const body = { ...form, authority: team.authority, startsAt: londonInstant(day, time) };
      return this.wrote.after(this.commands.execute(new CallMeeting(context, id, body)));
    });
    if ('problems' in called) return this.form(request, reply, called);
    void reply.redirect(`/meetings/${id}?done=saved`, 303);
  }

  @Post(':id/confirm')
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting || !mayRecord(request.who, meeting)) throw missing('meeting');
    await this.wrote.after(this.commands.execute(new ConfirmOutcomes(context, id)));
    void reply.redirect(`/meetings/${id}?done=saved`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, returned: Again): Promise<void> {
    const authority = councilOf(request.who);
    const teams = await this.queries.execute(new ListTeams({ limit: 200, ...(authority && { authority }) }));
    const variables = {
      title: 'Plan a meeting',
      teams: teams.items.map(({ id, name }) => ({ value: id, text: name })),
      openness: OPENNESS_OPTIONS,
      back: { href: '/work', text: 'My work' },
    };
    this.pages.send(request, reply, 'pages/meetings/new.njk', variables, { returned });
  }
}
