import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Authorities } from '#authorities/authorities';
import { createdId } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { RecordFact } from '#facts/fact.commands';
import { RECORDERS, type Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { AskedSaidDid } from '#reports/asked-said-did';
import { CQC, cqcPack } from '#reports/cqc-framework';
import { PublishReport } from '#reports/report.commands';
import { reportKind } from '#reports/report.handlers';
import { ReportBook } from '#reports/report-book';
import { Reports } from '#reports/reports.queries';
import { ClosedHalves } from '#statements/closed-halves';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { Asking, Ctx } from '../edge/command-context.js';
import { mayActIn } from '../edge/may.js';
import { ReadYourWrite } from '../edge/read-your-write.js';
import { ReportDesk } from '../edge/report-desk.js';
import { Listing } from './paging.js';
import { ReportCorrectionBody, DueReportBody, PublishBody } from './reports.bodies.js';
import { askedSaidDidItem, reportItem, reportShown } from './reports.json.js';
import { placeAsked, ReportAsked } from './reports.query.js';

/** How the pledge is being kept, live and as it was published; two columns for each line, never one score. */
@ApiTags('reports')
@Controller('api/v1')
@Allow('anyone')
export class ReportsApi {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly authorities: Authorities,
    private readonly book: ReportBook,
    private readonly reports: Reports,
    private readonly story: AskedSaidDid,
    private readonly desk: ReportDesk,
    private readonly halves: ClosedHalves,
    private readonly vault: Vault,
    private readonly wrote: ReadYourWrite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('how-are-we-doing')
  async how(@Query() asked: ReportAsked) {
    const { filter, period } = await this.place(asked);
    const { pledge, wording, rows } = await this.book.of(filter);
    return { ...where(filter), period, pledge, wording, rows };
  }

  @Get('cqc')
  async cqc(@Query() asked: ReportAsked) {
    const { filter, period } = await this.place(asked);
    const { framework, version, title, source, checkedOn, note } = CQC;
    const items = cqcPack(await this.book.of(filter));
    return { ...where(filter), period, framework: { framework, version, title, source, checkedOn, note }, items };
  }

  @Get('asked-said-did')
  async askedSaidDid(@Query() { authority, team, after, limit }: Listing) {
    const filter = { ...(authority && { authority }), ...(team && { team }) };
    const { items, next } = await this.story.list({ ...filter, limit, ...(after && { after }) });
    const open = readable(this.vault);
    return { items: items.map((entry) => askedSaidDidItem(entry, open)), next };
  }

  @Get('reports')
  list(@Query() { authority, team, after, limit }: Listing) {
    const { today } = this.clock.now();
    const filter = { limit, today, ...(authority && { authority }), ...(team && { team }), ...(after && { after }) };
    const { items, next } = this.reports.list(filter);
    return { items: items.map(reportItem), next };
  }

  @Get('reports/:id')
  show(@Param('id', ParseUUIDPipe) id: string) {
    const report = this.reports.find(id, this.clock.now().today);
    if (!report) throw missing('report');
    return reportShown(report, readable(this.vault));
  }

  @Post('reports')
  @Allow(RECORDERS)
  async due(@Body() { authority, team, ...data }: DueReportBody, @Ctx() context: CommandContext, @Asking() who: Who) {
    mayActIn(who, authority);
    const { kind } = reportKind();
    const id = createdId(context.commandId, kind.category);
    const fact = { authority, ...(team && { team }), data: { ...data } };
    const { position } = await this.wrote.after(this.commands.execute(new RecordFact(context, kind, id, fact)));
    return { id, position };
  }

  /** Freezes what the record shows now for the period, and publishes it. */
  @Post('reports/:id/publish')
  @Allow(RECORDERS)
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: PublishBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    this.desk.own(id, who);
    const { position } = await this.wrote.after(this.commands.execute(new PublishReport(context, id, body)));
    return { id, position };
  }

  @Post('reports/:id/corrections')
  @Allow(RECORDERS)
  async correct(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReportCorrectionBody,
    @Ctx() context: CommandContext,
    @Asking() who: Who,
  ) {
    this.desk.own(id, who);
    const { position } = await this.wrote.after(this.desk.correct(context, id, body));
    return { id, position };
  }

  private place(asked: ReportAsked) {
    return placeAsked(this.queries, this.authorities, asked, {
      last: this.halves.last(),
      today: this.clock.now().today,
    });
  }
}

const where = ({ authority, team, from, to }: { authority?: string; team?: string; from: string; to: string }) => ({
  authority: authority ?? null,
  team: team ?? null,
  from,
  to,
});
