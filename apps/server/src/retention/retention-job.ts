import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Engine } from '#engine/engine';
import { Retention } from '#retention/retention';

const DAY = 86_400_000;
/** A server that was just started has better things to do. */
const FIRST = 90_000;

/** What was kept long enough is deleted every day, by the server itself. */
@Injectable()
export class RetentionJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('retention');
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly engine: Engine) {}

  onApplicationBootstrap(): void {
    this.timers = [setTimeout(() => void this.run(), FIRST).unref(), setInterval(() => void this.run(), DAY).unref()];
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async run(): Promise<void> {
    try {
      // A read model that is behind knows of fewer things that are over, and of fewer holds.
      const { vault, rows, clock, store } = this.engine;
      if (!(await this.engine.caughtUp(await store.head()))) return;
      const deleted = await new Retention(vault, rows).run(clock.now());
      const said = Object.entries(deleted).filter(([, count]) => count > 0);
      if (said.length > 0) this.log.log(`deleted: ${said.map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
    } catch (error) {
      this.log.error(`not run (${error instanceof Error ? error.name : 'fault'})`);
    }
  }
}
