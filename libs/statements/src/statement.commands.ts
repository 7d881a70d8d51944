import { Command } from '@nestjs/cqrs';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { AnswerGiven } from './statement.js';
import type { RoundGiven } from './round.js';
import type { Occasion, SlipTally } from './statement.events.js';

/** The questions are put to people from now on. */
export class AskStatements extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly body: {
      readonly statements: readonly string[];
      readonly occasion: Occasion;
      readonly meeting?: string;
      readonly team?: string;
    },
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

/** The check that is made twice a year begins; `round` is its id. */
export class OpenRound extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly round: string,
    readonly body: RoundGiven,
  ) {
    super();
  }
}

/** Paper slips of a round, entered as counts. */
export class TallySlips extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly round: string,
    readonly tallies: readonly SlipTally[],
  ) {
    super();
  }
}

export class AddLocalStatement extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly team: string,
    readonly body: { readonly text: string; readonly language?: string },
  ) {
    super();
  }
}

export class RetireLocalStatement extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly authority: string,
    readonly team: string,
    readonly statement: string,
  ) {
    super();
  }
}
