import { Module } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { missing, refuse } from '#kernel/refusal';
import { takeStep } from '#lifecycle/promise-steps';
import { partOn, pledge } from '#pledge/pledge';
import { pledgeId } from '#pledge/pledge-id';
import { MakeCommitment, StepCommitment, TieCommitment } from './commitment.commands.js';
import { commitment, makeCommitment } from './commitment.js';
import { tie as tied } from './ties.js';
import { commitmentQueries } from './commitments.queries.js';

@CommandHandler(MakeCommitment)
export class MakeCommitmentHandler implements ICommandHandler<MakeCommitment> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ context, id, body }: MakeCommitment) {
    const { today } = context.now;
    const { state: its } = await this.recorder.load(pledge, `${pledge.category}-${pledgeId(body.pledge)}`);
    if (its.versions.length === 0) throw refuse('pledge-unknown', `There is no pledge ${body.pledge}.`, '/pledge');
    const isPart = partOn(its, body.part, today) !== undefined;
    return this.recorder.act(commitment, id, context, (state) => makeCommitment(state, id, body, { isPart, today }));
  }
}

@CommandHandler(StepCommitment)
export class StepCommitmentHandler implements ICommandHandler<StepCommitment> {
  constructor(private readonly recorder: Recorder) {}

  execute({ context, id, step }: StepCommitment) {
    // No view stands behind a commitment: nobody can say "not done" on behalf of one.
    if (step.do === 'verdict' && step.contribution)
      throw refuse('not-linked', 'This view is not one that this promise was made for.', '/contribution');
    return this.recorder.act(commitment, id, context, (state) =>
      state.exists ? takeStep(state, id, step, context.now) : missing('promise'),
    );
  }
}

@CommandHandler(TieCommitment)
export class TieCommitmentHandler implements ICommandHandler<TieCommitment> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, tie }: TieCommitment) {
    return this.recorder.act(commitment, id, context, (state) => tied(state, id, tie));
  }
}

@Module({ providers: [MakeCommitmentHandler, StepCommitmentHandler, TieCommitmentHandler, ...commitmentQueries] })
export class CommitmentsModule {}
