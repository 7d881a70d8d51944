import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Engine } from '#engine/engine';
import { LogKeeper } from '#ledger/log-keeper';
import { PublishedLog } from '#ledger/published-log';
import { LogApi, OPEN_LOG } from './log.api.js';
import type { OpenLog } from './open-log.js';
import { WitnessApi } from './witness.api.js';

/** Begins when the record has its first entries; ends before the record is closed. */
@Injectable()
class LogLifetime implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly engine: Engine,
    @Inject(OPEN_LOG) private readonly log: OpenLog,
  ) {}

  onApplicationBootstrap(): void {
    void this.engine.whenSeeded().then(() => this.log.keeper.start());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.log.keeper.stop();
  }

  onApplicationShutdown(): void {
    this.log.keeper.close();
    this.log.witness?.close();
  }
}

/** The transparency log in public, and the witness that watches the logs of others. */
@Module({})
export class LogModule {
  static of(log: OpenLog): DynamicModule {
    const providers = [
      { provide: OPEN_LOG, useValue: log },
      { provide: LogKeeper, useValue: log.keeper },
      { provide: PublishedLog, useValue: new PublishedLog(log.keeper) },
    ];
    return {
      module: LogModule,
      global: true,
      controllers: [LogApi, WitnessApi],
      providers: [...providers, LogLifetime],
      exports: providers,
    };
  }
}
