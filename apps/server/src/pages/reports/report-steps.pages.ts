import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Authorities } from '#authorities/authorities';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RecordFact } from '#facts/fact.commands';
import { CAPACITY_OPTIONS } from '#facts/fields';
import { FORMATS, YES_NO_NOT_KNOWN } from '#facts/options';
import { RECORDERS } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { PublishReport } from '#reports/report.commands';
import { reportKind } from '#reports/report.handlers';
import { ListTeams } from '#teams/teams.queries';
import { ReportCorrectionBody, DueReportBody, PublishBody } from '../../api/reports.bodies.js';
import { Allow } from '../../edge/allow.js';
import { Ctx } from '../../edge/command-context.js';
import { type Again, submit } from '../../edge/form.js';
import type { Asked } from '../../edge/guard.js';
import { mayActIn } from '../../edge/may.js';
import { ReadYourWrite } from '../../edge/read-your-write.js';
import { ReportDesk } from '../../edge/report-desk.js';
import { Pages } from '../../shell/pages.js';
import { councilOptions } from '../filters.js';

/** A report is set for a day, published from the record, and corrected; nothing of it is ever taken back. */
@Controller('reports')
@Allow(RECORDERS)
export class ReportStepsPages {
  constructor(
    private readonly pages: Pages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly desk: ReportDesk,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('new')
  async new(@Req() request: Asked, @Res() reply: FastifyReply): Promise<void> {
    await this.dueForm(request, reply);
  }

  @Post()
  async due(@Req() request: Asked, @Res() reply: FastifyReply, @Ctx() context: CommandContext): Promise<void> {
    const { kind } = reportKind();
    const id = createdId(context.commandId, kind.category);
    const done = await submit(DueReportBody, request.body, ({ authority, team, ...data }) => {
      mayActIn(request.who, authority);
      const fact = { authority, ...(team && { team }), data: { ...data } };
      return this.wrote.after(this.commands.execute(new RecordFact(context, kind, id, fact)));
    });
    if ('problems' in done) return this.dueForm(request, reply, done);
    void reply.redirect(`/reports/${id}?done=saved`, 303);
  }

  @Get(':id/publish')
  publishing(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form('publish', id, request, reply);
  }

  @Post(':id/publish')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    this.desk.own(id, request.who);
    const done = await submit(PublishBody, withLists(request.body, 'formats', 'checkedBy'), (form) =>
      this.wrote.after(this.commands.execute(new PublishReport(context, id, form))),
    );
    if ('problems' in done) return this.form('publish', id, request, reply, done);
    void reply.redirect(`/reports/${id}?done=saved`, 303);
  }

  @Get(':id/correct')
  correcting(@Param('id', ParseUUIDPipe) id: string, @Req() request: Asked, @Res() reply: FastifyReply): void {
    this.form('correct', id, request, reply);
  }

  @Post(':id/correct')
  async correct(
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: Asked,
    @Res() reply: FastifyReply,
    @Ctx() context: CommandContext,
  ): Promise<void> {
    this.desk.own(id, request.who);
    const done = await submit(ReportCorrectionBody, request.body, (form) =>
      this.wrote.after(this.desk.correct(context, id, form)),
    );
    if ('problems' in done) return this.form('correct', id, request, reply, done);
    void reply.redirect(`/reports/${id}?done=saved`, 303);
  }

  private async dueForm(request: Asked, reply: FastifyReply, returned?: Again): Promise<void> {
    const own = request.who.kind === 'staff' ? request.who.authority : undefined;
    const councils = this.authorities.councils().filter(({ code }) => own === undefined || code === own);
    const { items } = own ? await this.queries.execute(new ListTeams({ authority: own, limit: 100 })) : { items: [] };
    const variables = {
      title: 'Set the day of a report',
      councils: councilOptions(councils),
      teams: [{ value: '', text: 'The whole council' }, ...items.map(({ id, name }) => ({ value: id, text: name }))],
      year: this.clock.now().today.slice(0, 4),
      back: { href: '/reports', text: 'Reports on the pledge' },
    };
    this.pages.send(request, reply, 'pages/reports/due.njk', variables, returned ? { returned } : {});
  }

  private form(which: 'publish' | 'correct', id: string, request: Asked, reply: FastifyReply, returned?: Again): void {
    const report = this.desk.own(id, request.who);
    const variables = {
      title: which === 'publish' ? 'Publish this report' : 'Correct something in this report',
      report,
      formats: FORMATS,
      checked: YES_NO_NOT_KNOWN,
      capacities: CAPACITY_OPTIONS,
      lines: [{ value: '', text: 'The report as a whole' }, ...report.rows.map(({ row, text }) => ({ value: row, text: `${row} ${text.slice(0, 60)}` }))],
      back: { href: `/reports/${id}`, text: report.title },
    }; // prettier-ignore
    this.pages.send(request, reply, `pages/reports/${which}.njk`, variables, returned ? { returned } : {});
  }
}

/** One ticked box comes as a text, two as a list, none not at all. */
const withLists = (body: unknown, ...names: readonly string[]): Record<string, unknown> => {
  const typed = { ...((body ?? {}) as Record<string, unknown>) };
  for (const name of names) {
    const value = typed[name];
    if (typeof value === 'string') typed[name] = value === '' ? undefined : [value];
  }
  return typed;
};
