import { BadRequestException, Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Feed, type FeedFilter } from '../feed/feed.js';
import { LiveFeed } from '../feed/live-feed.js';
import { PUBLIC_FIELDS } from '../feed/public-events.js';
import { Allow } from '../edge/allow.js';
import { Paging } from './paging.js';

export class FeedListing extends Paging {
  @ApiPropertyOptional({ description: 'Event types, with commas between them: DecisionMade,ReportedDone' })
  @IsOptional()
  @Matches(/^[A-Za-z]+(,[A-Za-z]+){0,49}$/, { message: 'Give event types with commas between them.' })
  types?: string;
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}$/, { message: 'This is not a code.' })
  authority?: string;
  @ApiPropertyOptional({ description: 'One thing: decision-<id>' })
  @IsOptional()
  @Matches(/^[A-Za-z]+-[0-9a-f-]{36}$/, { message: 'This is not a stream of ours.' })
  stream?: string;
}

/** The record as it grows, for machines: what happened, in order, and nobody's words. */
@ApiTags('events')
@Controller('api/v1/events')
@Allow('anyone')
export class EventsApi {
  constructor(
    private readonly feed: Feed,
    private readonly live: LiveFeed,
  ) {}

  /** Oldest first. `next` is null at the end; `position` is where to ask again later. */
  @Get()
  async list(@Query() query: FeedListing) {
    const after = query.after ? this.feed.check(query.after) : null;
    const { items, position, atEnd } = await this.feed.page(after, filterOf(query), query.limit);
    return { items, next: atEnd ? null : position, position };
  }

  /**
   * Server-sent events: what comes from now on; `?after=` goes on from a position, `?after=start` tells everything, and
   * `Last-Event-ID`, which browsers send by themselves, wins over both.
   */
  @Get('stream')
  async stream(
    @Query() query: FeedListing,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filter = filterOf(query);
    const after = last ?? query.after;
    const from = after === 'start' ? null : after ? this.feed.check(after) : await this.feed.head();
    const leave = this.live.admit(reply.request.ip);
    // Asked for the head alone there is nothing to wait for.
    if (reply.request.method === 'HEAD') {
      leave();
      return void reply.type('text/event-stream').send();
    }
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    await this.live.follow(reply.raw, from, filter).finally(leave);
  }
}

const filterOf = ({ authority, stream, types }: FeedListing): FeedFilter => {
  const wanted = types?.split(',');
  const unknown = wanted?.find((type) => !Object.hasOwn(PUBLIC_FIELDS, type));
  if (unknown) throw new BadRequestException(`${unknown} is no event of this feed.`);
  return { ...(authority && { authority }), ...(stream && { stream }), ...(wanted && { types: wanted }) };
};
