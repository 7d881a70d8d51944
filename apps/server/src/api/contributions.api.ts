import { Body, Controller, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Cards } from '#contributions/cards';
import { groupedCode } from '#contributions/card';
import {
  AnswerUnderstanding,
  ChangeAttribution,
  CorrectContribution,
  GiveContribution,
  GiveReply,
  MakeRequest,
  StopReplyClock,
  WithdrawContribution,
} from '#contributions/contribution.commands';
import { createdId } from '#event-store/ids';
import type { Acted, CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { People } from '#participants/people';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { when } from '../edge/when.js';
import {
  AdditionBody,
  AttributionBody,
  CallBackBody,
  ContributionBody,
  CorrectionBody,
  ReplyBody,
  ReplyClockBody,
  UnderstandingBody,
  WithdrawalBody,
} from './contributions.bodies.js';
import { mustBeThePerson, ownView } from '../edge/own-view.js';

const AnId = () => Param('id', ParseUUIDPipe);

@ApiTags('contributions')
@Controller('api/v1/contributions')
@Allow(RECORDERS, 'card')
export class ContributionsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly cards: Cards,
    private readonly people: People,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** Records a view and issues its take-home code. */
  @Post()
  @Allow(RECORDERS)
  async give(@Body() { occurredAt, ...body }: ContributionBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, body.authority);
    await mustBelong(this.queries, body);
    const id = createdId(context.commandId, 'contribution');
    const card = Cards.firstCardOf(id);
    const command = new GiveContribution({ ...context, ...when(occurredAt, context) }, id, { ...body, card });
    const { position } = await this.wrote.after(this.commands.execute(command));
    return { id, code: groupedCode(this.cards.codeOf(card) ?? ''), position };
  }

  @Post(':id/corrections')
  async correct(@AnId() id: string, @Body() body: CorrectionBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await ownView(this.queries, who, id);
    mustBeThePerson(who);
    return this.done(id, new CorrectContribution(context, id, body));
  }

  @Post(':id/withdrawal')
  async withdraw(@AnId() id: string, @Body() body: WithdrawalBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await ownView(this.queries, who, id);
    return this.done(id, new WithdrawContribution(context, id, body.reason));
  }

  @Post(':id/attribution')
  async attribution(
    @AnId() id: string,
    @Body() body: AttributionBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await ownView(this.queries, who, id);
    return this.done(id, new ChangeAttribution(context, id, body.attribution));
  }

  @Post(':id/understanding')
  async understanding(
    @AnId() id: string,
    @Body() body: UnderstandingBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const { authority } = await ownView(this.queries, who, id);
    const { callBack = false, decision } = body;
    await mustBelong(this.queries, { authority, ...(decision && { decision }) });
    return this.done(
      id,
      new AnswerUnderstanding(context, id, {
        understood: body.understood,
        callBack,
        ...(decision && { decision }),
      }),
    );
  }

  @Post(':id/call-back')
  async callBack(@AnId() id: string, @Body() body: CallBackBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await ownView(this.queries, who, id);
    const request = createdId(context.commandId, 'request');
    return { ...(await this.done(id, new MakeRequest(context, id, { request, kind: 'call-me', ...body }))), request };
  }

  /** "I have more to say": a view of its own that adds to this one. */
  @Post(':id/additions')
  async add(@AnId() id: string, @Body() { words }: AdditionBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const first = await ownView(this.queries, who, id);
    mustBeThePerson(who);
    const added = createdId(context.commandId, 'contribution');
    const card = Cards.firstCardOf(added);
    const command = new GiveContribution(context, added, {
      authority: first.authority,
      ...(first.team && { team: first.team }),
      ...(first.participant && { participant: first.participant }),
      words,
      channel: 'online',
      capacity: first.capacity as never,
      voice: 'own',
      attribution: first.attribution as never,
      addsTo: id,
      card,
    });
    const { position } = await this.wrote.after(this.commands.execute(command));
    return { id: added, code: groupedCode(this.cards.codeOf(card) ?? ''), position };
  }

  /** A reply given by hand: read aloud, letter, phone, e-mail. */
  @Post(':id/replies')
  @Allow(RECORDERS)
  async reply(@AnId() id: string, @Body() body: ReplyBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const { authority } = await ownView(this.queries, who, id);
    await mustBelong(this.queries, { authority, ...(body.about && { decision: body.about }) });
    const byPerson = await this.people.staff(authority, body.by);
    const { occurredAt: givenAt = body.givenAt } = when(body.givenAt, context, '/givenAt');
    return this.done(id, new GiveReply(context, id, { ...body, givenAt, byRole: context.actor.role, byPerson }));
  }

  /** Stops the clock for the answer with a reason; without one it runs again. */
  @Post(':id/clock')
  @Allow(RECORDERS)
  async clock(
    @AnId() id: string,
    @Body() { reason, words }: ReplyClockBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await ownView(this.queries, who, id);
    return this.done(id, new StopReplyClock(context, id, reason && { reason, ...(words && { words }) }));
  }

  private async done(id: string, command: Command<Acted>) {
    const { position } = await this.wrote.after(this.commands.execute(command));
    return { id, position };
  }
}
