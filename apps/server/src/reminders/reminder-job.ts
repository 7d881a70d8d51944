import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Reminders } from '#clocks/reminders';
import { Engine } from '#engine/engine';
import type { Config } from '../config.js';
import { CONFIG } from '../shell/pages.js';

const HOUR = 3_600_000;
/** A server that was just started has better things to do. */
const FIRST = 60_000;
/** So many an hour: whoever begins with a record full of late promises is not answered by thousands of entries at once. */
const MOST_A_RUN = 200;

/** Runs the ladder every hour. One server or eleven: each step is recorded once. */
@Injectable()
export class ReminderJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('reminders');
  private timers: NodeJS.Timeout[] = [];
  private turn: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly engine: Engine,
    private readonly reminders: Reminders,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.reminders) return;
    this.timers = [setTimeout(() => this.start(), FIRST).unref(), setInterval(() => this.start(), HOUR).unref()];
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.turn;
  }

  /** One run at a time: a slow store must not pile them up. */
  private start(): void {
    this.turn ??= this.run()
      .catch((error: unknown) => this.log.error(`not run (${error instanceof Error ? error.name : 'fault'})`))
      .finally(() => (this.turn = undefined));
  }

  private async run(): Promise<void> {
    // A read model that is behind would only find what is reminded already; the next hour finds it current.
    if (!(await this.engine.caughtUp(await this.engine.store.head()))) return;
    const { taken, failed } = await this.reminders.run(this.engine.clock.now(), {
      most: MOST_A_RUN,
      stopped: () => this.isStopped,
    });
    if (taken.length > 0) this.log.log(`${taken.length} steps recorded`);
    if (failed.length > 0) this.log.error(`${failed.length} steps could not be recorded; the next run tries again`);
  }
}
