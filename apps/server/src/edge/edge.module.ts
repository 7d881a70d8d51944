import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccountsModule } from '#accounts/accounts.module';
import { ContributionsModule } from '#contributions/contributions.module';
import { AskedHere } from './asked-here.js';
import { CommandContextInterceptor } from './command-context.js';
import { Counted } from './counted.js';
import { Deliveries } from './deliveries.js';
import { FactDesk } from './fact-desk.js';
import { FormTokens } from './form-tokens.js';
import { AllowGuard } from './guard.js';
import { LookAgainGuard } from './look-again.guard.js';
import { PromiseDesk } from './promise-desk.js';
import { ReportsModule } from '#reports/reports.module';
import { ReadYourWrite } from './read-your-write.js';
import { ReportDesk } from './report-desk.js';
import { VirusScan } from './virus-scan.js';
import { WhoIsAsking } from './who-is-asking.js';
import { WriteLimit } from './write-limit.js';

/** What every request passes: who asks, may they, which command is it. */
@Global()
@Module({
  imports: [ContributionsModule, AccountsModule, ReportsModule],
  providers: [
    WhoIsAsking,
    FormTokens,
    VirusScan,
    WriteLimit,
    Counted,
    AskedHere,
    Deliveries,
    ReadYourWrite,
    PromiseDesk,
    FactDesk,
    ReportDesk,
    { provide: APP_GUARD, useClass: LookAgainGuard },
    { provide: APP_GUARD, useClass: AllowGuard },
    { provide: APP_INTERCEPTOR, useClass: CommandContextInterceptor },
  ],
  exports: [WhoIsAsking, FormTokens, AskedHere, Deliveries, ReadYourWrite, PromiseDesk, FactDesk, ReportDesk],
})
export class EdgeModule {}
