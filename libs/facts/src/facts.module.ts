import { Module } from '@nestjs/common';
import { factQueries } from './facts.queries.js';

@Module({ providers: [...factQueries] })
export class FactsModule {}
