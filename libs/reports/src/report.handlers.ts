import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandContext, Recorder } from '#event-store/recorder';
import { factOf, recordStep } from '#facts/fact';
import type { FactEvent } from '#facts/fact.events';
import { findKind } from '#facts/every-kind';
import { missing, refuse, Refusal, Refusals } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { fingerprinted, freeze } from './frozen.js';
import { PublishReport } from './report.commands.js';
import { ReportBook } from './report-book.js';
import { monthsWithin } from './report-months.js';

/** The kind of fact that a report is: when it is due is recorded like any other fact. */
export const reportKind = () => {
  const kind = findKind('report');
  const step = kind?.steps.find(({ code }) => code === 'published');
  if (!kind || !step) throw new Error('there is no kind of fact for reports');
  return { kind, step };
};

@CommandHandler(PublishReport)
export class PublishReportHandler implements ICommandHandler<PublishReport> {
  constructor(
    private readonly recorder: Recorder,
    private readonly book: ReportBook,
  ) {}

  async execute({ context, report, body }: PublishReport) {
    const { kind, step } = reportKind();
    const { state } = await this.recorder.load(factOf(kind), `${kind.category}-${report}`);
    const birth = state.history[0];
    const { authority, team } = state.about;
    if (!birth || authority === undefined) throw missing('report');
    const months = monthsWithin(String(birth.data['from']), String(birth.data['to']));
    if (!months)
      throw refuse('months-not-whole', 'A report that is made from the record is about whole months. This one is not.', '/'); // prettier-ignore
    const content = freeze(await this.book.of({ authority, ...(team && { team }), ...months }));
    const rows = content.flatMap(({ data }) => data.rows);
    const fingerprint = createHash('sha256').update(fingerprinted(rows)).digest('hex');
    const data = { ...body, fingerprint };
    return this.recorder.act(factOf(kind), report, context, (now) => {
      const decided = recordStep(kind, step, now, { data, around: {}, on: dayOf(context), subject: report });
      if (decided instanceof Refusal || decided instanceof Refusals) return decided;
      return [...(content as readonly FactEvent[]), ...decided];
    });
  }
}

const dayOf = ({ occurredAt, now }: CommandContext): string => londonDay(occurredAt ?? now.instant);
