import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { AnswerReferral } from '#decisions/decision.commands';
import { type DecisionRow, FindDecision } from '#decisions/decisions.queries';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS, type Who } from '#identity/who';
import { missing } from '#kernel/refusal';
import type { ChainDecision } from '#traceability/chain.types';
import { Vault } from '#vault/vault';
import { Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActOn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { shownText } from '../list-address.js';

class WordBackForm {
  @Text(200, { missing: 'Enter who answered.' }) to: string;
  @Text(10_000, { missing: 'Enter what they said.' }) words: string;
}

/** Whether somebody may write down what the other body said. */
export const mayTellWordBack = (who: Who, { id, answer, authority }: ChainDecision): boolean =>
  answer === 'passed-on' && who.kind === 'staff' && RECORDERS.includes(who.role) && mayActOn(who, { id, authority });

/** A question that was passed on comes back: what the body said that decides. */
@Controller('decisions/:id/word-back')
@Allow(RECORDERS)
export class WordBackPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.find(id, request.who);
    this.form(request, reply, row, { typed: { to: row.passed_to ?? '' }, problems: [] });
  }

  @Post()
  async tell(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await this.find(id, request.who);
    const told = await submit(WordBackForm, request.body, (form) =>
      this.wrote.after(this.commands.execute(new AnswerReferral(context, id, form))),
    );
    if ('problems' in told) return this.form(request, reply, row, told);
    void reply.redirect(`/decisions/${id}?done=saved`, 303);
  }

  private async find(id: string, who: Who): Promise<DecisionRow> {
    const row = await this.queries.execute(new FindDecision(id));
    if (row?.answer !== 'passed-on' || !mayActOn(who, row)) throw missing('decision');
    return row;
  }

  private form(request: Asked, reply: FastifyReply, row: DecisionRow, returned: Again): void {
    const variables = {
      title: 'What did they say?',
      statement: shownText(this.vault, row.statement),
      action: `/decisions/${row.id}/word-back`,
      back: { href: `/decisions/${row.id}` },
    };
    this.pages.send(request, reply, 'pages/decisions/word-back.njk', variables, { returned });
  }
}
