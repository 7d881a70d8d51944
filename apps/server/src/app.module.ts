import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ClocksModule } from '#clocks/clocks.module';
import { CommitmentsModule } from '#commitments/commitments.module';
import { ContributionsModule } from '#contributions/contributions.module';
import { DataRequestsModule } from '#data-requests/data-requests.module';
import { DecisionsModule } from '#decisions/decisions.module';
import { Engine } from '#engine/engine';
import { EngineModule } from '#engine/engine.module';
import { ErasureModule } from '#erasure/erasure.module';
import { EvidenceModule } from '#evidence/evidence.module';
import { FactsModule } from '#facts/facts.module';
import { GapsModule } from '#gaps/gaps.module';
import { MeetingsModule } from '#meetings/meetings.module';
import { ParticipantsModule } from '#participants/participants.module';
import { PledgeLogModule } from '#pledge-log/pledge-log.module';
import { ReportsModule } from '#reports/reports.module';
import { RequestsModule } from '#requests/requests.module';
import { ScrutinyModule } from '#scrutiny/scrutiny.module';
import { SearchModule } from '#search/search.module';
import { ServiceChangesModule } from '#service-changes/service-changes.module';
import { StatementsModule } from '#statements/statements.module';
import { SuccessionModule } from '#succession/succession.module';
import { TeamsModule } from '#teams/teams.module';
import { TraceabilityModule } from '#traceability/traceability.module';
import type { Config } from './config.js';
import { ChainsApi } from './api/chains.api.js';
import { CommitmentsApi } from './api/commitments.api.js';
import { ContributionsApi } from './api/contributions.api.js';
import { DecisionsApi } from './api/decisions.api.js';
import { EvidenceApi } from './api/evidence.api.js';
import { EventsApi } from './api/events.api.js';
import { FactsApi } from './api/facts.api.js';
import { GapsApi } from './api/gaps.api.js';
import { MeetingsApi } from './api/meetings.api.js';
import { ModerationApi } from './api/moderation.api.js';
import { OverdueApi } from './api/overdue.api.js';
import { PledgeApi } from './api/pledge.api.js';
import { PledgeLogApi } from './api/pledge-log.api.js';
import { PromiseStepsApi } from './api/promise-steps.api.js';
import { ReportsApi } from './api/reports.api.js';
import { RequestsApi } from './api/requests.api.js';
import { CommitmentTiesApi } from './api/commitment-ties.api.js';
import { ScrutinyApi } from './api/scrutiny.api.js';
import { SearchApi } from './api/search.api.js';
import { ServiceChangesApi } from './api/service-changes.api.js';
import { StatementRoundsApi } from './api/statement-rounds.api.js';
import { StatementsApi } from './api/statements.api.js';
import { TeamsApi } from './api/teams.api.js';
import { EdgeModule } from './edge/edge.module.js';
import { Feed } from './feed/feed.js';
import { LiveFeed } from './feed/live-feed.js';
import { HealthApi } from './health/health.api.js';
import { LogModule } from './log/log.module.js';
import type { OpenLog } from './log/open-log.js';
import { RetentionJob } from './retention/retention-job.js';
import { ReminderJob } from './reminders/reminder-job.js';
import { PagesModule } from './pages/pages.module.js';
import { ScrutinyDeskModule } from './scrutiny/scrutiny-desk.module.js';
import { StatementDeskModule } from './statements/statement-desk.module.js';
import { ShellModule } from './shell/shell.module.js';

/** The table of contents: one line per slice, in story order. */
@Module({})
export class AppModule {
  static on(engine: Engine, config: Config, log: OpenLog): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        EngineModule.of(engine),
        LogModule.of(log),
        EdgeModule,
        ShellModule.with(config),
        TeamsModule,
        ParticipantsModule,
        MeetingsModule,
        ContributionsModule,
        DecisionsModule,
        ServiceChangesModule,
        CommitmentsModule,
        PledgeLogModule,
        FactsModule,
        TraceabilityModule,
        RequestsModule,
        GapsModule,
        StatementsModule.hiding(config.suppressUpTo),
        EvidenceModule,
        ReportsModule,
        ClocksModule,
        SuccessionModule,
        ScrutinyModule,
        ScrutinyDeskModule,
        SearchModule,
        DataRequestsModule,
        ErasureModule,
        StatementDeskModule,
        PagesModule,
      ],
      providers: [Feed, LiveFeed, ReminderJob, RetentionJob],
      controllers: [
        HealthApi,
        PledgeApi,
        TeamsApi,
        MeetingsApi,
        ContributionsApi,
        ModerationApi,
        DecisionsApi,
        ServiceChangesApi,
        CommitmentsApi,
        PromiseStepsApi,
        CommitmentTiesApi,
        PledgeLogApi,
        StatementRoundsApi,
        StatementsApi,
        FactsApi,
        ScrutinyApi,
        RequestsApi,
        ChainsApi,
        GapsApi,
        OverdueApi,
        SearchApi,
        EvidenceApi,
        ReportsApi,
        EventsApi,
      ],
    };
  }
}
