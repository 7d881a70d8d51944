import { Module } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Acted, type CommandContext, Recorder } from '#event-store/recorder';
import { missing } from '#kernel/refusal';
import { type PromiseStep, takeStep } from '#lifecycle/promise-steps';
import { type NewServiceChange, promiseServiceChange, serviceChange } from './service-change.js';
import { serviceChangeQueries } from './service-changes.queries.js';

export class PromiseServiceChange extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewServiceChange,
  ) {
    super();
  }
}

/** One step in the life of a promise: progress, proof, a moved date, done, checked, disputed … */
export class StepServiceChange extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly step: PromiseStep,
  ) {
    super();
  }
}

@CommandHandler(PromiseServiceChange)
export class PromiseServiceChangeHandler implements ICommandHandler<PromiseServiceChange> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, body }: PromiseServiceChange) {
    return this.recorder.act(serviceChange, id, context, (state) =>
      promiseServiceChange(state, id, body, context.now.today),
    );
  }
}

@CommandHandler(StepServiceChange)
export class StepServiceChangeHandler implements ICommandHandler<StepServiceChange> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, step }: StepServiceChange) {
    return this.recorder.act(serviceChange, id, context, (state) =>
      state.exists ? takeStep(state, id, step, context.now) : missing('promise'),
    );
  }
}

@Module({ providers: [PromiseServiceChangeHandler, StepServiceChangeHandler, ...serviceChangeQueries] })
export class ServiceChangesModule {}
