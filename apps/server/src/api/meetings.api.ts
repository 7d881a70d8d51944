import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { groupedCode } from '#contributions/card';
import { FindContribution } from '#contributions/contributions.queries';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { CallMeeting, HoldDiscussion, RecordOutcomes } from '#meetings/meeting.commands';
import { FindMeeting, ListMeetings } from '#meetings/meetings.queries';
import type { OutcomesBody as Outcomes } from '#meetings/outcomes';
import { FindTeam } from '#teams/teams.queries';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn, mayActOn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { when } from '../edge/when.js';
import { DiscussionBody, MeetingBody, OutcomesBody } from './outcomes.bodies.js';
import { meetingItem } from './list.json.js';
import { Listing } from './paging.js';

const AnId = () => Param('id', ParseUUIDPipe);

@ApiTags('meetings')
@Controller('api/v1')
@Allow(RECORDERS)
export class MeetingsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post('meetings')
  async call(@Body() body: MeetingBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    const team = await this.queries.execute(new FindTeam(body.team));
    if (!team || team.authority !== body.authority) throw missing('team');
    const id = createdId(context.commandId, 'meeting');
    const { position } = await this.wrote.after(this.commands.execute(new CallMeeting(context, id, body)));
    return { id, position };
  }

  @Get('meetings')
  @Allow('anyone')
  async list(@Query() { limit, after, authority, team }: Listing) {
    const page = await this.queries.execute(
      new ListMeetings({ limit, ...(after && { after }), ...(authority && { authority }), ...(team && { team }) }),
    );
    return { items: page.items.map(meetingItem), next: page.next };
  }

  /** Records the whole meeting once. The answer comes when every item stands in its own stream. */
  @Post('meetings/:id/outcomes')
  async outcomes(@AnId() id: string, @Body() body: OutcomesBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting || !mayActOn(who, meeting)) throw missing('meeting');
    for (const { participant } of body.discussions.flatMap(({ contributions = [] }) => contributions))
      if (participant) await mustBelong(this.queries, { authority: meeting.authority, participant });
    const { position, contributions, decisions, serviceChanges, codes, notApplied } = await this.wrote.sealed(
      this.commands.execute(new RecordOutcomes(context, id, whole(body))),
    );
    const printed = Object.fromEntries(Object.entries(codes).map(([ref, code]) => [ref, groupedCode(code)]));
    return { contributions, decisions, serviceChanges, codes: printed, notApplied, position };
  }

  /** A discussion outside a recorded meeting; the views on the table count as considered. */
  @Post('discussions')
  async discuss(
    @Body() { contributions, occurredAt, ...body }: DiscussionBody,
    @Ctx() made: CommandContext,
    @Asking() who: Who,
  ) {
    mayActIn(who, body.authority);
    await mustBelong(this.queries, body);
    for (const { id } of contributions) {
      const view = await this.queries.execute(new FindContribution(id));
      if (!view || !mayActOn(who, view)) throw missing('view');
    }
    const context = { ...made, ...when(occurredAt, made) };
    const id = createdId(context.commandId, 'discussion');
    const held = this.commands.execute(
      new HoldDiscussion(context, id, { ...body, contributions: contributions.map((each) => each.id) }),
    );
    const { position } = await this.wrote.after(held);
    return { id, position };
  }
}

/** A body has a member for everything that it may say; only what was said may stand in for what is usual. */
const given = <T extends object>(body: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;

/** What may be left out of a body is an empty list to the rules. */
const whole = ({ attendance = [], discussions, ...rest }: OutcomesBody): Outcomes => ({
  ...rest,
  attendance,
  discussions: discussions.map(({ contributions = [], decisions = [], serviceChanges = [], ...discussion }) => ({
    ...discussion,
    contributions: contributions.map((view, index) =>
      view.id
        ? { id: view.id }
        : {
            ref: `view-${index + 1}`,
            capacity: 'other',
            voice: 'own',
            attribution: 'group',
            words: '',
            ...given(view),
          },
    ),
    decisions: decisions.map(({ alternatives = [], interests = [], answers = [], ...decision }) => ({
      ...decision,
      alternatives,
      interests,
      answers,
    })),
    serviceChanges,
  })),
});
