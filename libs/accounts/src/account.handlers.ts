import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { MatchRoles } from './account.commands.js';
import { account, matchRoles } from './account.js';

@CommandHandler(MatchRoles)
export class MatchRolesHandler implements ICommandHandler<MatchRoles> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, authority, named }: MatchRoles) {
    return this.recorder.act(account, id, context, (state) => matchRoles(state, authority, named));
  }
}

export const accountHandlers = [MatchRolesHandler];
