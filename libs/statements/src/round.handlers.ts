import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createdId } from '#event-store/ids';
import { Recorder } from '#event-store/recorder';
import { Pledges } from '#pledge/pledges';
import { addLocal, openRound, retireLocal, tallySlips } from './round.js';
import { AddLocalStatement, OpenRound, RetireLocalStatement, TallySlips } from './statement.commands.js';
import { questionsOf, streamOf } from './statement.handlers.js';
import { statements } from './statement.js';

@CommandHandler(OpenRound)
export class OpenRoundHandler implements ICommandHandler<OpenRound> {
  constructor(
    private readonly recorder: Recorder,
    private readonly pledges: Pledges,
  ) {}

  execute({ context, authority, round, body }: OpenRound) {
    return this.recorder.act(statements, streamOf(authority), { ...context, about: { authority } }, (state) =>
      openRound(state, questionsOf(this.pledges, authority), round, body, context.now.today),
    );
  }
}

@CommandHandler(TallySlips)
export class TallySlipsHandler implements ICommandHandler<TallySlips> {
  constructor(
    private readonly recorder: Recorder,
    private readonly pledges: Pledges,
  ) {}

  execute({ context, authority, round, tallies }: TallySlips) {
    const subject = createdId(context.commandId, 'slips');
    return this.recorder.act(statements, streamOf(authority), { ...context, about: { authority } }, (state) =>
      tallySlips(state, questionsOf(this.pledges, authority), round, tallies, subject),
    );
  }
}

@CommandHandler(AddLocalStatement)
export class AddLocalStatementHandler implements ICommandHandler<AddLocalStatement> {
  constructor(private readonly recorder: Recorder) {}

  execute({ context, authority, team, body }: AddLocalStatement) {
    return this.recorder.act(statements, streamOf(authority), { ...context, about: { authority } }, (state) =>
      addLocal(state, { authority, team }, body),
    );
  }
}

@CommandHandler(RetireLocalStatement)
export class RetireLocalStatementHandler implements ICommandHandler<RetireLocalStatement> {
  constructor(private readonly recorder: Recorder) {}

  execute({ context, authority, team, statement }: RetireLocalStatement) {
    return this.recorder.act(statements, streamOf(authority), { ...context, about: { authority } }, (state) =>
      retireLocal(state, team, statement),
    );
  }
}

export const roundHandlers = [
  OpenRoundHandler,
  TallySlipsHandler,
  AddLocalStatementHandler,
  RetireLocalStatementHandler,
];
