import { Global, Module } from '@nestjs/common';
import { ParticipantsModule } from '#participants/participants.module';
import { accountHandlers } from './account.handlers.js';
import { accountQueries } from './accounts.queries.js';
import { StaffAccounts } from './staff-accounts.js';

@Global()
@Module({
  imports: [ParticipantsModule],
  providers: [StaffAccounts, ...accountHandlers, ...accountQueries],
  exports: [StaffAccounts],
})
export class AccountsModule {}
