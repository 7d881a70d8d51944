import { Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { RecordFactStep } from '#facts/fact.commands';
import type { FactKind, FactStep } from '#facts/fact-kind';
import type { FactWithEntries } from '#facts/facts.queries';
import { PROMISE_KEEPERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { FactDesk } from '../../edge/fact-desk.js';
import { attempt } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { when } from '../../edge/when.js';
import { readFactForm } from './fact-form.js';
import { FactForms, type Returned, stepPage } from './fact-forms.js';
import { FactWords } from './fact-words.js';
import { RecordListing } from './record-listing.js';

/** What came next: an answer, who came, what was checked. */
@Controller('record/:kind/:id')
@Allow(PROMISE_KEEPERS)
export class NextPages {
  constructor(
    private readonly commands: CommandBus,
    private readonly desk: FactDesk,
    private readonly forms: FactForms,
    private readonly words: FactWords,
    private readonly wrote: ReadYourWrite,
  ) {}

  @Get(':step')
  async show(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') stepCode: string,
    @Query() { criterion, by }: RecordListing,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { kind, fact, step } = await this.desk.act(code, id, stepCode, request.who);
    const typed = { ...(criterion && { criterion }), ...(by && { by }) };
    await this.form(request, reply, kind, fact, step, { typed, problems: [] });
  }

  @Post(':step')
  async record(
    @Param('kind') code: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('step') stepCode: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() asked: CommandContext,
  ): Promise<void> {
    const { kind, fact, step } = await this.desk.act(code, id, stepCode, request.who);
    const read = readFactForm(step.fields, request.body);
    if (!read.data) return this.form(request, reply, kind, fact, step, read);
    const { data, on } = read;
    const recorded = await attempt(async () => {
      const context = { ...asked, ...when(on, asked, '/occurredAt') };
      return this.wrote.after(this.commands.execute(new RecordFactStep(context, kind, id, step, data)));
    });
    if ('problems' in recorded)
      return this.form(request, reply, kind, fact, step, { typed: read.typed, problems: recorded.problems });
    void reply.redirect(`/facts/${id}?done=recorded`, 303);
  }

  /** What was taken back can no longer be gone on with. */
  private async form(
    request: Asked,
    reply: FastifyReply,
    kind: FactKind,
    fact: FactWithEntries,
    step: FactStep,
    returned: Returned,
  ): Promise<void> {
    if (fact.stands === 0) throw missing('entry');
    const place = await this.forms.placeOf(request, fact);
    const page = stepPage(kind, step, fact.id, this.words.nameOf(kind, fact));
    const { criterion } = returned.typed;
    const toolkit = this.forms.toolkitOf(fact);
    await this.forms.send(request, reply, page, step.fields, place, {
      kind,
      returned,
      toolkit,
      criterion: typeof criterion === 'string' ? criterion : undefined,
    });
  }
}
