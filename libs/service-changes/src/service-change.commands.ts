import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { PromiseStep } from '#lifecycle/promise-steps';
import type { NewServiceChange } from './service-change.js';

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
