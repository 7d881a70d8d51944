import { Module } from '@nestjs/common';
import { EvidenceModule } from '#evidence/evidence.module';
import { AskedSaidDid } from './asked-said-did.js';
import { PublishReportHandler } from './report.handlers.js';
import { ReportBook } from './report-book.js';
import { Reports } from './reports.queries.js';

@Module({
  imports: [EvidenceModule],
  providers: [ReportBook, Reports, AskedSaidDid, PublishReportHandler],
  exports: [ReportBook, Reports, AskedSaidDid],
})
export class ReportsModule {}
