import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { PromiseStep } from '#lifecycle/promise-steps';
import type { NewCommitment } from './commitment.js';
import type { Tie } from './ties.js';

export class MakeCommitment extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewCommitment,
  ) {
    super();
  }
}

/** One step in its life; the same steps as those of a service change. */
export class StepCommitment extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly step: PromiseStep,
  ) {
    super();
  }
}

/** What stands behind it: a view, a decision, another way that was considered; or such a link taken back. */
export class TieCommitment extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly tie: Tie,
  ) {
    super();
  }
}
