import { Module } from '@nestjs/common';
import { Erased } from './erased.js';
import { SearchHandler } from './search.queries.js';

@Module({ providers: [Erased, SearchHandler], exports: [Erased] })
export class SearchModule {}
