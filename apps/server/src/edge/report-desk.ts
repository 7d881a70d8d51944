import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandContext } from '#event-store/recorder';
import { RecordFactStep } from '#facts/fact.commands';
import { belongsTo, type Who } from '#identity/who';
import type { Clock } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import { CLOCK } from '#projections/tokens';
import { reportKind } from '#reports/report.handlers';
import { Reports, type ReportShown } from '#reports/reports.queries';

export interface CorrectionGiven {
  readonly row?: string;
  readonly was: string;
  readonly now: string;
  readonly why: string;
}

/** Who may publish and correct which report: asked by the pages and by the API. */
@Injectable()
export class ReportDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly reports: Reports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal when it is another council's: it is not there for them */
  own(id: string, who: Who): ReportShown {
    const report = this.reports.find(id, this.clock.now().today);
    if (!report || !belongsTo(who, report.authority)) throw missing('report');
    return report;
  }

  /** What was and what is stand beside each other for good; the report itself keeps its words. */
  correct(context: CommandContext, id: string, { row, was, now, why }: CorrectionGiven) {
    const { kind } = reportKind();
    const step = kind.steps.find(({ code }) => code === 'corrected');
    const report = this.reports.find(id, context.now.today);
    if (!step || !report) throw missing('report');
    if (row !== undefined && report.rows.length > 0 && !report.rows.some((each) => each.row === row))
      throw refuse('row-unknown', 'The report has no line with this code. Use one of it, like S8.', '/row');
    const data = { what: why, was, now, ...(row !== undefined && { row }) };
    return this.commands.execute(new RecordFactStep(context, kind, id, step, data));
  }
}
