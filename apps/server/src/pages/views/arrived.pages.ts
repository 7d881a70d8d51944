import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { TellArrival } from '#contributions/contribution.commands';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import type { Chain, ChainReply } from '#traceability/chain.types';
import { Trace } from '#traceability/chain.queries';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ownView } from '../../edge/own-view.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { longDate } from '../../shell/dates.js';
import { Pages } from '../../shell/pages.js';
import { CHANNELS } from './reply.pages.js';
import { ArrivedForm } from './views.forms.js';

const ARRIVED = [
  { value: 'yes', text: 'Yes. They told us, or someone signed for it' },
  { value: 'came-back', text: 'No. It came back' },
  { value: 'wrong-contact', text: 'No. The address or number is wrong' },
  { value: 'nobody-there', text: 'No. Nobody answered' },
];

/** Replies to a view of which nobody wrote down yet whether they arrived. */
export const untold = (chain: Chain, view: string): readonly ChainReply[] => {
  const told = new Set(chain.steps.filter(({ kind }) => kind === 'ReplyDelivered').map(({ facts }) => facts['reply']));
  return chain.replies.filter((each) => each.contribution === view && !each.failed && !told.has(each.id));
};

/** What became of a reply. One that did not arrive is no answer: the clock runs on. */
@Controller('views/:id/arrived')
@Allow(RECORDERS)
export class ArrivedPages {
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
  async tell(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await ownView(this.queries, request.who, id);
    const told = await submit(ArrivedForm, request.body, (form) =>
      this.wrote.after(this.commands.execute(new TellArrival(context, id, form))),
    );
    if ('problems' in told) return this.form(request, reply, id, told);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'staff'));
    if (!chain) throw missing('view');
    const replies = untold(chain, id).map((each) => ({
      value: each.id,
      text: `${longDate(each.givenAt)}: ${CHANNELS.find(({ value }) => value === each.channel)?.text ?? each.channel}`,
    }));
    const variables = {
      title: 'Did our reply arrive?',
      replies,
      answers: ARRIVED,
      action: `/views/${id}/arrived`,
      back: { href: `/views/${id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/arrived.njk', variables, returned ? { returned } : {});
  }
}
