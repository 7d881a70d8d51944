import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Search } from '#search/search.queries';
import { Allow } from '../edge/allow.js';
import { PageListing } from './paging.js';

/** `?q=`: what is looked for, as typed; nothing in it is an operator. */
export class Searching extends PageListing {
  @ApiPropertyOptional()
  @IsOptional()
  @MaxLength(200, { message: 'Use 200 letters or fewer.' })
  @IsString({ message: 'This must be text.' })
  q?: string;
}

export const searchOf = ({ q = '', authority, kind, after }: Searching, limit: number): Search =>
  new Search(q, { limit, ...(authority && { authority }), ...(kind && { kind }), ...(after && { after }) });

/** Public words only. Pieces of text say what was found: `[{ text, hit }]`, never markup. */
@ApiTags('search')
@Controller('api/v1/search')
@Allow('anyone')
export class SearchApi {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  find(@Query() query: Searching) {
    return this.queries.execute(searchOf(query, query.limit));
  }
}
