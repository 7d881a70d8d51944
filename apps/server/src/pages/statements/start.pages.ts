import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { FindContribution } from '#contributions/contributions.queries';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import type { Capacity } from '#kernel/codes';
import { missing } from '#kernel/refusal';
import { FindMeeting } from '#meetings/meetings.queries';
import { AskStatements } from '#statements/statement.commands';
import { Allow } from '../../edge/allow.js';
import { AskedHere } from '../../edge/asked-here.js';
import { Ctx } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { CARD_COOKIE, STAFF_COOKIE, WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { LocalResults } from '../../statements/local-results.js';
import { mayRecord } from '../meetings/meetings.pages.js';

/** Section D of the pledge, asked at the end of a meeting. */
const AT_A_MEETING = ['S13', 'S14', 'S15', 'S16'];
/** Asked about one view, on its own page. */
const ABOUT_A_VIEW = ['S8', 'S16', 'S18'];
const NOBODY = { role: 'participant', ref: 'answers' };

/** Where the questions begin: a member of staff hands a device round, or the holder of a card asks for them. */
@Controller()
export class StartAskingPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly asking: WhoIsAsking,
    private readonly asked: AskedHere,
    private readonly wrote: ReadYourWrite,
    private readonly local: LocalResults,
  ) {}

  @Get('meetings/:id/statements')
  @Allow(RECORDERS)
  async offer(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const meeting = await this.meetingOf(request, id);
    this.pages.send(request, reply, 'pages/statements/start.njk', {
      title: 'Ask people how the meetings are',
      meeting,
      own: this.own(meeting.authority, meeting.team).length,
      back: { href: `/meetings/${id}`, text: meeting.title },
    });
  }

  /** From here on the device holds no right of the one who started: only these questions, for three hours. */
  @Post('meetings/:id/statements')
  @Allow(RECORDERS)
  async start(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const { authority, team } = await this.meetingOf(request, id);
    const isOwn = (request.body as { which?: unknown } | undefined)?.which === 'own';
    const statements = isOwn ? this.own(authority, team) : AT_A_MEETING;
    const asked = { statements, occasion: 'meeting' as const, meeting: id, team };
    await this.wrote.after(this.commands.execute(new AskStatements(context, authority, asked)));
    await this.asking.leave(request, reply, STAFF_COOKIE);
    await this.asking.leave(request, reply, CARD_COOKIE);
    this.asked.start(reply, {
      authority,
      occasion: 'meeting',
      about: id,
      team,
      statements,
      bySupporter: false,
    });
    void reply.redirect('/statements/ask', 303);
  }

  @Post('my-view/statements')
  @Allow('anyone')
  async aboutMyView(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() made: CommandContext): Promise<void> {
    const card = await this.asking.actingCardOf(request);
    const view = card && (await this.queries.execute(new FindContribution(card.contribution)));
    if (!card || !view) return void reply.redirect('/my-view/code', 303);
    const { authority } = view;
    const asked = { statements: ABOUT_A_VIEW, occasion: 'card' as const };
    // The holder of a card may be signed in as staff too; who asked for the questions must not stand in the log.
    const { within: _within, ...context } = { ...made, actor: NOBODY };
    await this.wrote.after(this.commands.execute(new AskStatements(context, authority, asked)));
    this.asked.start(reply, {
      authority,
      ...asked,
      about: card.contribution,
      ...(view.team && { team: view.team }),
      bySupporter: card.holder !== 'person',
      capacity: view.capacity as Capacity,
    });
    void reply.redirect('/statements/ask', 303);
  }

  /** What the team of the meeting asks beside the pledge. */
  private own(authority: string, team: string): readonly string[] {
    return this.local
      .list(authority, team)
      .flatMap(({ code, retired_on: retired }) => (retired === null ? [code] : []));
  }

  private async meetingOf(request: Asked, id: string) {
    const meeting = await this.queries.execute(new FindMeeting(id));
    if (!meeting || !mayRecord(request.who, meeting)) throw missing('meeting');
    return meeting;
  }
}
