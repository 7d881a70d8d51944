import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { belongsTo, SCRUTINEERS } from '#identity/who';
import { missing } from '#kernel/refusal';
import { ListFindings } from '#scrutiny/audits.queries';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, readForm, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActIn } from '../../edge/may.js';
import { ScrutinyDesk } from '../../scrutiny/scrutiny-desk.js';
import { Pages } from '../../shell/pages.js';
import { choices } from '../../wording/wording.js';
import { findingView, placeOf } from './audit.view.js';
import { FindingForm, LookedAt, PublicationForm } from './finding.form.js';
import { ScrutinyLists } from './scrutiny-lists.js';

/** What an officer found of one thing: recorded at once, published when the scrutiny body decides. */
@Controller('scrutiny/findings')
@Allow(SCRUTINEERS)
export class FindingPages {
  constructor(
    private readonly pages: Pages,
    private readonly queries: QueryBus,
    private readonly lists: ScrutinyLists,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Get('new')
  ask(@Query() looked: LookedAt, @Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    return this.form(request, reply, looked);
  }

  @Post()
  async find(
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const looked = readForm(LookedAt, raw).form;
    if (!looked) throw missing('promise');
    const done = await submit(FindingForm, raw, async (form) => {
      const { about, thing, audit, title = '', body = '', what = '', to = '', due, found, reason, nextCheck } = form;
      const { authority } = await this.desk.thing(about, thing);
      const into = audit ? { audit } : { opening: { authority, title, body } };
      const recommendation = what || to ? { what, to, ...(due && { due }) } : undefined;
      const finding = { found, reason, ...(nextCheck && { nextCheck }) };
      return this.desk.find(context, request.who, into, { about, thing }, finding, recommendation);
    });
    if ('problems' in done) return this.form(request, reply, looked, done);
    void reply.redirect(`${placeOf(looked.about, looked.thing)}?done=recorded#findings`, 303);
  }

  @Get(':id/publication')
  askToPublish(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply) {
    return this.publication(request, reply, id);
  }

  @Post(':id/publication')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const done = await submit(PublicationForm, raw, ({ decidedBy }) =>
      this.desk.publish(context, request.who, id, decidedBy),
    );
    if ('problems' in done) return this.publication(request, reply, id, done);
    void reply.redirect(`/scrutiny/audits/${done.done}?done=published`, 303);
  }

  private async form(request: Asked, reply: FastifyReply, looked: LookedAt, returned?: Again) {
    const { about, thing, audit } = looked;
    const { authority, words, number } = await this.desk.thing(about, thing);
    mayActIn(request.who, authority);
    const names = await this.lists.names();
    const variables = {
      title: 'Record what you found',
      looked,
      what: words === null ? 'A view whose words are not shown' : names.words(words),
      audits: await this.lists.openAudits(request.who, authority),
      audit,
      auditTitle: number ?? '',
      findings: choices('finding', 'formal'),
      due: this.desk.answerBy(authority),
      back: { href: placeOf(about, thing), text: 'What you look at' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/new-finding.njk', variables, returned ? { returned } : {});
  }

  private async publication(request: Asked, reply: FastifyReply, id: string, returned?: Again) {
    const [row] = await this.queries.execute(new ListFindings({ finding: id }));
    if (!row || !belongsTo(request.who, row.authority)) throw missing('finding');
    const names = await this.lists.names();
    const variables = {
      title: 'Publish a finding',
      finding: findingView(row, names, request.who),
      action: `/scrutiny/findings/${id}/publication`,
      back: { href: `/scrutiny/audits/${row.audit}`, text: 'The audit' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/publish.njk', variables, returned ? { returned } : {});
  }
}
