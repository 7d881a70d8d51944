import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { DataRequestStep, Received } from './data-request.js';
import type { AskedIn } from './letters.js';

/** `letter` is durable before the request is recorded. `person`: they asked with their own card, so it is known who they are. */
export class ReceiveDataRequest extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly received: Received,
    readonly letter: AskedIn,
    readonly person?: string,
  ) {
    super();
  }
}

/** Kept with the letter: `answer` is what they were told, `person` whose information it is about (with the step `match`). */
export class StepDataRequest extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly step: DataRequestStep,
    readonly kept: { readonly answer?: string; readonly person?: string } = {},
  ) {
    super();
  }
}
