import { Module } from '@nestjs/common';
import { teamHandlers } from './team.handlers.js';
import { teamQueries } from './teams.queries.js';

@Module({ providers: [...teamHandlers, ...teamQueries] })
export class TeamsModule {}
