import { Module } from '@nestjs/common';
import { ListBehindHandler } from './behind.queries.js';
import { ShowEvidenceHandler } from './evidence.queries.js';
import { NobodyAsked, PeopleSay } from './people-say.js';

@Module({
  providers: [ShowEvidenceHandler, ListBehindHandler, { provide: PeopleSay, useClass: NobodyAsked }],
  exports: [PeopleSay],
})
export class EvidenceModule {}
