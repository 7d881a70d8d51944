import { Command } from '@nestjs/cqrs';
import type { Capacity } from '#kernel/codes';
import type { Acted, CommandContext } from '#event-store/recorder';
import type { NewTeam } from './team.js';

export class FormTeam extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: NewTeam,
  ) {
    super();
  }
}

export class JoinTeam extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { participant: string; capacity: Capacity; firstTime?: boolean },
  ) {
    super();
  }
}

export class LeaveTeam extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { participant: string; reason?: string },
  ) {
    super();
  }
}

export class AppointChair extends Command<Acted> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly body: { participant: string; post: 'chair' | 'co-chair' },
  ) {
    super();
  }
}
