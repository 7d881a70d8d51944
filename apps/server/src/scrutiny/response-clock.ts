import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Engine } from '#engine/engine';
import { uuid5 } from '#event-store/ids';
import type { Clock } from '#kernel/aggregate';
import { CLOCK } from '#projections/tokens';
import { NoteSilence } from '#scrutiny/audit.commands';
import { ListSilent } from '#scrutiny/recommendations.queries';

const HOUR = 3_600_000;
const SILENCE = '4f2b9a37-5d0c-5b1e-9c55-1b7a6d3e8f20';

/**
 * Silence is an event: once a day has gone by on which a response was wanted, that it did not come is written down. The
 * command follows from the recommendation alone, so that asking again, or two servers asking at once, record it once.
 */
@Injectable()
export class ResponseClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('ResponseClock');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly engine: Engine,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), HOUR);
    this.timer.unref();
    void this.engine.whenSeeded().then(() => this.look());
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Asked every hour, so that a server that slept through midnight does not miss a day. @returns how many it wrote down */
  async look(): Promise<number> {
    try {
      const now = this.clock.now();
      const silent = await this.queries.execute(new ListSilent(now.today));
      for (const { id, audit } of silent) {
        const commandId = uuid5(SILENCE, id);
        const actor = { role: 'administrator', ref: 'response-clock' };
        await this.commands.execute(new NoteSilence({ commandId, actor, now }, audit, id));
      }
      return silent.length;
    } catch (error) {
      // The next hour asks again; a list shows what is overdue meanwhile, because that follows from the day alone.
      this.log.warn(`Overdue responses could not be written down: ${error instanceof Error ? error.message : 'unknown'}`); // prettier-ignore
      return 0;
    }
  }
}
