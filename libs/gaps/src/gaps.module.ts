import { Module } from '@nestjs/common';
import { gapQueries } from './gaps.queries.js';

@Module({ providers: [...gapQueries] })
export class GapsModule {}
