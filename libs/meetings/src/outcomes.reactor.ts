import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Rows } from '#projections/rows';
import { Drafts } from './drafts.js';
import { FanOut } from './fan-out.js';

/** How often to look for fan-outs that were cut off, in milliseconds. */
const EVERY = 2_000;

/**
 * Finishes what a crash cut off. It needs no checkpoint of its own: the meetings read model, which sees every event
 * exactly once, says which meetings are recorded and not applied, and a meeting leaves that list only when
 * `OutcomesApplied` stands. So none is missed, however often this is stopped. The index on the list makes a look free.
 */
@Injectable()
export class OutcomesReactor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('outcomes');
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isLooking = false;
  private stopped = false;

  constructor(
    private readonly rows: Rows,
    private readonly fanOut: FanOut,
    private readonly drafts: Drafts,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), EVERY).unref();
    this.look();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.turn;
  }

  /** One look at a time: a slow store must not pile them up. */
  private look(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.turn = this.finishAll().finally(() => (this.isLooking = false));
  }

  /** Finishes every unfinished fan-out there is now; what fails is tried again at the next look. */
  async finishAll(): Promise<void> {
    for (const id of this.unfinished()) {
      if (this.stopped) return;
      try {
        await this.fanOut.applyOutcomes(id);
        // The crash may have come before the draft was forgotten: what is recorded has no draft any more.
        await this.drafts.discard(id);
      } catch (error) {
        this.log.error(
          `meeting ${id}: outcomes are not applied yet (${error instanceof Error ? error.name : 'fault'})`,
        );
      }
    }
  }

  private unfinished(): string[] {
    try {
      return this.rows
        .all<{ id: string }>(
          'SELECT id FROM meeting WHERE recorded_at IS NOT NULL AND applied_at IS NULL ORDER BY recorded_at',
        )
        .map(({ id }) => id);
    } catch {
      // The read model is being built or swapped.
      return [];
    }
  }
}
