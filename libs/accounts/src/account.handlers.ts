import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder } from '#event-store/recorder';
import { Tokens } from '#identity/tokens';
import { Vault } from '#vault/vault';
import { type AccountChange, ChangeAccount, MatchRoles, RevokeToken } from './account.commands.js';
import { accessToken, account, type Account, type Asker, endSessions, grantRole, matchRoles, startAccount, stopAccount, withdrawRole } from './account.js'; // prettier-ignore

@CommandHandler(MatchRoles)
export class MatchRolesHandler implements ICommandHandler<MatchRoles> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, authority, named }: MatchRoles) {
    return this.recorder.act(account, id, context, (state) => matchRoles(state, authority, named));
  }
}

const decide = (state: Account, change: AccountChange, asker: Asker) => {
  switch (change.do) {
    case 'give':
      return grantRole(state, change, asker);
    case 'take':
      return withdrawRole(state, change, asker);
    case 'stop':
      return stopAccount(state, asker);
    case 'start':
      return startAccount(state, asker);
    case 'end-sessions':
      return endSessions(state, asker);
  }
};

@CommandHandler(ChangeAccount)
export class ChangeAccountHandler implements ICommandHandler<ChangeAccount> {
  constructor(private readonly recorder: Recorder) {}
  execute({ context, id, change, asker }: ChangeAccount) {
    return this.recorder.act(account, id, context, (state) => decide(state, change, asker));
  }
}

@CommandHandler(RevokeToken)
export class RevokeTokenHandler implements ICommandHandler<RevokeToken> {
  private readonly tokens: Tokens;
  constructor(
    private readonly recorder: Recorder,
    vault: Vault,
  ) {
    this.tokens = new Tokens(vault);
  }

  async execute({ context, token: { ref, role, authority }, reason }: RevokeToken) {
    const data = { role, ...(authority !== null && { authority }), by: 'administrator' as const, reason };
    const acted = await this.recorder.act(accessToken, ref, context, ({ revoked }) =>
      revoked ? [] : [{ type: 'TokenRevoked' as const, data }],
    );
    // Last: should this be cut off, the token still counts and can be revoked again.
    await this.tokens.revoke(ref);
    return acted;
  }
}

export const accountHandlers = [MatchRolesHandler, ChangeAccountHandler, RevokeTokenHandler];
