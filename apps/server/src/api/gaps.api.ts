import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { CountGaps, type GapRow, ListGaps, MeasureCompleteness } from '#gaps/gaps.queries';
import { belongsTo, type Who } from '#identity/who';
import { Allow } from '../edge/allow.js';
import { Asking } from '../edge/command-context.js';
import { Listing } from './paging.js';

/** Where the chain stops, for everyone: what is missing is published too. */
@ApiTags('gaps')
@Controller('api/v1/gaps')
@Allow('anyone')
export class GapsApi {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async list(@Query() query: Listing, @Asking() who: Who) {
    const { limit, after } = query;
    const page = await this.queries.execute(new ListGaps({ ...filterOf(query), limit, ...(after && { after }) }));
    return { items: page.items.map((row) => shownTo(who, row)), next: page.next };
  }

  @Get('counts')
  async counts(@Query() query: Listing) {
    return { items: await this.queries.execute(new CountGaps(filterOf(query))), next: null };
  }

  @Get('completeness')
  async completeness(@Query() query: Listing) {
    return { items: await this.queries.execute(new MeasureCompleteness(filterOf(query))), next: null };
  }
}

export const filterOf = ({ authority, team, kind }: Listing) => ({
  ...(authority && { authority }),
  ...(team && { team }),
  ...(kind && { kind }),
});

/** A view that its giver does not want shown is counted and dated, and cannot be found from here. */
const shownTo = (who: Who, { id, kind, thing, authority, team, since, late, imported, shown }: GapRow) => ({
  kind,
  thing,
  id: shown || belongsTo(who, authority ?? undefined) ? id : null,
  authority,
  team,
  since,
  late,
  imported,
});
