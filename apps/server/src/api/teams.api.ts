import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { Matches } from 'class-validator';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { ATTRIBUTIONS, type Attribution, CAPACITIES, type Capacity, STAGES, type Stage } from '#kernel/codes';
import { RegisterParticipant } from '#participants/participants.module';
import { AppointChair, FormTeam, JoinTeam, LeaveTeam } from '#teams/team.commands';
import { FindTeam, ListTeams } from '#teams/teams.queries';
import { missing } from '#kernel/refusal';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn, mayActOn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { Code, Flag, Id, OneOf, Text, Texts } from './fields.js';
import { teamItem } from './list.json.js';
import { Listing } from './paging.js';

export class TeamBody {
  @Code() authority: string;
  @Text(200) name: string;
  @OneOf(STAGES) stage: Stage;
  @Text(2_000, { optional: true }) remit?: string;
  @Text(200, { optional: true, description: 'Rung of the ladder of co-production that the team claims.' })
  rung?: string;
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { each: true, message: 'Each must be a part of the pledge, like P2a.' })
  @Texts(20, 40, { optional: true, description: 'Parts of the pledge, like P2a.' })
  pledge?: string[];
  @Text(40, { optional: true, description: "The team's own number; never a person's." }) phone?: string;
  @Flag({ optional: true }) coChairConfirms?: boolean;
}

export class MemberBody {
  @Id() participant: string;
  @OneOf(CAPACITIES) capacity: Capacity;
  @Flag({ optional: true }) firstTime?: boolean;
}

export class LeaverBody {
  @Id() participant: string;
  @Text(2_000, { optional: true, description: 'Why they left, in their own words; sealed with their key.' })
  reason?: string;
}

export class ChairBody {
  @Id() participant: string;
  @OneOf(['chair', 'co-chair']) post: 'chair' | 'co-chair';
}

export class ParticipantBody {
  @Code() authority: string;
  @Text(200, { description: 'Kept in the vault, never in an event.' }) name: string;
  @Text(500, { optional: true }) contact?: string;
  @Code({ optional: true }) format?: string;
  @OneOf(ATTRIBUTIONS, { optional: true }) attribution?: Attribution;
  @Code({ optional: true }) language?: string;
}

@ApiTags('teams and people')
@Controller('api/v1')
@Allow(RECORDERS)
export class TeamsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post('teams')
  async form(@Body() body: TeamBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    const id = createdId(context.commandId, 'team');
    const { position } = await this.wrote.after(this.commands.execute(new FormTeam(context, id, body)));
    return { id, position };
  }

  @Get('teams')
  @Allow('anyone')
  async list(@Query() { limit, after, authority }: Listing) {
    const page = await this.queries.execute(
      new ListTeams({ limit, ...(after && { after }), ...(authority && { authority }) }),
    );
    return { items: page.items.map(teamItem), next: page.next };
  }

  @Get('teams/:id')
  @Allow('anyone')
  async show(@Param('id', ParseUUIDPipe) id: string) {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team) throw missing('team');
    // Who is a member is not public; how many there are is.
    return { ...teamItem(team), members: team.members.length };
  }

  @Post('teams/:id/members')
  async join(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MemberBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await this.mustKnow(id, body.participant, who);
    const { position } = await this.wrote.after(this.commands.execute(new JoinTeam(context, id, body)));
    return { id, position };
  }

  @Post('teams/:id/leavers')
  async leave(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: LeaverBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await this.mustKnow(id, body.participant, who);
    const { position } = await this.wrote.after(this.commands.execute(new LeaveTeam(context, id, body)));
    return { id, position };
  }

  @Post('teams/:id/chair')
  async chair(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChairBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await this.mustKnow(id, body.participant, who);
    const { position } = await this.wrote.after(this.commands.execute(new AppointChair(context, id, body)));
    return { id, position };
  }

  @Post('participants')
  async register(@Body() body: ParticipantBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    const id = createdId(context.commandId, 'participant');
    const { position } = await this.wrote.after(this.commands.execute(new RegisterParticipant(context, id, body)));
    return { id, position };
  }

  /** A person joins teams of the council that knows them. */
  private async mustKnow(id: string, participant: string, who: Who): Promise<void> {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team || !mayActOn(who, team)) throw missing('team');
    await mustBelong(this.queries, { authority: team.authority, participant });
  }
}
