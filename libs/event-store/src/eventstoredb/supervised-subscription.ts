import type { Position, StoredEvent, Subscription } from '../event-store.js';
import type { Connection } from './connection.js';
import { Feed } from './feed.js';
import { why } from './reader.js';
import type { Settings } from './settings.js';
import { backoffMs, pause } from './waiting.js';

type Handle = (events: readonly StoredEvent[]) => Promise<void>;

/**
 * Keeps one subscription going for as long as it is wanted: the client never resubscribes by itself. It resumes behind
 * the last event that was handled, never behind one that was only received.
 */
export class SupervisedSubscription implements Subscription {
  readonly closed: Promise<void>;
  /** What keeps it from following the log just now; undefined while it follows. */
  interruption: string | undefined = 'not connected yet';
  private readonly stopping = new AbortController();

  constructor(
    private readonly connection: Connection,
    private readonly settings: Settings,
    private position: Position | undefined,
    private readonly size: number,
    private readonly handle: Handle,
  ) {
    this.closed = this.run();
    this.closed.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.closed.catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { resumeFirstMs, resumeMostMs } = this.settings;
    for (let failures = 0; !signal.aborted; failures++) {
      const startedAt = Date.now();
      const before = this.position;
      await this.followOnce(signal);
      if (this.position !== before || Date.now() - startedAt > resumeMostMs) failures = 0;
      await this.waitToResume(backoffMs(failures, resumeFirstMs, resumeMostMs));
    }
  }

  /** No longer than until somebody else finds the store back. */
  private async waitToResume(ms: number): Promise<void> {
    const over = new AbortController();
    const end = (): void => over.abort();
    this.connection.news.once('recovered', end);
    await pause(ms, AbortSignal.any([over.signal, this.stopping.signal]));
    this.connection.news.off('recovered', end);
  }

  /** Returns when the feed ended for any reason of its own. @throws what the handler throws */
  private async followOnce(signal: AbortSignal): Promise<void> {
    const { client } = this.connection;
    const feed = new Feed(client, this.position, this.size, {
      requiresLeader: this.connection.wantsLeader,
      confirmWithinMs: this.settings.readTimeoutMs,
      confirmed: () => {
        this.interruption = undefined;
        this.connection.succeeded(client);
      },
    });
    try {
      for (let batch = await feed.next(signal); batch; batch = await feed.next(signal)) {
        if (batch.events.length > 0) await this.handle(batch.events);
        this.position = batch.upTo;
      }
    } finally {
      feed.close();
    }
    if (signal.aborted) return;
    const fault = this.connection.failed(client, feed.failure ?? new Error('the server ended the subscription'));
    this.interruption = why(fault);
  }
}
