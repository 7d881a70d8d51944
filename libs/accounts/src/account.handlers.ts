import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { GrantRole, MatchRoles, StartAccount, StopAccount, WithdrawRole } from './account.commands.js';
import { account, grantRole, matchRoles, startAccount, stopAccount, withdrawRole } from './account.js';

@CommandHandler(GrantRole)
export class GrantRoleHandler implements ICommandHandler<GrantRole> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, asked, asker }: GrantRole) {
    return this.recorder.act(account, id, context, (state) => grantRole(state, asked, asker));
  }
}

@CommandHandler(WithdrawRole)
export class WithdrawRoleHandler implements ICommandHandler<WithdrawRole> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, asked, asker }: WithdrawRole) {
    return this.recorder.act(account, id, context, (state) => withdrawRole(state, asked, asker));
  }
}

@CommandHandler(StopAccount)
export class StopAccountHandler implements ICommandHandler<StopAccount> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, asker }: StopAccount) {
    return this.recorder.act(account, id, context, (state) => stopAccount(state, asker));
  }
}

@CommandHandler(StartAccount)
export class StartAccountHandler implements ICommandHandler<StartAccount> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, asker }: StartAccount) {
    return this.recorder.act(account, id, context, (state) => startAccount(state, asker));
  }
}

@CommandHandler(MatchRoles)
export class MatchRolesHandler implements ICommandHandler<MatchRoles> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, authority, named }: MatchRoles) {
    return this.recorder.act(account, id, context, (state) => matchRoles(state, authority, named));
  }
}

export const accountHandlers = [
  GrantRoleHandler,
  WithdrawRoleHandler,
  StopAccountHandler,
  StartAccountHandler,
  MatchRolesHandler,
];
