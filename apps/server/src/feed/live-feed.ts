import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleDestroy, ServiceUnavailableException } from '@nestjs/common';
import { BehaviorSubject, Subject } from 'rxjs';
import { EVENT_STORE } from '#projections/tokens';
import type { EventStore, Position, Subscription } from '#event-store/event-store';
import { networkOf } from '#identity/shared-limit';
import { EventStream, type StreamTimes } from './event-stream.js';
import { Feed, type FeedFilter } from './feed.js';

/** Open streams; each is a connection and one page of memory. */
const MOST = 500;
/** From one address: else one could keep all others out. One customer's IPv6 addresses count as one. */
const MOST_OF_ONE = 50;
export const STREAM_TIMES: StreamTimes = { heartbeat: 15_000, patience: 30_000, lookAgain: 5_000 };

/** Everyone who follows the feed now. One subscription to the log tells all of them that there is something to read. */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  /** Changed by a test that cannot wait. */
  times: StreamTimes = STREAM_TIMES;
  private readonly news = new BehaviorSubject(0);
  private readonly ended = new Subject<void>();
  private subscription: Subscription | undefined;
  private open = 0;
  private readonly openOf = new Map<string, number>();
  private isEnding = false;

  constructor(
    private readonly feed: Feed,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  get readers(): number {
    return this.open;
  }

  /**
   * Call it before anything is sent, and what it answers when nothing is sent any more.
   * @throws ServiceUnavailableException when too many follow already.
   */
  admit(address: string): () => void {
    const from = networkOf(address);
    const its = this.openOf.get(from) ?? 0;
    if (this.isEnding || this.open >= MOST || its >= MOST_OF_ONE)
      throw new ServiceUnavailableException('Too many follow the feed just now. Read it page by page, or try again.');
    this.open++;
    this.openOf.set(from, its + 1);
    return () => {
      this.open--;
      const left = (this.openOf.get(from) ?? 1) - 1;
      if (left > 0) this.openOf.set(from, left);
      else this.openOf.delete(from);
    };
  }

  async follow(out: ServerResponse, from: Position | null, filter: FeedFilter): Promise<void> {
    await this.listen().catch(() => undefined);
    out.on('error', () => undefined);
    const stream = new EventStream(this.feed, this.news, filter, out, this.times, from);
    await new Promise<void>((resolve) => {
      // A reader that is dropped resumes after the last event that it has whole.
      stream
        .run(this.ended)
        .subscribe({ error: () => resolve(void out.destroy()), complete: () => resolve(void out.end()) });
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    this.ended.next();
    await this.subscription?.stop();
  }

  /** Loss of this is not loss of events: every reader looks into the log by itself now and then. */
  private async listen(): Promise<void> {
    if (this.subscription) return;
    const head = await this.store.head();
    this.subscription ??= this.store.subscribe({ batch: 500, ...(head && { after: head }) }, () => {
      this.news.next(this.news.value + 1);
      return Promise.resolve();
    });
    this.subscription.closed.catch(() => (this.subscription = undefined));
  }
}
