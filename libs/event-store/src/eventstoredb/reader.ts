import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  START,
  type StreamingRead,
} from '@eventstore/db-client';
import { type Position, type StoredEvent, StoreUnavailable } from '../event-store.js';
import type { Connection } from './connection.js';
import { drain } from './drain.js';
import type { Fault } from './fault.js';
import { comparePositions, formatPosition, parsePosition } from './positions.js';
import { isStored, toStoredEvent } from './records.js';
import type { Settings } from './settings.js';
import { backoffMs, pause } from './waiting.js';

const PAGE = 250;

/** Reads in bounded pages, so that a page that fails half way is simply read again. */
export class Reader {
  constructor(
    private readonly connection: Connection,
    private readonly settings: Settings,
  ) {}

  async *stream(name: string, from: number, limit: number): AsyncIterable<StoredEvent> {
    for (let next = from, left = limit; left > 0;) {
      const size = Math.min(PAGE, left);
      const page = await this.page(size, (client, options) =>
        client.readStream(name, { ...options, fromRevision: BigInt(next) }),
      );
      yield* page.map(toStoredEvent).filter(isStored);
      if (page.length < size) return;
      next += page.length;
      left -= page.length;
    }
  }

  /** The newest events of a stream, newest first. */
  async newestOf(name: string, count: number): Promise<StoredEvent[]> {
    const page = await this.page(count, (client, options) =>
      client.readStream(name, { ...options, direction: BACKWARDS, fromRevision: END }),
    );
    return page.map(toStoredEvent).filter(isStored);
  }

  async *all(after: Position | undefined, limit: number): AsyncIterable<StoredEvent> {
    let last = after;
    for (let left = limit; left > 0;) {
      // A read includes the event it starts at; one more than wanted makes up for it.
      const page = await this.allPage(Math.min(PAGE, left) + 1, last);
      for (const each of page.events) {
        if (left === 0) return;
        left--;
        yield each;
      }
      if (page.isLast) return;
      last = page.upTo;
    }
  }

  async head(): Promise<Position | null> {
    let from: Position | undefined;
    for (;;) {
      const page = await this.page(PAGE, (client, options) =>
        client.readAll({ ...options, direction: BACKWARDS, fromPosition: from ? parsePosition(from) : END }),
      );
      const newest = page.map(toStoredEvent).find(isStored);
      if (newest) return newest.position;
      const oldest = positionOf(page.at(-1));
      if (page.length < PAGE || !oldest) return null;
      from = oldest;
    }
  }

  private async allPage(
    size: number,
    after: Position | undefined,
  ): Promise<{ events: StoredEvent[]; upTo: Position | undefined; isLast: boolean }> {
    const page = await this.page(size, (client, options) =>
      client.readAll({ ...options, fromPosition: after ? parsePosition(after) : START }),
    );
    return {
      events: page
        .map(toStoredEvent)
        .filter(isStored)
        .filter(({ position }) => !after || comparePositions(position, after) > 0),
      upTo: positionOf(page.at(-1)) ?? after,
      isLast: page.length < size,
    };
  }

  /** @throws StoreUnavailable when no attempt within the budget brings a whole page. */
  private async page<T>(
    maxCount: number,
    open: (client: EventStoreDBClient, options: { maxCount: number; requiresLeader: boolean }) => StreamingRead<T>,
  ): Promise<T[]> {
    const { readBudgetMs, readTimeoutMs, resumeFirstMs } = this.settings;
    const deadline = Date.now() + (this.connection.isDown ? 0 : readBudgetMs);
    for (let attempt = 0; ; attempt++) {
      let client: EventStoreDBClient | undefined;
      try {
        client = this.connection.client;
        const page = await drain(
          open(client, { maxCount, requiresLeader: this.connection.wantsLeader }),
          readTimeoutMs,
        );
        // A client that was thrown away meanwhile ends its reads early and without a word.
        if (page.length < maxCount && !this.connection.isCurrent(client))
          throw new Error('the connection was replaced');
        this.connection.succeeded(client);
        return page;
      } catch (error) {
        const fault = this.connection.failed(client, error);
        if (fault.kind === 'missing') return [];
        if (!isPassing(fault) || Date.now() >= deadline) throw new StoreUnavailable(why(fault), { cause: error });
        await pause(backoffMs(attempt, resumeFirstMs, readBudgetMs / 2));
      }
    }
  }
}

const isPassing = (fault: Fault): boolean => fault.kind === 'away' || fault.kind === 'elsewhere';

export const why = (fault: Fault): string =>
  'detail' in fault ? `EventStoreDB: ${fault.detail}` : `EventStoreDB: ${fault.kind}`;

const positionOf = (resolved: unknown): Position | undefined => {
  const position = (resolved as AllStreamResolvedEvent | undefined)?.event?.position;
  return position && formatPosition(position);
};
