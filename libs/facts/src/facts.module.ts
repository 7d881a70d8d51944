import { Module } from '@nestjs/common';
import { factHandlers } from './fact.handlers.js';
import { factQueries } from './facts.queries.js';
import { Surroundings } from './surroundings.js';
import { PublishToolkitHandler } from './toolkit.commands.js';
import { Toolkits } from './toolkits.js';

@Module({
  providers: [Surroundings, Toolkits, PublishToolkitHandler, ...factHandlers, ...factQueries],
  exports: [Toolkits],
})
export class FactsModule {}
