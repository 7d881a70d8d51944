import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { FindingCode } from './audit.events.js';
import type { NewAudit, NewFinding, NewSample } from './audit-rules.js';
import type { NewRecommendation, NewResponse } from './recommendation-rules.js';

export class OpenAudit extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewAudit,
  ) {
    super();
  }
}

/** The population and its order are worked out where it is recorded, from the log up to `position`. */
export class DrawSample extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: Omit<NewSample, 'ids' | 'population'>,
    /** The audit is opened in the same append. */
    readonly opening?: NewAudit,
  ) {
    super();
  }
}

export class RecordFinding extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewFinding,
    /** What follows from it, recorded in the same append. */
    readonly recommendation?: NewRecommendation,
    /** The audit is opened in the same append. */
    readonly opening?: NewAudit,
    readonly months?: number,
  ) {
    super();
  }
}

export class PublishFinding extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { readonly finding: string; readonly found: FindingCode; readonly decidedBy: string },
  ) {
    super();
  }
}

export class MakeRecommendation extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewRecommendation,
    readonly months?: number,
  ) {
    super();
  }
}

export class RespondToRecommendation extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewResponse,
  ) {
    super();
  }
}

export class NoteSilence extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly recommendation: string,
  ) {
    super();
  }
}

export class CloseAudit extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly words: string,
  ) {
    super();
  }
}
