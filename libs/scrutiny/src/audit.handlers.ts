import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { Rows } from '#projections/rows';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { CloseAudit, DrawSample, MakeRecommendation, NoteSilence, OpenAudit, PublishFinding, RecordFinding, RespondToRecommendation } from './audit.commands.js'; // prettier-ignore
import { audit } from './audit.js';
import { closeAudit, drawSample, openAudit, publishFinding, recordFinding } from './audit-rules.js';
import { inTurn } from './in-turn.js';
import { populationOf } from './population.js';
import { noteSilence, recommend, respond } from './recommendation-rules.js';
import { drawn } from './sampling.js';

@CommandHandler(OpenAudit)
export class OpenAuditHandler implements ICommandHandler<OpenAudit> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: OpenAudit) {
    return this.recorder.act(audit, id, context, (state) => openAudit(state, id, body));
  }
}

@CommandHandler(DrawSample)
export class DrawSampleHandler implements ICommandHandler<DrawSample> {
  constructor(
    private readonly recorder: Recorder,
    private readonly rows: Rows,
  ) {}

  async execute({ context, id, body, opening }: DrawSample) {
    const population = populationOf(this.rows, body);
    const ids = drawn(body.seed, population, body.asked, nodeSha256);
    return this.recorder.act(audit, id, context, (state) =>
      inTurn(state, [
        (now) => (opening ? openAudit(now, id, opening) : []),
        (now) => drawSample(now, { ...body, population: population.length, ids }),
      ]),
    );
  }
}

@CommandHandler(RecordFinding)
export class RecordFindingHandler implements ICommandHandler<RecordFinding> {
  constructor(private readonly recorder: Recorder) {}

  execute({ context, id, body, recommendation, opening, months }: RecordFinding) {
    const { today } = context.now;
    const terms = { today, ...(months !== undefined && { months }) };
    return this.recorder.act(audit, id, context, (state) =>
      inTurn(state, [
        (now) => (opening ? openAudit(now, id, opening) : []),
        (now) => recordFinding(now, id, body, today),
        (now) => (recommendation ? recommend(now, id, recommendation, terms) : []),
      ]),
    );
  }
}

@CommandHandler(PublishFinding)
export class PublishFindingHandler implements ICommandHandler<PublishFinding> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: PublishFinding) {
    return this.recorder.act(audit, id, context, (state) => publishFinding(state, id, body));
  }
}

@CommandHandler(MakeRecommendation)
export class MakeRecommendationHandler implements ICommandHandler<MakeRecommendation> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body, months }: MakeRecommendation) {
    const terms = { today: context.now.today, ...(months !== undefined && { months }) };
    return this.recorder.act(audit, id, context, (state) => recommend(state, id, body, terms));
  }
}

@CommandHandler(RespondToRecommendation)
export class RespondToRecommendationHandler implements ICommandHandler<RespondToRecommendation> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: RespondToRecommendation) {
    return this.recorder.act(audit, id, context, (state) => respond(state, id, body, { today: context.now.today }));
  }
}

@CommandHandler(NoteSilence)
export class NoteSilenceHandler implements ICommandHandler<NoteSilence> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, recommendation }: NoteSilence) {
    return this.recorder.act(audit, id, context, (state) => noteSilence(state, recommendation, context.now.today));
  }
}

@CommandHandler(CloseAudit)
export class CloseAuditHandler implements ICommandHandler<CloseAudit> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, words }: CloseAudit) {
    return this.recorder.act(audit, id, context, (state) => closeAudit(state, id, words));
  }
}

export const auditHandlers = [
  OpenAuditHandler,
  DrawSampleHandler,
  RecordFindingHandler,
  PublishFindingHandler,
  MakeRecommendationHandler,
  RespondToRecommendationHandler,
  NoteSilenceHandler,
  CloseAuditHandler,
];
