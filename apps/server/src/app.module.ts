import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ContributionsModule } from '#contributions/contributions.module';
import { Engine } from '#engine/engine';
import { EngineModule } from '#engine/engine.module';
import { ParticipantsModule } from '#participants/participants.module';
import { TeamsModule } from '#teams/teams.module';
import { ContributionsApi } from './api/contributions.api.js';
import { TeamsApi } from './api/teams.api.js';
import { EdgeModule } from './edge/edge.module.js';
import { HealthApi } from './health/health.api.js';

/** The table of contents: one line per slice, in story order. */
@Module({})
export class AppModule {
  static on(engine: Engine): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        EngineModule.of(engine),
        EdgeModule,
        TeamsModule,
        ParticipantsModule,
        ContributionsModule,
      ],
      controllers: [HealthApi, TeamsApi, ContributionsApi],
    };
  }
}
