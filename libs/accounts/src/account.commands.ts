import { Command } from '@nestjs/cqrs';
import type { Role } from '#kernel/codes';
import type { Acted, CommandContext } from '#event-store/recorder';

/** At every single sign-on: the account, and the roles that the council's own sign-in names. */
export class MatchRoles extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly authority: string,
    readonly named: readonly Role[],
  ) {
    super();
  }
}
