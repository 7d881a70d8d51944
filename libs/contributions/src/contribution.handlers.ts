import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { Cards } from './cards.js';
import { considerContribution } from './considered.js';
import { answerRequest, makeRequest } from './asked-of-us.js';
import {
  changeAttribution,
  contribution,
  correctContribution,
  giveContribution,
  withdrawContribution,
} from './contribution.js';
import {
  AnswerRequest,
  ChangeAttribution,
  ConsiderContribution,
  CorrectContribution,
  GiveContribution,
  MakeRequest,
  ModerateView,
  ReadBackContribution,
  WithdrawContribution,
} from './contribution.commands.js';
import { givePublicVersion, holdBack, releaseView } from './moderate.js';
import { readBackContribution } from './read-back.js';

@CommandHandler(GiveContribution)
export class GiveContributionHandler implements ICommandHandler<GiveContribution> {
  constructor(
    private readonly recorder: Recorder,
    private readonly cards: Cards,
  ) {}

  async execute({ context, id, body }: GiveContribution) {
    // The code must be findable before the event says that there is a card.
    if (body.card) await this.cards.register(body.card, id);
    return this.recorder.act(contribution, id, context, (state) => giveContribution(state, id, body));
  }
}

@CommandHandler(CorrectContribution)
export class CorrectContributionHandler implements ICommandHandler<CorrectContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: CorrectContribution) {
    return this.recorder.act(contribution, id, context, (state) => correctContribution(state, id, body));
  }
}

@CommandHandler(ReadBackContribution)
export class ReadBackContributionHandler implements ICommandHandler<ReadBackContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: ReadBackContribution) {
    return this.recorder.act(contribution, id, context, (state) => readBackContribution(state, body));
  }
}

@CommandHandler(WithdrawContribution)
export class WithdrawContributionHandler implements ICommandHandler<WithdrawContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, reason }: WithdrawContribution) {
    return this.recorder.act(contribution, id, context, (state) => withdrawContribution(state, id, reason));
  }
}

@CommandHandler(ChangeAttribution)
export class ChangeAttributionHandler implements ICommandHandler<ChangeAttribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, attribution }: ChangeAttribution) {
    return this.recorder.act(contribution, id, context, (state) => changeAttribution(state, attribution));
  }
}

@CommandHandler(ConsiderContribution)
export class ConsiderContributionHandler implements ICommandHandler<ConsiderContribution> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, at }: ConsiderContribution) {
    return this.recorder.act(contribution, id, context, (state) => considerContribution(state, at));
  }
}

@CommandHandler(ModerateView)
export class ModerateViewHandler implements ICommandHandler<ModerateView> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: ModerateView) {
    return this.recorder.act(contribution, id, context, (state) => {
      if (body.do === 'version') return givePublicVersion(state, id, body);
      return body.do === 'hold-back' ? holdBack(state, id, body) : releaseView(state);
    });
  }
}

@CommandHandler(MakeRequest)
export class MakeRequestHandler implements ICommandHandler<MakeRequest> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: MakeRequest) {
    return this.recorder.act(contribution, id, context, (state) => makeRequest(state, id, body));
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: AnswerRequest) {
    return this.recorder.act(contribution, id, context, (state) => answerRequest(state, id, body));
  }
}

export const contributionHandlers = [
  GiveContributionHandler,
  CorrectContributionHandler,
  ReadBackContributionHandler,
  WithdrawContributionHandler,
  ChangeAttributionHandler,
  ConsiderContributionHandler,
  ModerateViewHandler,
  MakeRequestHandler,
  AnswerRequestHandler,
];
