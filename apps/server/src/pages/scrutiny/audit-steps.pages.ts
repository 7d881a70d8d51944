import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { CommandContext } from '#event-store/recorder';
import { SCRUTINEERS } from '#identity/who';
import { Code, Day, Text } from '../../api/fields.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { ScrutinyDesk } from '../../scrutiny/scrutiny-desk.js';
import { Pages } from '../../shell/pages.js';
import { ScrutinyLists } from './scrutiny-lists.js';

class AuditForm {
  @Code({ optional: true }) authority?: string;
  @Text(500, { missing: 'Say what you look at.' }) title: string;
  @Text(200, { missing: 'Enter the name of the scrutiny body.' }) body: string;
}

class ClosingForm {
  @Text(10_000, { optional: true }) words?: string;
}

class RecommendationForm {
  @Code({ missing: 'Choose a council.' }) authority: string;
  @Text(10_000, { missing: 'Say what you recommend.' }) what: string;
  @Text(500, { missing: 'Say which body should do it, and answer you.' }) to: string;
  @Day({ optional: true }) due?: string;
  @Text(100, { optional: true }) reference?: string;
  @Text(500, { optional: true }) area?: string;
}

/** An audit from its opening to its end, and what is recommended in it beside any finding. */
@Controller('scrutiny/audits')
@Allow(SCRUTINEERS)
export class AuditStepsPages {
  constructor(
    private readonly pages: Pages,
    private readonly lists: ScrutinyLists,
    private readonly desk: ScrutinyDesk,
  ) {}

  @Get('new')
  askToOpen(@Req() request: Asked, @Res() reply: FastifyReply): void {
    this.opening(request, reply);
  }

  @Post()
  async open(
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const done = await submit(AuditForm, raw, (form) => this.desk.open(context, request.who, form));
    if ('problems' in done) return this.opening(request, reply, done);
    void reply.redirect(`/scrutiny/audits/${done.done}?done=recorded`, 303);
  }

  @Get(':id/closing')
  askToClose(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply) {
    return this.closing(request, reply, id);
  }

  @Post(':id/closing')
  async close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const done = await submit(ClosingForm, raw, ({ words = '' }) => this.desk.close(context, request.who, id, words));
    if ('problems' in done) return this.closing(request, reply, id, done);
    void reply.redirect(`/scrutiny/audits/${id}?done=recorded`, 303);
  }

  @Get(':id/recommendation')
  askToRecommend(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply) {
    return this.recommending(request, reply, id);
  }

  @Post(':id/recommendation')
  async recommend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() raw: unknown,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    const done = await submit(RecommendationForm, raw, (form) => this.desk.recommend(context, request.who, id, form));
    if ('problems' in done) return this.recommending(request, reply, id, done);
    void reply.redirect(`/scrutiny/recommendations/${done.done}?done=recorded`, 303);
  }

  private opening(request: Asked, reply: FastifyReply, returned?: Again): void {
    const variables = {
      title: 'Open an audit',
      councils: this.lists.councilsOf(request.who),
      back: { href: '/scrutiny/audits', text: 'Audits and samples' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/new-audit.njk', variables, returned ? { returned } : {});
  }

  private async closing(request: Asked, reply: FastifyReply, id: string, returned?: Again) {
    const row = await this.desk.audit(request.who, id);
    const names = await this.lists.names();
    const variables = {
      title: 'Close an audit',
      what: names.words(row.title),
      action: `/scrutiny/audits/${id}/closing`,
      back: { href: `/scrutiny/audits/${id}`, text: 'The audit' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/close.njk', variables, returned ? { returned } : {});
  }

  private async recommending(request: Asked, reply: FastifyReply, id: string, returned?: Again) {
    const row = await this.desk.audit(request.who, id);
    const names = await this.lists.names();
    const all = this.lists.councilsOf(request.who);
    const variables = {
      title: 'Recommend something',
      what: names.words(row.title),
      councils: row.authority === null ? all : all.filter(({ value }) => value === row.authority),
      due: this.desk.answerBy(row.authority ?? all[0]?.value ?? ''),
      action: `/scrutiny/audits/${id}/recommendation`,
      back: { href: `/scrutiny/audits/${id}`, text: 'The audit' },
    };
    this.pages.send(request, reply, 'pages/scrutiny/recommend.njk', variables, returned ? { returned } : {});
  }
}
