import { Command } from '@nestjs/cqrs';
import type { Effect } from '#kernel/codes';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { NewDecision } from './check-decision.js';

export class RecordDecision extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewDecision,
  ) {
    super();
  }
}

export class LinkContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly link: { contribution: string; effect: Effect; why?: string; meeting?: string },
  ) {
    super();
  }
}

export class UnlinkContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly link: { contribution: string; why?: string; meeting?: string },
  ) {
    super();
  }
}

export class SupersedeDecision extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { by: string; why?: string },
  ) {
    super();
  }
}

/** "Look at this again." */
export class RequestReview extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { request: string; contribution?: string; why?: string },
  ) {
    super();
  }
}

export class AnswerReview extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { request: string; words: string; changed: boolean },
  ) {
    super();
  }
}

/** Somebody else decides, and said what. */
export class AnswerReferral extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { to: string; words: string },
  ) {
    super();
  }
}
