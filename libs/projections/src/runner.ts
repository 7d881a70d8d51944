import { EventEmitter, once } from 'node:events';
import type { Codec } from '#event-store/codec';
import type { EventStore, Position, StoredEvent, Subscription } from '#event-store/event-store';
import { applyBatch, type Decoded, decodeAll } from './apply.js';
import type { Opener, Projection } from './projection.js';
import { prepareTables, readCheckpoint, transaction } from './read-database.js';
import type { Rows } from './rows.js';

export interface ProjectionStatus {
  readonly name: string;
  readonly position: Position | null;
  readonly skipped: number;
  /** Why it stopped, where, and since when; it is tried again by itself. */
  readonly stalled?: string;
}

const BATCH = 500;
const RETRY_MS = 5_000;

/** The only one that projects: hands every event to every projection, in store order, in batches. */
export class ProjectionRunner {
  private readonly stalled = new Map<string, string>();
  private readonly advanced = new EventEmitter().setMaxListeners(0);
  private subscription: Subscription | undefined;
  private retry: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private seen: Position | null = null;
  private stopping = false;
  private batch = BATCH;
  /** Why the log is not followed now. */
  private deaf: string | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly rows: Rows,
    private readonly projections: readonly Projection[],
    private readonly opener: Opener,
    private readonly retryMs = RETRY_MS,
  ) {}

  /**
   * Prepares tables, then follows the log. Resolves at once; `caughtUp` tells when read models are current.
   * @param batch events in one go: many are quicker, and keep everything else waiting meanwhile.
   */
  start(batch = BATCH): void {
    this.batch = batch;
    transaction(this.rows, () => this.projections.forEach((each) => prepareTables(this.rows, each)));
    this.seen = this.slowest();
    this.listen();
    this.retry = setInterval(() => void this.alone(() => this.retryBehind()), this.retryMs).unref();
  }

  /**
   * Waits until what was appended at `position` can be read. False when that took longer than `timeoutMs`: the write is
   * safe, only the page may be a moment behind. Stalled projections are not waited for; readiness shows them.
   */
  async caughtUp(position: Position | null, timeoutMs = 5_000): Promise<boolean> {
    const signal = AbortSignal.timeout(timeoutMs);
    while (position !== null && (this.seen === null || this.store.compare(this.seen, position) < 0)) {
      try {
        await once(this.advanced, 'advanced', { signal });
      } catch {
        return false;
      }
    }
    return true;
  }

  status(): ProjectionStatus[] {
    return this.projections.map(({ name }) => {
      const checkpoint = readCheckpoint(this.rows, name);
      const stalled = this.stalled.get(name) ?? this.deaf;
      return {
        name,
        position: checkpoint?.position ?? null,
        skipped: checkpoint?.skipped ?? 0,
        ...(stalled && { stalled }),
      };
    });
  }

  /** Runs `work` while no batch is being applied; for swapping in a rebuilt read model. */
  alone<T>(work: () => T | Promise<T>): Promise<T> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => undefined);
    return next;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.retry);
    await this.subscription?.stop();
    await this.turn;
  }

  /** A subscription ends when the log or the read database cannot be read; the next retry begins a new one. */
  private listen(): void {
    this.subscription = this.store.subscribe({ ...(this.seen && { after: this.seen }), batch: this.batch }, (batch) =>
      this.alone(() => this.handle(batch)),
    );
    this.subscription.closed.catch(() => {
      if (!this.stopping) this.deaf = 'the log cannot be followed';
    });
  }

  private async handle(batch: readonly StoredEvent[]): Promise<void> {
    const decoded = decodeAll(this.codec, batch);
    const current: Projection[] = [];
    for (const projection of this.projections)
      if (!this.stalled.has(projection.name) && (await this.isCurrent(projection))) current.push(projection);
    if (!this.tryTogether(current, decoded)) for (const each of current) this.tryBatch(each, decoded);
    this.seen = batch.at(-1)?.position ?? this.seen;
    this.advanced.emit('advanced');
  }

  /** Whether nothing is missing before the batch that comes now, after catching up where something was. */
  private async isCurrent(projection: Projection): Promise<boolean> {
    const before = this.seen;
    const checkpoint = readCheckpoint(this.rows, projection.name)?.position ?? null;
    const isBehind = before !== null && (checkpoint === null || this.store.compare(checkpoint, before) < 0);
    return !isBehind || (await this.catchUp(projection, before));
  }

  /** All of them in one transaction, because each costs a write of its own. False: one of them failed, and nothing was changed. */
  private tryTogether(projections: readonly Projection[], batch: readonly Decoded[]): boolean {
    try {
      transaction(this.rows, () => {
        for (const each of projections) applyBatch(this.store, this.rows, each, batch, this.opener);
      });
      return true;
    } catch {
      return false;
    }
  }

  /** All of the batch, or else event by event up to the one that fails, so that the fault is named and nothing before it is lost. */
  private tryBatch(projection: Projection, batch: readonly Decoded[]): boolean {
    const apply = (part: readonly Decoded[]): void =>
      transaction(this.rows, () => applyBatch(this.store, this.rows, projection, part, this.opener));
    try {
      apply(batch);
    } catch {
      try {
        for (const each of batch) apply([each]);
      } catch (fault) {
        this.stalled.set(projection.name, fault instanceof Error ? fault.message : 'unknown fault');
        return false;
      }
    }
    this.stalled.delete(projection.name);
    return true;
  }

  /** Brings one projection that fell behind up to `until`. */
  private async catchUp(projection: Projection, until: Position): Promise<boolean> {
    for (;;) {
      const after = readCheckpoint(this.rows, projection.name)?.position ?? null;
      if (after !== null && this.store.compare(after, until) >= 0) return true;
      const page: StoredEvent[] = [];
      for await (const event of this.store.readAll({ ...(after && { after }), limit: this.batch })) page.push(event);
      if (page.length === 0) return true;
      if (!this.tryBatch(projection, decodeAll(this.codec, page))) return false;
    }
  }

  /** Also for what another process set back (a rebuild swapped in there) and for what another process mended. */
  private async retryBehind(): Promise<void> {
    if (this.deaf !== undefined) {
      this.deaf = undefined;
      this.listen();
    }
    if (this.seen === null) return;
    for (const projection of this.projections) {
      const isCurrent = await this.catchUp(projection, this.seen).catch(() => false);
      if (isCurrent) this.stalled.delete(projection.name);
    }
  }

  private slowest(): Position | null {
    return (
      this.projections
        .map(({ name }) => readCheckpoint(this.rows, name)?.position ?? null)
        .reduce<Position | null | undefined>(
          (low, each) =>
            low === undefined
              ? each
              : low === null || each === null
                ? null
                : this.store.compare(each, low) < 0
                  ? each
                  : low,
          undefined,
        ) ?? null
    );
  }
}
