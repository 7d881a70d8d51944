import { Command } from '@nestjs/cqrs';
import type { Attribution, RequestKind, Understanding } from '#kernel/codes';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { issueCard } from './card.js';
import type { NewContribution } from './contribution.js';
import type { HandReply, tellArrival } from './replies.js';

export class GiveContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewContribution,
  ) {
    super();
  }
}

export class CorrectContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { words: string; why?: string; request?: string },
  ) {
    super();
  }
}

export class ReadBackContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { meeting?: string; agreed: boolean },
  ) {
    super();
  }
}

export class WithdrawContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly reason?: string,
  ) {
    super();
  }
}

export class ChangeAttribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly attribution: Attribution,
  ) {
    super();
  }
}

export class ConsiderContribution extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly at: { discussion: string; meeting?: string; decidedAt?: string },
  ) {
    super();
  }
}

/** What everyone reads of a view in the place of its words; `release`: what was held back is shown again. */
export class ModerateView extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body:
      | { readonly do: 'version'; readonly words: string; readonly reason: string }
      | { readonly do: 'hold-back'; readonly reason: string; readonly explanation?: string }
      | { readonly do: 'release' },
  ) {
    super();
  }
}

/** The person asks something of us; it lands on the team's list. */
export class MakeRequest extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { request: string; kind: RequestKind; note?: string; contact?: string; subject?: string },
  ) {
    super();
  }
}

export class AnswerRequest extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { request: string; answer: string; by: string },
  ) {
    super();
  }
}

export class GiveReply extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: HandReply,
  ) {
    super();
  }
}

/** A reply reached the person, or did not. */
export class TellArrival extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: Parameters<typeof tellArrival>[1],
  ) {
    super();
  }
}

/** The clock for the answer stands still, or runs again (`reason` left out). */
export class StopReplyClock extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { readonly reason: string; readonly words?: string } | undefined,
  ) {
    super();
  }
}

/** The person has died, so that nobody waits for a reply; `resume`: that was a mistake. */
export class EndReplies extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly resume: boolean,
  ) {
    super();
  }
}

/** Why an answer is late, by the team that owes it. */
export class GiveReplyReasons extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly words: string,
  ) {
    super();
  }
}

export class IssueCard extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: Parameters<typeof issueCard>[1],
  ) {
    super();
  }
}

export class CancelCard extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { card: string; reason: 'lost' | 'person-asked' | 'agreement-ended' },
  ) {
    super();
  }
}

/** "Do you understand why we decided this?" Sealed whole, in one stream per authority. */
export class AnswerUnderstanding extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { understood: Understanding; decision?: string; callBack: boolean },
  ) {
    super();
  }
}
