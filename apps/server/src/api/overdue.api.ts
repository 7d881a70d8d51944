import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ListOverdue, type OverdueRow } from '#clocks/overdue.queries';
import { belongsTo, type Who } from '#identity/who';
import { Allow } from '../edge/allow.js';
import { Asking } from '../edge/command-context.js';
import { filterOf } from './gaps.api.js';
import { Listing } from './paging.js';

/** What is late now, oldest day first: answers to views, promises, and commitments of the pledge. */
@ApiTags('overdue')
@Controller('api/v1/overdue')
@Allow('anyone')
export class OverdueApi {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async list(@Query() query: Listing, @Asking() who: Who) {
    const { limit, after } = query;
    const page = await this.queries.execute(new ListOverdue({ ...filterOf(query), limit, ...(after && { after }) }));
    return { items: page.items.map((row) => shownTo(who, row)), next: page.next };
  }
}

/** A view that its giver does not want shown is counted and dated, and cannot be found from here. */
const shownTo = (who: Who, row: OverdueRow) => ({
  kind: row.kind,
  id: row.shown === 1 || belongsTo(who, row.authority) ? row.id : null,
  authority: row.authority,
  team: row.team,
  due: row.due,
  duePrecision: row.due_precision,
  workingDaysLate: row.workingDaysLate,
  toRole: row.to_role,
  reminders: Math.min(row.rung, 3),
  reasonsAskedFor: row.rung > 3,
});
