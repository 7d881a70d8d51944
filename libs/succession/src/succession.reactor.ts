import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { CarryOut } from './carry-out.js';

/** How often to look whether the day of an order has come, and for what was recorded late, in milliseconds. */
const EVERY = 10_000;

/** Finishes what a crash cut off, and what falls due. What it finds is the list, so it keeps no place of its own. */
@Injectable()
export class SuccessionReactor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('succession');
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly carryOut: CarryOut,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), EVERY).unref();
    void this.look();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.turn;
  }

  /** One look at a time: a slow store must not pile them up. */
  look(): Promise<void> {
    this.turn ??= this.carry()
      // The read model is being built or swapped.
      .catch((error: unknown) => this.log.error(`not carried out (${error instanceof Error ? error.name : 'fault'})`))
      .finally(() => (this.turn = undefined));
    return this.turn;
  }

  private async carry(): Promise<void> {
    const { passed, failed } = await this.carryOut.run(this.clock.now(), () => this.isStopped);
    if (passed.length > 0) this.log.log(`${passed.length} things passed to a new council`);
    if (failed.length > 0) this.log.error(`${failed.length} could not be passed on; the next look tries again`);
  }
}
