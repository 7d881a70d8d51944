import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { contribution, subjectOf } from '#contributions/contribution';
import { Recorder } from '#event-store/recorder';
import {
  answerReferral,
  answerReview,
  decision,
  linkContribution,
  recordDecision,
  requestReview,
  supersede,
  unlinkContribution,
} from './decision.js';
import {
  AnswerReferral,
  AnswerReview,
  LinkContribution,
  RecordDecision,
  RequestReview,
  SupersedeDecision,
  UnlinkContribution,
} from './decision.commands.js';

@CommandHandler(RecordDecision)
export class RecordDecisionHandler implements ICommandHandler<RecordDecision> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: RecordDecision) {
    return this.recorder.act(decision, id, context, (state) => recordDecision(state, id, body, context.now.today));
  }
}

@CommandHandler(LinkContribution)
export class LinkContributionHandler implements ICommandHandler<LinkContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, link }: LinkContribution) {
    return this.recorder.act(decision, id, context, (state) => linkContribution(state, id, link));
  }
}

@CommandHandler(UnlinkContribution)
export class UnlinkContributionHandler implements ICommandHandler<UnlinkContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, link }: UnlinkContribution) {
    return this.recorder.act(decision, id, context, (state) => unlinkContribution(state, id, link));
  }
}

@CommandHandler(SupersedeDecision)
export class SupersedeDecisionHandler implements ICommandHandler<SupersedeDecision> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: SupersedeDecision) {
    return this.recorder.act(decision, id, context, (state) => supersede(state, id, body));
  }
}

@CommandHandler(RequestReview)
export class RequestReviewHandler implements ICommandHandler<RequestReview> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ context, id, body }: RequestReview) {
    const subject = body.contribution && (await this.whose(body.contribution));
    const asked = { ...body, ...(subject && { subject }) };
    return this.recorder.act(decision, id, context, (state) => requestReview(state, asked, id));
  }

  /** Why a person asks is sealed under whoever gave the view, so that it is erased with them. */
  private async whose(view: string): Promise<string> {
    const { state } = await this.recorder.load(contribution, `${contribution.category}-${view}`);
    return subjectOf(state, view);
  }
}

@CommandHandler(AnswerReview)
export class AnswerReviewHandler implements ICommandHandler<AnswerReview> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: AnswerReview) {
    return this.recorder.act(decision, id, context, (state) => answerReview(state, id, body));
  }
}

@CommandHandler(AnswerReferral)
export class AnswerReferralHandler implements ICommandHandler<AnswerReferral> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: AnswerReferral) {
    return this.recorder.act(decision, id, context, (state) => answerReferral(state, id, body));
  }
}

export const decisionHandlers = [
  RecordDecisionHandler,
  LinkContributionHandler,
  UnlinkContributionHandler,
  SupersedeDecisionHandler,
  RequestReviewHandler,
  AnswerReviewHandler,
  AnswerReferralHandler,
];
