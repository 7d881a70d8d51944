import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { StopReplyClock } from '#contributions/contribution.commands';
import { STOP_REASONS } from '#contributions/contribution.events';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import type { AnswerClock } from '#traceability/answer-clock';
import { Trace } from '#traceability/chain.queries';
import { Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ownView } from '../../edge/own-view.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { clockLines, stopReason, workingDays } from '../clocks/reply-clock.view.js';

class ClockForm {
  @Text(10, { optional: true }) do?: string;
  @Text(40, { optional: true }) reason?: string;
  @Text(10_000, { optional: true }) words?: string;
}

/** The clock for the answer to a view: it stands still while somebody else has to act, and everybody can read why. */
@Controller('views/:id/clock')
@Allow(RECORDERS)
export class ReplyClockPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await ownView(this.queries, request.who, id);
    await this.form(request, reply, id);
  }

  @Post()
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await ownView(this.queries, request.who, id);
    const done = await submit(ClockForm, request.body, ({ do: what, reason = '', words }) => {
      const body = what === 'start' ? undefined : { reason, ...(words && { words }) };
      return this.wrote.after(this.commands.execute(new StopReplyClock(context, id, body)));
    });
    if ('problems' in done) return this.form(request, reply, id, done);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async clockOf(id: string): Promise<AnswerClock | null> {
    const chain = await this.queries.execute(new Trace(id, 'staff'));
    return chain?.contributions.find((each) => each.id === id)?.clock ?? null;
  }

  private async form(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const clock = await this.clockOf(id);
    const variables = {
      title: 'The clock for the answer',
      lines: clock ? [allowed(clock), ...clockLines(clock)] : ['No clock runs for this view.'],
      state: !clock || clock.answered || clock.late ? 'over' : clock.stopped ? 'stopped' : 'running',
      answered: clock?.answered ?? false,
      late: clock?.late ?? false,
      reasons: STOP_REASONS.map((value) => ({ value, text: sentence(stopReason(value)) })),
      action: `/views/${id}/clock`,
      back: { href: `/views/${id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/clock.njk', variables, returned ? { returned } : {});
  }
}

const allowed = ({ days, due, stopped }: AnswerClock): string =>
  `The council allows itself ${workingDays(days)} for an answer.${stopped ? '' : ` The last day is ${longDate(due)}.`}`;

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
