import { Module } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { contribution, subjectOf } from '#contributions/contribution';
import { decision } from '#decisions/decision';
import { missing, refuse } from '#kernel/refusal';
import { type PromiseStep, takeStep } from '#lifecycle/promise-steps';
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

  async execute({ context, id, step }: StepServiceChange) {
    const taken =
      step.do === 'verdict' && step.contribution ? await this.sayingWhose(id, step, step.contribution) : step;
    return this.recorder.act(serviceChange, id, context, (state) =>
      state.exists ? takeStep(state, id, taken, context.now) : missing('promise'),
    );
  }

  /**
   * A verdict is what a person says of what was done about their own view: any other view stays out of it. The comment is
   * sealed under whoever gave the view, so that it is erased with them.
   */
  private async sayingWhose(id: string, step: PromiseStep & { do: 'verdict' }, view: string): Promise<PromiseStep> {
    const { state: promise } = await this.recorder.load(serviceChange, `${serviceChange.category}-${id}`);
    const { state: behind } = await this.recorder.load(decision, `${decision.category}-${promise.decision ?? ''}`);
    if (behind.links[view] === undefined)
      throw refuse('not-linked', 'This view is not one that this promise was made for.', '/contribution');
    const { state: given } = await this.recorder.load(contribution, `${contribution.category}-${view}`);
    return { ...step, subject: subjectOf(given, view) };
  }
}

@Module({ providers: [PromiseServiceChangeHandler, StepServiceChangeHandler, ...serviceChangeQueries] })
export class ServiceChangesModule {}
