import { Module } from '@nestjs/common';
import { Cards } from './cards.js';
import { FindCardsHandler } from './cards.queries.js';
import { contributionHandlers } from './contribution.handlers.js';
import { contributionQueries } from './contributions.queries.js';
import { ListRedactionsHandler } from './redactions.queries.js';
import { replyClockHandlers } from './reply-clock.handlers.js';
import { replyHandlers } from './reply.handlers.js';

@Module({
  providers: [
    Cards,
    FindCardsHandler,
    ...contributionHandlers,
    ...replyHandlers,
    ...replyClockHandlers,
    ...contributionQueries,
    ListRedactionsHandler,
  ],
  exports: [Cards],
})
export class ContributionsModule {}
