import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { missing } from '#kernel/refusal';
import { AuditCommitment, ListPledgeLog } from '#pledge-log/pledge-log.queries';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { Allow } from '../edge/allow.js';
import { auditItem, logItem } from './pledge-log.json.js';
import { logFilterOf, PledgeListing } from './pledge-log.query.js';

/** How the pledge is delivered, for everyone, today or as it was on any day. */
@ApiTags('pledge log')
@Controller('api/v1')
@Allow('anyone')
export class PledgeLogApi {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
  ) {}

  @Get('pledge-log')
  async list(@Query() query: PledgeListing) {
    const { limit, after, asOf } = query;
    const page = { limit, ...(after && { after }), ...(asOf && { asOf }) };
    const { items, next, total, counts } = await this.queries.execute(new ListPledgeLog(logFilterOf(query), page));
    return { asOf: asOf ?? null, total, counts, items: items.map((row) => logItem(row, readable(this.vault))), next };
  }

  @Get('commitments/:id')
  async show(@Param('id') id: string, @Query() { asOf }: PledgeListing) {
    const audited = await this.queries.execute(new AuditCommitment(id, asOf));
    if (!audited) throw missing('promise');
    return { asOf: asOf ?? null, ...auditItem(audited.row, audited.story, readable(this.vault)) };
  }
}
