import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { ListRecommendations, ListResponses } from '#scrutiny/recommendations.queries';
import { readable } from '#vault/readable';
import { Vault } from '#vault/vault';
import { RecommendationListing } from '../../api/scrutiny.query.js';
import type { Config } from '../../config.js';
import { Allow } from '../../edge/allow.js';
import { CONFIG } from '../../shell/pages.js';
import { listAddress } from '../list-address.js';
import { trackerCsv } from './tracker.csv.js';

const EVERYTHING = 100_000;

/** The published recommendations as the spreadsheet in which scrutiny teams keep them. */
@Controller('scrutiny')
@Allow('anyone')
export class TrackerPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('tracker.csv')
  async csv(@Query() { authority, standing }: RecommendationListing, @Res() reply: FastifyReply): Promise<void> {
    const filter = { ...(authority && { authority }), ...(standing && { standing }) };
    const { items } = await this.queries.execute(new ListRecommendations({ ...filter, limit: EVERYTHING }));
    const responses = await this.queries.execute(new ListResponses(items.map(({ id }) => id)));
    const { instant, today } = this.clock.now();
    const list = `${this.config.baseUrl}${listAddress('/scrutiny/recommendations', { authority, standing }, '') ?? ''}`;
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="recommendation-tracker-${today}.csv"`)
      .send(trackerCsv([...items].reverse(), responses, readable(this.vault), { list, at: instant }));
  }
}
