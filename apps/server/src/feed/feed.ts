import { BadRequestException, Inject, Injectable } from '@nestjs/common';
import { Engine } from '#engine/engine';
import { isWaiting } from '#gaps/gaps.queries';
import type { EventStore, Position, StoredEvent } from '#event-store/event-store';
import { type Recorded, streamId } from '#kernel/event';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';
import { type CloudEvent, cloudEvent, PUBLIC_FIELDS } from './public-events.js';

export interface FeedFilter {
  readonly authority?: string;
  readonly stream?: string;
  readonly types?: readonly string[];
}

export interface FeedPage {
  readonly items: readonly CloudEvent[];
  /** Everything up to here was looked at: go on from here. Null: nothing was, and we began at the beginning. */
  readonly position: Position | null;
  /** Nothing more stands in the log just now. */
  readonly atEnd: boolean;
}

/** Events looked at for one page, so that a rare type in a long log costs many short answers and not one long one. */
const SCAN = 2_000;
const BATCH = 200;
const CATCH_UP_MS = 2_000;

/** The log for everyone, in its order: what happened, never in whose words. */
@Injectable()
export class Feed {
  private readonly store: EventStore;
  private readonly source: string;

  constructor(
    private readonly engine: Engine,
    @Inject(CONFIG) config: Config,
  ) {
    this.store = engine.store;
    this.source = `${config.baseUrl}/api/v1/events`;
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  /** @throws BadRequestException when it is no position of this log. */
  check(position: string): Position {
    let isOurs = false;
    try {
      isOurs = this.store.compare(position, position) === 0;
    } catch {
      // The store cannot read it.
    }
    if (!isOurs) throw new BadRequestException('This is not a cursor of ours.');
    return position;
  }

  async page(after: Position | null, filter: FeedFilter, limit: number): Promise<FeedPage> {
    const items: CloudEvent[] = [];
    let position = after;
    for (let scanned = 0; scanned < SCAN;) {
      const batch = await this.batch(position);
      const last = batch.at(-1);
      // Whether a view may be shown is read from the read models, so the feed is never ahead of them.
      if (!last || !(await this.isReadable(last.position))) return { items, position, atEnd: true };
      for (const stored of batch) {
        const event = this.engine.codec.nameOf(stored.type) && this.engine.codec.decode(stored);
        // All of a meeting is told, or nothing: what follows waits with it, so that nothing is told out of order.
        if (event && this.isHeldBack(event)) return { items, position, atEnd: true };
        if (event && this.isWanted(event, filter)) items.push(cloudEvent(event, this.source, this.isShown));
        position = stored.position;
        if (items.length === limit) return { items, position, atEnd: false };
      }
      if (batch.length < BATCH) return { items, position, atEnd: true };
      scanned += batch.length;
    }
    return { items, position, atEnd: false };
  }

  private async batch(after: Position | null): Promise<StoredEvent[]> {
    const batch: StoredEvent[] = [];
    for await (const stored of this.store.readAll({ ...(after !== null && { after }), limit: BATCH }))
      batch.push(stored);
    return batch;
  }

  private async isReadable(position: Position): Promise<boolean> {
    const isCaughtUp = await this.engine.caughtUp(position, CATCH_UP_MS);
    return isCaughtUp && this.engine.runner.status().every(({ stalled }) => !stalled);
  }

  private isHeldBack({ about, cause }: Recorded): boolean {
    return about.fanOut === true && isWaiting(this.engine.rows, cause.events.at(-1) ?? '');
  }

  private isWanted({ type, stream, about }: Recorded, filter: FeedFilter): boolean {
    if (!Object.hasOwn(PUBLIC_FIELDS, type) || (filter.types && !filter.types.includes(type))) return false;
    if ((filter.stream && stream !== filter.stream) || (filter.authority && about.authority !== filter.authority))
      return false;
    return !stream.startsWith('contribution-') || this.isShown(streamId(stream));
  }

  private readonly isShown = (contribution: string): boolean =>
    this.engine.rows.get<{ published: number }>('SELECT published FROM contribution WHERE id = ?', contribution)
      ?.published === 1;
}
