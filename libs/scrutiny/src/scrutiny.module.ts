import { Module } from '@nestjs/common';
import { auditHandlers } from './audit.handlers.js';
import { auditQueries } from './audits.queries.js';
import { behindQueries } from './behind.queries.js';
import { changesQueries } from './changes.queries.js';
import { recommendationQueries } from './recommendations.queries.js';

@Module({
  providers: [...auditHandlers, ...auditQueries, ...recommendationQueries, ...behindQueries, ...changesQueries],
})
export class ScrutinyModule {}
