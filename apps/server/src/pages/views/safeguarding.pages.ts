import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Engine } from '#engine/engine';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import { Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { Pages } from '../../shell/pages.js';
import { ownView } from '../../edge/own-view.js';

class SafeguardingForm {
  @Text(3, { optional: true }) told?: string;
}

/**
 * Somebody may be in danger: the words leave every page at once, also the team's own and the one that a card opens. Who
 * answers for data protection can read them and bring them back; nobody is told by this, so it says whom to call.
 */
@Controller('views/:id/safeguarding')
@Allow(RECORDERS)
export class SafeguardingPages {
  constructor(
    private readonly pages: Pages,
    private readonly engine: Engine,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await ownView(this.queries, request.who, id);
    await this.form(request, reply, id);
  }

  @Post()
  async moveOut(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    await ownView(this.queries, request.who, id);
    const done = await submit(SafeguardingForm, request.body, async ({ told }) => {
      if (told !== 'yes')
        throw refuse('told-missing', 'Tell your council’s safeguarding team first. Then tick that you did.', '/told');
      await this.engine.restrictor.restrict(id, context, 'safeguarding');
      await this.engine.caughtUp(await this.engine.store.head());
    });
    if ('problems' in done) return this.form(request, reply, id, done);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, id: string, returned?: Again): Promise<void> {
    const variables = {
      title: 'Someone may be in danger',
      action: `/views/${id}/safeguarding`,
      back: { href: `/views/${id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/safeguarding.njk', variables, returned ? { returned } : {});
  }
}
