import { Module } from '@nestjs/common';
import { ContributionsModule } from '#contributions/contributions.module';
import { ParticipantsModule } from '#participants/participants.module';
import { CarriedOverHandler, ViewsBehindHandler } from './carried-over.js';
import { CheckOutcomesHandler } from './check-outcomes.query.js';
import { Drafts } from './drafts.js';
import { FanOut } from './fan-out.js';
import { meetingHandlers } from './meeting.handlers.js';
import { meetingQueries } from './meetings.queries.js';
import { OutcomeFactsReader } from './outcome-facts.js';
import { OutcomesReactor } from './outcomes.reactor.js';
import { RecordOutcomesHandler } from './record-outcomes.handler.js';

@Module({
  imports: [ContributionsModule, ParticipantsModule],
  providers: [
    Drafts,
    FanOut,
    OutcomeFactsReader,
    OutcomesReactor,
    RecordOutcomesHandler,
    CarriedOverHandler,
    ViewsBehindHandler,
    CheckOutcomesHandler,
    ...meetingHandlers,
    ...meetingQueries,
  ],
  exports: [Drafts, FanOut, OutcomesReactor],
})
export class MeetingsModule {}
