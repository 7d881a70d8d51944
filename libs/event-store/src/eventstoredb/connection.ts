import { EventEmitter } from 'node:events';
import { BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import type { Endpoints } from './connection-string.js';
import { buildClient, type ContainedClient } from './contained-client.js';
import { drain } from './drain.js';
import { type Fault, faultOf, StoreClosed } from './fault.js';
import type { Login } from './login.js';

/** After this long without one success a client is thrown away: some failures stay in it for ever (ADR 0004). */
const REBUILD_AFTER_MS = 3_000;

/**
 * The one client of this process, made when first needed and made anew when it cannot recover. Making one never
 * touches the network, so that a server that is away stops nothing.
 */
export class Connection {
  private current: ContainedClient | undefined;
  private warmUp: Promise<unknown> | undefined;
  private failingSince: number | undefined;
  private builtAt = 0;
  private ended = false;
  /** Says `recovered` with the first success after failures, so that whoever waits need not wait longer. */
  readonly news = new EventEmitter().setMaxListeners(0);
  /** How many clients there have been, for tests and for the curious. */
  builds = 0;

  constructor(
    private readonly to: Endpoints,
    private readonly warmUpTimeoutMs: number,
  ) {}

  get login(): Login | undefined {
    return this.to.login;
  }

  get insecure(): boolean {
    return this.to.insecure;
  }

  /** Whether calls insist on the leader: a follower may be a moment behind what was just written. */
  get wantsLeader(): boolean {
    return this.to.nodePreference === 'leader';
  }

  get client(): EventStoreDBClient {
    if (this.ended) throw new StoreClosed();
    if (!this.current) {
      this.current = buildClient(this.to);
      this.builds++;
      this.builtAt = Date.now();
    }
    return this.current.client;
  }

  /** The client, after it has read once: reads do not run into what a first append would poison. */
  async ready(): Promise<EventStoreDBClient> {
    const client = this.client;
    this.warmUp ??= askForLast(client, this.warmUpTimeoutMs);
    const mine = this.warmUp;
    try {
      await mine;
      return client;
    } catch (error) {
      if (this.warmUp === mine) this.warmUp = undefined;
      throw error;
    }
  }

  isCurrent(client: EventStoreDBClient): boolean {
    return this.current?.client === client;
  }

  /** Whether nothing has got through for a while: then it is not worth trying again and again for one caller. */
  get isDown(): boolean {
    return this.failingSince !== undefined && Date.now() - this.failingSince > REBUILD_AFTER_MS;
  }

  succeeded(client: EventStoreDBClient): void {
    if (!this.isCurrent(client) || this.failingSince === undefined) return;
    this.failingSince = undefined;
    this.news.emit('recovered');
  }

  failed(client: EventStoreDBClient | undefined, error: unknown): Fault {
    const fault = faultOf(error);
    if (fault.kind === 'away' && client && this.isCurrent(client)) {
      this.failingSince ??= Date.now();
      if (fault.rebuild || (this.isDown && Date.now() - this.builtAt > REBUILD_AFTER_MS)) this.discard();
    }
    return fault;
  }

  end(): void {
    this.ended = true;
    this.discard();
  }

  private discard(): void {
    this.current?.release();
    this.current = undefined;
    this.warmUp = undefined;
  }
}

/** The cheapest question that needs a working server: what is the last entry of the log? */
export const askForLast = async (client: EventStoreDBClient, timeoutMs: number): Promise<void> => {
  await drain(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }), timeoutMs);
};
