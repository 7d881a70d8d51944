import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { ModerateView } from '#contributions/contribution.commands';
import { REDACTION_REASONS } from '#contributions/contribution.events';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { Trace } from '#traceability/chain.queries';
import { spoken } from '#traceability/show';
import { OneOf, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { say } from '../../wording/wording.js';
import { readByOthers } from './shown.view.js';
import { ownView } from '../../edge/own-view.js';

class ShownForm {
  @OneOf(['version', 'hold-back', 'release'], { missing: 'Choose what others shall read.' })
  do: 'version' | 'hold-back' | 'release';
  @Text(10_000, { optional: true }) words?: string;
  @Text(40, { optional: true }) reason?: string;
  @Text(2_000, { optional: true }) explanation?: string;
}

/** What everyone reads of a view: its words, other words beside the private ones, or none, with a reason that is public. */
@Controller('views/:id/shown')
@Allow(RECORDERS)
export class ShownPages {
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
    const done = await submit(ShownForm, request.body, ({ do: what, words = '', reason = '', explanation }) => {
      const body = { do: what, words, reason, ...(explanation && { explanation }) } as ModerateView['body'];
      return this.wrote.after(this.commands.execute(new ModerateView(context, id, body)));
    });
    if ('problems' in done) return this.form(request, reply, id, done);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const chain = await this.queries.execute(new Trace(id, 'staff'));
    const view = chain?.contributions.find((each) => each.id === id);
    if (!view) throw missing('view');
    const variables = {
      title: 'What others read of this view',
      words: spoken(view.words) || 'A picture or a recording',
      lang: view.language,
      now: readByOthers(view),
      heldBack: view.heldBack !== null,
      reasons: REDACTION_REASONS.filter((each) => each !== 'fix-not-read-yet').map((value) => ({
        value,
        text: say(`redaction.${value}`),
      })),
      action: `/views/${id}/shown`,
      back: { href: `/views/${id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/shown.njk', variables, returned ? { returned } : {});
  }
}
