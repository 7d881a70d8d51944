import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { AnswerGiven } from './statement.js';
import type { Occasion } from './statement.events.js';

/** The questions are put to people from now on. */
export class AskStatements extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly body: { readonly statements: readonly string[]; readonly occasion: Occasion; readonly meeting?: string },
  ) {
    super();
  }
}

/** `by`: who answers, on this occasion: a card, or one sitting at a shared device. It is not recorded. */
export class AnswerStatement extends Command<Acted & { readonly changed: boolean }> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly by: string,
    readonly body: AnswerGiven,
  ) {
    super();
  }
}
