import { Body, Controller, Get, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { groupedCode } from '#contributions/card';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import { RoundSlips, sittingOf } from '#statements/round-slips';
import {
  AddLocalStatement,
  AnswerStatement,
  OpenRound,
  RetireLocalStatement,
  TallySlips,
} from '#statements/statement.commands';
import { FindTeam } from '#teams/teams.queries';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn } from '../edge/may.js';
import { mustBelong } from '../edge/must-belong.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { LocalResults } from '../statements/local-results.js';
import { RoundDesk } from '../statements/round-desk.js';
import { LocalStatementBody, RoundBody, SlipAnswerBody, TalliesBody } from './statement-rounds.bodies.js';

/** Asking the statements twice a year, and what teams ask beside the pledge. */
@ApiTags('statements')
@Controller('api/v1')
@Allow(RECORDERS)
export class StatementRoundsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly slips: RoundSlips,
    private readonly desk: RoundDesk,
    private readonly local: LocalResults,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post('statement-rounds')
  async open(@Body() { authority, ...body }: RoundBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, authority);
    await mustBelong(this.queries, { authority, ...(body.team && { team: body.team }) });
    const id = createdId(context.commandId, 'round');
    const { position } = await this.wrote.after(this.commands.execute(new OpenRound(context, authority, id, body)));
    return { id, position };
  }

  /** With the codes of its slips, to print them in another way. */
  @Get('statement-rounds/:id')
  show(@Param('id', ParseUUIDPipe) id: string, @Asking() who: Who) {
    const round = this.desk.own(id, who);
    const { authority, team, wording, until, opened_on: openedOn } = round;
    const codes = Array.from({ length: round.slips }, (_, n) => groupedCode(this.slips.codeOf(round, n + 1)));
    return { id, authority, team, wording, openedOn, until, statements: this.desk.askedIn(round), codes };
  }

  /** Paper slips as counts; own, helped and answered for someone are kept apart, and so are staff. */
  @Post('statement-rounds/:id/paper')
  async paper(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { tallies }: TalliesBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const { authority } = this.desk.own(id, who);
    const { position } = await this.wrote.after(this.commands.execute(new TallySlips(context, authority, id, tallies)));
    return { id, position };
  }

  /** Answers one statement with a slip, for a program that puts the questions. The same slip again changes the answer, and says so. */
  @Post('statements/answers')
  async answer(@Body() body: SlipAnswerBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    const { code, ...given } = body;
    const slip = this.slips.find(code);
    if (!slip || !belongsTo(who, slip.round.authority)) throw missing('code');
    const { id: about, authority, team } = slip.round;
    const answer = { ...given, occasion: 'campaign' as const, about, bySupporter: false, ...(team && { team }) };
    const { changed } = await this.wrote.after(this.commands.execute(new AnswerStatement(context, authority, sittingOf(slip), answer))); // prettier-ignore
    const says = changed ? 'You answered this before. We changed your answer: the new one counts.' : 'We counted your answer.'; // prettier-ignore
    return { statement: given.statement, changed, says };
  }

  @Get('teams/:id/statements')
  @Allow('anyone')
  async listLocal(@Param('id', ParseUUIDPipe) id: string) {
    const { authority } = await this.team(id);
    const items = this.local.list(authority, id).map(({ code, text, language, added_on, retired_on }) => ({ code, text, language, addedOn: added_on, retiredOn: retired_on })); // prettier-ignore
    return { items };
  }

  @Post('teams/:id/statements')
  async addLocal(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: LocalStatementBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const { authority } = await this.team(id, who);
    const { position } = await this.wrote.after(this.commands.execute(new AddLocalStatement(context, authority, id, body))); // prettier-ignore
    const code = this.local.list(authority, id).at(-1)?.code ?? null;
    return { code, position };
  }

  @Post('teams/:id/statements/:code/retire')
  async retireLocal(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('code') code: string,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    const { authority } = await this.team(id, who);
    const { position } = await this.wrote.after(this.commands.execute(new RetireLocalStatement(context, authority, id, code))); // prettier-ignore
    return { code, position };
  }

  private async team(id: string, who?: Who) {
    const team = await this.queries.execute(new FindTeam(id));
    if (!team || (who && !belongsTo(who, team.authority))) throw missing('team');
    return team;
  }
}
