import { type AllStreamResolvedEvent, type EventStoreDBClient, START } from '@eventstore/db-client';
import type { Position, StoredEvent } from '../event-store.js';
import { formatPosition, parsePosition } from './positions.js';
import { isStored, toStoredEvent } from './records.js';
import { Silence } from './waiting.js';

export interface Batch {
  readonly events: readonly StoredEvent[];
  /** The newest position looked at, also when nothing at it was ours. */
  readonly upTo: Position;
}

/** The client's buffers on the way; each holds up to this many events, so that memory stays bounded. */
const MOST_BUFFERED = 256;

/**
 * One subscription of the client, turned into batches on demand. Error, end and close all mean the same here: nothing
 * more will come. No server-side filter: its checkpoints run ahead of what was handed over (ADR 0004), and without
 * `$stats` in the log there is next to nothing to filter.
 */
export class Feed {
  /** Why it ended, if it says so. */
  failure: unknown;
  private ended = false;
  private wake: () => void = () => undefined;
  private readonly source;
  private readonly confirmBy: NodeJS.Timeout;

  constructor(
    client: EventStoreDBClient,
    after: Position | undefined,
    private readonly size: number,
    options: { requiresLeader: boolean; confirmWithinMs: number; confirmed: () => void },
  ) {
    const { requiresLeader, confirmWithinMs, confirmed } = options;
    this.source = client.subscribeToAll(
      { fromPosition: after === undefined ? START : parsePosition(after), requiresLeader },
      { highWaterMark: Math.min(size, MOST_BUFFERED) },
    );
    this.confirmBy = setTimeout(() => this.end(new Silence(confirmWithinMs)), confirmWithinMs);
    this.source
      .on('confirmation', () => {
        clearTimeout(this.confirmBy);
        confirmed();
      })
      .on('readable', () => this.wake())
      .on('end', () => this.end())
      .on('close', () => this.end())
      .on('error', (error: Error) => this.end(error));
  }

  /** The next events, waiting for them; undefined when the feed ended or `signal` aborted. */
  async next(signal: AbortSignal): Promise<Batch | undefined> {
    const stop = (): void => this.wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const batch = this.take();
        if (batch) return batch;
        if (this.ended) return undefined;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      return undefined;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Closes the call on the server too: leaving a read loop does not. */
  close(): void {
    this.end();
    this.source.unsubscribe().catch(() => undefined);
    this.source.destroy();
  }

  private take(): Batch | undefined {
    const events: StoredEvent[] = [];
    let upTo: Position | undefined;
    while (events.length < this.size) {
      const resolved = this.source.read() as AllStreamResolvedEvent | null;
      if (resolved === null) break;
      const event = toStoredEvent(resolved);
      if (isStored(event)) events.push(event);
      const { position } = resolved.event ?? {};
      if (position) upTo = formatPosition(position);
    }
    return upTo === undefined ? undefined : { events, upTo };
  }

  private end(failure?: unknown): void {
    clearTimeout(this.confirmBy);
    this.failure ??= failure;
    this.ended = true;
    this.wake();
  }
}
