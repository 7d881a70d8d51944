import { Module } from '@nestjs/common';
import { LocalResults } from './local-results.js';
import { RoundDesk } from './round-desk.js';
import { StatementWords } from './statement-words.js';

/** What pages and the API share about asking the statements. */
@Module({
  providers: [LocalResults, RoundDesk, StatementWords],
  exports: [LocalResults, RoundDesk, StatementWords],
})
export class StatementDeskModule {}
