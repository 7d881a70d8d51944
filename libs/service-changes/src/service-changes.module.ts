import { Module } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { missing } from '#kernel/refusal';
import { takeStep } from '#lifecycle/promise-steps';
import { PromiseServiceChange, StepServiceChange } from './service-change.commands.js';
import { promiseServiceChange, serviceChange } from './service-change.js';
import { serviceChangeQueries } from './service-changes.queries.js';

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
