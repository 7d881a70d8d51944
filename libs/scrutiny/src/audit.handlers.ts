import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import type { Decided } from '#kernel/aggregate';
import { Refusal, Refusals } from '#kernel/refusal';
import { Rows } from '#projections/rows';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { CloseAudit, DrawSample, MakeRecommendation, NoteSilence, OpenAudit, PublishFinding, RecordFinding, RespondToRecommendation } from './audit.commands.js'; // prettier-ignore
import type { AuditEvent } from './audit.events.js';
import { audit, type Audit } from './audit.js';
import { closeAudit, drawSample, openAudit, publishFinding, recordFinding } from './audit-rules.js';
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

  async execute({ context, id, body }: DrawSample) {
    const population = populationOf(this.rows, body);
    const ids = drawn(body.seed, population, body.asked, nodeSha256);
    return this.recorder.act(audit, id, context, (state) => drawSample(state, { ...body, population: population.length, ids })); // prettier-ignore
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

/** Several rules, each over what the one before came to; whatever is wrong is named at once. */
const inTurn = (
  state: Audit,
  rules: readonly ((now: Audit) => Decided<AuditEvent>)[],
): Decided<AuditEvent> => {
  const events: AuditEvent[] = [];
  const problems: Refusal[] = [];
  let now = state;
  for (const rule of rules) {
    const decided = rule(now);
    if (decided instanceof Refusal) problems.push(decided);
    else if (decided instanceof Refusals) problems.push(...decided.all);
    else {
      events.push(...decided);
      now = decided.reduce((before, event) => audit.evolve(before, event, { occurredAt: '', recordedAt: '' }), now);
    }
  }
  // What follows from a finding that was refused is refused for that alone: it is no second mistake of the officer.
  const own = problems.filter(({ kind }, at) => at === 0 || kind === 'rule');
  return own.length > 0 ? (own.length === 1 && own[0] ? own[0] : new Refusals(own)) : events;
};

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
