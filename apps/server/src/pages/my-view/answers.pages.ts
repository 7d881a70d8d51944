import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { AnswerUnderstanding, IssueCard, MakeRequest } from '#contributions/contribution.commands';
import { Cards } from '#contributions/cards';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { StepServiceChange } from '#service-changes/service-change.commands';
import { Allow } from '../../edge/allow.js';
import type { FieldProblem } from '../../edge/bad-input.js';
import { Ctx } from '../../edge/command-context.js';
import { attempt, readForm } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { WhoIsAsking } from '../../edge/who-is-asking.js';
import { Pages } from '../../shell/pages.js';
import { MyViewPage } from './my-view.page.js';
import { SupporterForm, UnderstandingForm, VerdictForm } from './asks.form.js';

/** "Do you understand why?", "Is it really done?", and a second card for someone who helps. */
@Controller('my-view')
@Allow('anyone')
export class AnswersPages {
  constructor(
    private readonly pages: Pages,
    private readonly page: MyViewPage,
    private readonly commands: CommandBus,
    private readonly asking: WhoIsAsking,
    private readonly cards: Cards,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Post('understanding')
  async understanding(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() made: CommandContext): Promise<void> {
    const card = await this.asking.actingCardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    const { form } = readForm(UnderstandingForm, request.body);
    // Nothing chosen is an answer too: "You do not have to answer."
    if (!form) return void reply.redirect('/my-view', 303);
    const context = asParticipant(made, card);
    const { understood, decision, callBack = false } = form;
    await this.wrote.after(
      this.commands.execute(
        new AnswerUnderstanding(context, card.contribution, { understood, callBack, ...(decision && { decision }) }),
      ),
    );
    if (callBack) {
      const call = { ...context, commandId: createdId(context.commandId, 'call') };
      await this.wrote.after(
        this.commands.execute(
          new MakeRequest(call, card.contribution, {
            request: createdId(context.commandId, 'request'),
            kind: 'call-me',
          }),
        ),
      );
    }
    void reply.redirect('/my-view?done=answered', 303);
  }

  @Post('verdict/:change')
  async verdict(
    @Param('change', ParseUUIDPipe) change: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() made: CommandContext,
  ): Promise<void> {
    const card = await this.asking.actingCardOf(request);
    if (!card) return void reply.redirect('/my-view/code', 303);
    const body = (request.body ?? {}) as Record<string, unknown>;
    const { form, problems } = readForm(VerdictForm, {
      verdict: body[`verdict-${change}`],
      comment: body[`comment-${change}`],
    });
    // The form stands on the page once for each promise: its fields carry the id of theirs.
    const back = (found: readonly FieldProblem[]) =>
      this.page.show(request, reply, card, {
        typed: body,
        problems: found.map((each) => ({
          ...each,
          pointer: `${each.pointer === '/comment' ? '/comment' : '/verdict'}-${change}`,
        })),
      });
    if (!form) return back(problems);
    const context = asParticipant(made, card);
    const step = {
      do: 'verdict' as const,
      ...form,
      contribution: card.contribution,
      subject: card.contribution,
      byRole: context.actor.role,
    };
    const given = await attempt(() =>
      this.wrote.after(this.commands.execute(new StepServiceChange(context, change, step))),
    );
    if ('problems' in given) return back(given.problems);
    void reply.redirect('/my-view?done=verdict', 303);
  }

  @Get('supporter')
  async supporter(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    if ((await this.asking.cardOf(request))?.holder !== 'person') return void reply.redirect('/my-view/code', 303);
    this.pages.send(request, reply, 'pages/my-view/supporter.njk', {
      title: 'A second card for someone who helps me',
      back: { href: '/my-view' },
    });
  }

  @Post('supporter')
  async makeSupporterCard(
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() made: CommandContext,
  ): Promise<void> {
    const card = await this.asking.actingCardOf(request);
    if (card?.holder !== 'person') return void reply.redirect('/my-view/code', 303);
    const { form } = readForm(SupporterForm, request.body);
    const context = asParticipant(made, card);
    const second = createdId(context.commandId, 'card');
    const issued = await attempt(() =>
      this.wrote.after(
        this.commands.execute(
          new IssueCard(context, card.contribution, {
            card: second,
            holder: 'supporter',
            scope: form?.scope ?? 'see',
            agreed: form?.agreed ?? false,
          }),
        ),
      ),
    );
    const title = 'A second card for someone who helps me';
    if ('problems' in issued)
      return this.pages.send(
        request,
        reply,
        'pages/my-view/supporter.njk',
        { title, back: { href: '/my-view' } },
        { returned: { typed: form ? { ...form } : {}, problems: issued.problems } },
      );
    this.pages.send(request, reply, 'pages/my-view/supporter.njk', {
      title,
      code: this.cards.codeOf(second),
      mayAct: form?.scope === 'act',
      back: { href: '/my-view' },
    });
  }
}

const asParticipant = (context: CommandContext, card: { holder: string; contribution: string }): CommandContext => ({
  ...context,
  actor: { role: card.holder === 'person' ? 'participant' : 'supporter', ref: card.contribution },
});
