import type { ServerResponse } from 'node:http';
import {
  defer, expand, filter, firstValueFrom, fromEvent, interval, merge, type Observable, of, map, race, shareReplay, take, takeUntil, tap, timer, NEVER,
} from 'rxjs'; // prettier-ignore
import type { Position } from '#event-store/event-store';
import type { Feed, FeedFilter } from './feed.js';
import type { CloudEvent } from './public-events.js';

export interface StreamTimes {
  /** Milliseconds between signs of life. */
  readonly heartbeat: number;
  /** Milliseconds within which a reader takes what was sent, or is dropped. */
  readonly patience: number;
  /** Milliseconds after which we look again, in case that the news did not come. */
  readonly lookAgain: number;
}

const PAGE = 100;

const frameOf = (event: CloudEvent): string =>
  `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/**
 * One reader of the live feed. It pulls: the next page is read only when the reader has taken the last, so that memory
 * does not grow with slow readers, and whatever is sent comes from the log itself, in order, without gap or repeat.
 */
export class EventStream {
  /** The last position that the reader was told. */
  private told: Position | null;
  private over: Observable<unknown> = NEVER;

  constructor(
    private readonly feed: Feed,
    private readonly news: Observable<number>,
    private readonly filter: FeedFilter,
    private readonly out: ServerResponse,
    private readonly times: StreamTimes,
    from: Position | null,
  ) {
    this.told = from;
  }

  /** Runs until the reader leaves, is dropped (an error), or `ended` says so. */
  run(ended: Observable<unknown>): Observable<unknown> {
    this.over = merge(ended, fromEvent(this.out, 'close')).pipe(take(1), shareReplay(1));
    this.out.write(`retry: 2000\n${this.position()}\n`);
    const pages = of(this.told).pipe(expand((after) => defer(() => this.step(after)), 1));
    const beats = interval(this.times.heartbeat).pipe(
      filter(() => !this.out.writableNeedDrain),
      tap(() => this.out.write(`:\n${this.position()}\n`)),
    );
    return merge(pages, beats).pipe(takeUntil(this.over));
  }

  private async step(after: Position | null): Promise<Position | null> {
    const seen = await firstValueFrom(this.news);
    const { items, position, atEnd } = await this.feed.page(after, this.filter, PAGE);
    for (const each of items) {
      if (this.out.writableEnded || this.out.destroyed) return after;
      this.told = each.position;
      if (!this.out.write(frameOf(each))) await this.taken();
    }
    this.told = position;
    if (atEnd) {
      const newer = this.news.pipe(filter((now) => now !== seen));
      await firstValueFrom(race(newer, timer(this.times.lookAgain), this.over));
    }
    return position;
  }

  /** Resolves when the reader has taken what was sent. @throws Error when it does not in time: it may resume. */
  private taken(): Promise<unknown> {
    const slow = timer(this.times.patience).pipe(map(() => { throw new Error('the reader is too slow'); })); // prettier-ignore
    return firstValueFrom(race(fromEvent(this.out, 'drain'), this.over, slow));
  }

  /** An id without data sets where a reader resumes, and is no event to it. */
  private position(): string {
    return this.told === null ? '' : `id: ${this.told}\n`;
  }
}
