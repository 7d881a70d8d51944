import { Module } from '@nestjs/common';
import { ListBehindHandler } from './behind.queries.js';
import { ShowEvidenceHandler } from './evidence.queries.js';
import { PeopleSay } from './people-say.js';

/** People's answers come from the module of the statements, which is global. */
@Module({
  providers: [ShowEvidenceHandler, ListBehindHandler, PeopleSay],
  exports: [ShowEvidenceHandler, PeopleSay],
})
export class EvidenceModule {}
