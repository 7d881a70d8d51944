import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { EndReplies } from '#contributions/contribution.commands';
import { type ContributionRow, ViewsOfParticipant } from '#contributions/contributions.queries';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { refuse } from '#kernel/refusal';
import { Trace } from '#traceability/chain.queries';
import { OneOf, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ownView } from '../../edge/own-view.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';

class DiedForm {
  @OneOf(['end', 'resume']) do: 'end' | 'resume';
  @Text(3, { optional: true }) sure?: string;
}

/** Somebody has died: replies stop for every view that is known to be theirs, and it can be taken back. */
@Controller('views/:id/died')
@Allow(RECORDERS)
export class DiedPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.form(request, reply, await ownView(this.queries, request.who, id));
  }

  @Post()
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const row = await ownView(this.queries, request.who, id);
    const done = await submit(DiedForm, request.body, async ({ do: what, sure }) => {
      if (what === 'end' && sure !== 'yes')
        throw refuse('sure-missing', 'Tick that someone who knows told you.', '/sure');
      // Sent again after a crash it does the rest: what is written down for one view is not written down twice.
      for (const view of await this.theirs(row)) {
        const its = { ...context, commandId: createdId(context.commandId, view) };
        await this.wrote.after(this.commands.execute(new EndReplies(its, view, what === 'resume')));
      }
    });
    if ('problems' in done) return this.form(request, reply, row, done);
    void reply.redirect(`/views/${id}/team?done=saved`, 303);
  }

  private async theirs({ id, participant }: ContributionRow): Promise<readonly string[]> {
    return participant === null ? [id] : this.queries.execute(new ViewsOfParticipant(participant));
  }

  private async form(request: Asked, reply: FastifyReply, row: ContributionRow, returned?: Again): Promise<void> {
    const chain = await this.queries.execute(new Trace(row.id, 'staff'));
    const variables = {
      title: 'The person has died',
      repliesEnded: chain?.contributions.find(({ id }) => id === row.id)?.repliesEnded ?? false,
      views: (await this.theirs(row)).length,
      action: `/views/${row.id}/died`,
      back: { href: `/views/${row.id}/team` },
    };
    this.pages.send(request, reply, 'pages/views/died.njk', variables, returned ? { returned } : {});
  }
}
