import { Command } from '@nestjs/cqrs';
import type { Role } from '#kernel/codes';
import type { Asker } from './account.js';
import type { RoleReason } from './account.events.js';
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

/** What an administrator does with an account of their council. */
export type AccountChange =
  | { readonly do: 'give' | 'take'; readonly role: Role; readonly authority: string }
  | { readonly do: 'stop' | 'start' | 'end-sessions' };

export class ChangeAccount extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly change: AccountChange,
    readonly asker: Asker,
  ) {
    super();
  }
}

export class RevokeToken extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    /** As {@link Tokens.list} tells it. */
    readonly token: { readonly ref: string; readonly role: Role; readonly authority: string | null },
    readonly reason: RoleReason,
  ) {
    super();
  }
}
