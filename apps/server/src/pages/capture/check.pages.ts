import { Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { RECORDERS } from '#identity/who';
import { Refusal, Refusals } from '#kernel/refusal';
import { draftToOutcomes } from '#meetings/draft-to-outcomes';
import { CheckOutcomes } from '#meetings/check-outcomes.query';
import { RecordOutcomes } from '#meetings/meeting.commands';
import { Allow } from '../../edge/allow.js';
import { Ctx, KEY_FIELD, Repeatable } from '../../edge/command-context.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { Pages } from '../../shell/pages.js';
import { CaptureDesk, type Desk } from './capture-desk.js';
import { countsOf, namesFound, problemsOfDraft, warningsOfDraft } from './check.view.js';
import { itemRows } from './items.view.js';

/** The last step: everything at once, what should be looked at, what must be mended, and the one button that records. */
@Controller('meetings/:id/capture/check')
@Allow(RECORDERS)
export class CheckPages {
  constructor(
    private readonly pages: Pages,
    private readonly desk: CaptureDesk,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get()
  async show(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    const desk = await this.desk.open(id, request);
    const problems = await this.queries.execute(
      new CheckOutcomes(id, draftToOutcomes(desk.saved.draft, desk.facts).body),
    );
    this.page(request, reply, desk, problems, false);
  }

  @Post('names')
  @Repeatable()
  async confirmNames(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    const typed = (request.body as { name?: unknown } | undefined)?.name;
    const names = (Array.isArray(typed) ? typed : [typed]).filter(
      (name): name is string => typeof name === 'string' && name !== '' && name.length <= 200,
    );
    const namesConfirmed = [...new Set([...(desk.saved.draft.namesConfirmed ?? []), ...names])];
    await this.desk.save(desk, { ...desk.saved.draft, namesConfirmed }, undefined);
    void reply.redirect(`/meetings/${id}/capture/check?done=draft`, 303);
  }

  /** The draft itself is what is recorded, so a form sent twice means the same meeting: the rules answer "once". */
  @Post()
  @Repeatable()
  async record(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const desk = await this.desk.open(id, request);
    if (desk.meeting.recorded_at) return void reply.redirect(`/meetings/${id}?done=already`, 303);
    const seen = (request.body as Record<string, unknown> | undefined)?.['revision'];
    const problems =
      typeof seen === 'string' && seen !== String(desk.saved.revision)
        ? [
            new Refusal(
              'conflict',
              'Somebody changed the draft while you were reading. Read it again, then record it.',
              '',
            ),
          ]
        : await this.tryIt(id, desk, context);
    if (problems === 'already') return void reply.redirect(`/meetings/${id}?done=already`, 303);
    if (problems.length > 0) return this.page(request, reply, desk, problems, true);
    void reply.redirect(`/meetings/${id}/recorded?done=recorded`, 303);
  }

  private async tryIt(id: string, desk: Desk, context: CommandContext): Promise<readonly Refusal[] | 'already'> {
    const { body } = draftToOutcomes(desk.saved.draft, desk.facts);
    try {
      await this.wrote.sealed(this.commands.execute(new RecordOutcomes(context, id, body)));
      return [];
    } catch (error) {
      if (error instanceof Refusal && error.code === 'already-recorded') return 'already';
      if (error instanceof Refusal && error.kind !== 'missing') return [error];
      if (error instanceof Refusals) return error.all;
      throw error;
    }
  }

  private page(request: Asked, reply: FastifyReply, desk: Desk, refusals: readonly Refusal[], wasSent: boolean): void {
    const { meeting, saved, facts } = desk;
    if (meeting.recorded_at) return void reply.redirect(`/meetings/${meeting.id}?done=already`, 303);
    const drafted = draftToOutcomes(saved.draft, facts);
    const blocks = problemsOfDraft(meeting.id, refusals, drafted, saved.draft);
    const variables = {
      title: 'Check and record',
      meeting,
      revision: saved.revision,
      rows: itemRows(saved.draft, facts.roster),
      disagreements: saved.draft.disagreements,
      unsorted: saved.draft.unsorted,
      counts: countsOf(saved.draft),
      warnings: warningsOfDraft(meeting.id, drafted.warnings, saved.draft),
      blocks,
      names: namesFound(refusals),
      keyField: KEY_FIELD,
      back: { href: `/meetings/${meeting.id}/capture`, text: 'All steps' },
    };
    this.pages.send(request, reply, 'pages/capture/check.njk', variables, {
      returned: {
        typed: {},
        problems: wasSent ? blocks.map(({ code, detail }) => ({ pointer: '/', code, detail })) : [],
      },
    });
  }
}
