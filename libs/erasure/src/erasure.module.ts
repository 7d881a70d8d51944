import { Module } from '@nestjs/common';
import { dataSubjectQueries } from './data-subjects.queries.js';

@Module({ providers: dataSubjectQueries })
export class ErasureModule {}
