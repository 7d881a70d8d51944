import { Global, Module } from '@nestjs/common';
import { ParticipantsModule } from '#participants/participants.module';
import { accountHandlers } from './account.handlers.js';
import { accountQueries } from './accounts.queries.js';
import { PersonAccounts } from './person-accounts.js';
import { StaffAccounts } from './staff-accounts.js';

@Global()
@Module({
  imports: [ParticipantsModule],
  providers: [StaffAccounts, PersonAccounts, ...accountHandlers, ...accountQueries],
  exports: [StaffAccounts, PersonAccounts],
})
export class AccountsModule {}
