import { Module } from '@nestjs/common';
import { decisionHandlers } from './decision.handlers.js';
import { decisionQueries } from './decisions.queries.js';

@Module({ providers: [...decisionHandlers, ...decisionQueries] })
export class DecisionsModule {}
