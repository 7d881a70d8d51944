import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';

export interface PublishGiven {
  readonly formats: readonly string[];
  readonly readability: string;
  /** Whether people with learning disabilities checked the easy read version. */
  readonly checkedByPeople: 'yes' | 'no' | 'not-known';
  readonly checkedBy?: readonly string[];
  readonly url?: string;
}

/** Freezes what the report says today, and publishes it. */
export class PublishReport extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly report: string,
    readonly body: PublishGiven,
  ) {
    super();
  }
}
