import { Module } from '@nestjs/common';
import { Cards } from './cards.js';
import { contributionHandlers } from './contribution.handlers.js';
import { contributionQueries } from './contributions.queries.js';
import { replyHandlers } from './reply.handlers.js';

@Module({ providers: [Cards, ...contributionHandlers, ...replyHandlers, ...contributionQueries], exports: [Cards] })
export class ContributionsModule {}
