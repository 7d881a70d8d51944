import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  AnswerReview,
  LinkContribution,
  RecordDecision,
  RequestReview,
  SupersedeDecision,
  UnlinkContribution,
} from '#decisions/decision.commands';
import { FindDecision, ListDecisions } from '#decisions/decisions.queries';
import { FindContribution } from '#contributions/contributions.queries';
import { createdId } from '#event-store/ids';
import type { Acted, CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn, mayActOn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ownView } from '../edge/own-view.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { when } from '../edge/when.js';
import { DecisionBody, LinkBody, ReviewAnswerBody, ReviewRequestBody, SupersedeBody } from './outcomes.bodies.js';
import { decisionItem } from './list.json.js';
import { Listing } from './paging.js';

const AnId = () => Param('id', ParseUUIDPipe);

@ApiTags('decisions')
@Controller('api/v1/decisions')
@Allow(RECORDERS)
export class DecisionsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
  ) {}

  /** A decision made outside a recorded meeting, with the views it answers. */
  @Post()
  async record(
    @Body() { occurredAt, answers = [], ...body }: DecisionBody,
    @Ctx() made: CommandContext,
    @Asking() who: Who,
  ) {
    mayActIn(who, body.authority);
    await mustBelong(this.queries, body);
    for (const { contribution } of answers) await this.view(contribution, who);
    const context = { ...made, ...when(occurredAt, made) };
    const id = createdId(context.commandId, 'decision');
    const { position } = await this.wrote.sealed(
      this.commands.execute(new RecordDecision(context, id, { ...body, answers })),
    );
    return { id, position };
  }

  @Get()
  @Allow('anyone')
  async list(@Query() { limit, after, authority, team, answer }: Listing) {
    const filter = {
      limit,
      ...(after && { after }),
      ...(authority && { authority }),
      ...(team && { team }),
      ...(answer && { answer }),
    };
    const page = await this.queries.execute(new ListDecisions(filter));
    return { items: page.items.map((row) => decisionItem(row, readable(this.vault))), next: page.next };
  }

  @Post(':id/links')
  async link(@AnId() id: string, @Body() body: LinkBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const { authority } = await this.find(id, who);
    await this.view(body.contribution, who);
    await mustBelong(this.queries, { authority, ...(body.meeting && { meeting: body.meeting }) });
    const { effect, ...rest } = body;
    return this.done(
      id,
      effect === 'unlink'
        ? new UnlinkContribution(context, id, rest)
        : new LinkContribution(context, id, { ...rest, effect }),
    );
  }

  @Post(':id/supersede')
  async supersede(@AnId() id: string, @Body() body: SupersedeBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    await this.find(id, who);
    await this.find(body.by, who);
    return this.done(id, new SupersedeDecision(context, id, body));
  }

  @Post(':id/review-requests')
  @Allow(RECORDERS, 'card')
  async requestReview(
    @AnId() id: string,
    @Body() body: ReviewRequestBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const contribution = who.kind === 'card' ? who.contribution : body.contribution;
    const own = who.kind === 'card' ? await ownView(this.queries, who, who.contribution) : undefined;
    // A card asks about what its own council decided.
    if (own) await mustBelong(this.queries, { authority: own.authority, decision: id });
    else await this.find(id, who);
    const request = createdId(context.commandId, 'request');
    const asked = {
      request,
      ...(contribution && { contribution }),
      ...(body.why && { why: body.why }),
    };
    return { ...(await this.done(id, new RequestReview(context, id, asked))), request };
  }

  @Post(':id/review-answers')
  async answerReview(
    @AnId() id: string,
    @Body() body: ReviewAnswerBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    await this.find(id, who);
    return this.done(id, new AnswerReview(context, id, body));
  }

  private async find(id: string, who: Who) {
    const row = await this.queries.execute(new FindDecision(id));
    if (!row || !mayActOn(who, row)) throw missing('decision');
    return row;
  }

  private async view(id: string, who: Who): Promise<void> {
    const row = /^[0-9a-f-]{36}$/.test(id) ? await this.queries.execute(new FindContribution(id)) : undefined;
    if (!row || !mayActOn(who, row)) throw missing('view');
  }

  private async done(id: string, command: Command<Acted>) {
    const { position } = await this.wrote.sealed(this.commands.execute(command));
    return { id, position };
  }
}
