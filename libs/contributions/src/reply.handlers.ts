import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuid5 } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { missing } from '#kernel/refusal';
import { Cards } from './cards.js';
import { cancelCard, issueCard } from './card.js';
import { contribution, subjectOf } from './contribution.js';
import {
  AnswerUnderstanding,
  CancelCard,
  EndReplies,
  GiveReply,
  IssueCard,
  TellArrival,
} from './contribution.commands.js';
import { endReplies, giveReply, resumeReplies, tellArrival } from './replies.js';
import { answerUnderstanding, understandingAnswers } from './understanding.js';

@CommandHandler(GiveReply)
export class GiveReplyHandler implements ICommandHandler<GiveReply> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: GiveReply) {
    return this.recorder.act(contribution, id, context, (state) => giveReply(state, id, body, context.now.instant));
  }
}

@CommandHandler(TellArrival)
export class TellArrivalHandler implements ICommandHandler<TellArrival> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: TellArrival) {
    return this.recorder.act(contribution, id, context, (state) => tellArrival(state, body));
  }
}

@CommandHandler(EndReplies)
export class EndRepliesHandler implements ICommandHandler<EndReplies> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, resume }: EndReplies) {
    return this.recorder.act(contribution, id, context, (state) =>
      resume ? resumeReplies(state) : endReplies(state, id),
    );
  }
}

@CommandHandler(IssueCard)
export class IssueCardHandler implements ICommandHandler<IssueCard> {
  constructor(
    private readonly recorder: Recorder,
    private readonly cards: Cards,
  ) {}

  async execute({ context, id, body }: IssueCard) {
    await this.cards.register(body.card, id);
    return this.recorder.act(contribution, id, context, (state) => issueCard(state, body));
  }
}

@CommandHandler(CancelCard)
export class CancelCardHandler implements ICommandHandler<CancelCard> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: CancelCard) {
    return this.recorder.act(contribution, id, context, (state) => cancelCard(state, body.card, body.reason));
  }
}

const AUTHORITY_STREAMS = '0a3c2c58-6d0e-5c1a-8f2b-54b1b0a6e9d4';

@CommandHandler(AnswerUnderstanding)
export class AnswerUnderstandingHandler implements ICommandHandler<AnswerUnderstanding> {
  constructor(private readonly recorder: Recorder) {}
  async execute({ context, id, body }: AnswerUnderstanding) {
    const { state } = await this.recorder.load(contribution, `${contribution.category}-${id}`);
    if (!state.exists) throw missing('view');
    const authority = state.about.authority ?? '';
    return this.recorder.act(
      understandingAnswers,
      uuid5(AUTHORITY_STREAMS, authority),
      { ...context, about: { authority } },
      () => answerUnderstanding(id, subjectOf(state, id), body),
    );
  }
}

export const replyHandlers = [
  GiveReplyHandler,
  TellArrivalHandler,
  EndRepliesHandler,
  IssueCardHandler,
  CancelCardHandler,
  AnswerUnderstandingHandler,
];
