import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Authorities } from '#authorities/authorities';
import { AuthoritySettings } from '#authorities/settings';
import { Codec } from '#event-store/codec';
import { Pledges } from '#pledge/pledges';
import { Recorder } from '#event-store/recorder';
import { Rows } from '#projections/rows';
import { CLOCK, EVENT_STORE, SEARCH_ROWS } from '#projections/tokens';
import { Vault } from '#vault/vault';
import { Engine } from './engine.js';

/** The engine ends with the application: appends under way are finished, then the files are closed. */
@Injectable()
class EngineLifetime implements OnApplicationShutdown {
  constructor(private readonly engine: Engine) {}
  onApplicationShutdown(): Promise<void> {
    return this.engine.close();
  }
}

/** Hands the opened engine to every slice. */
@Module({})
export class EngineModule {
  static of(engine: Engine): DynamicModule {
    const providers = [
      { provide: Engine, useValue: engine },
      { provide: Recorder, useValue: engine.recorder },
      { provide: Codec, useValue: engine.codec },
      { provide: Vault, useValue: engine.vault },
      { provide: Rows, useValue: engine.rows },
      { provide: SEARCH_ROWS, useValue: engine.searchRows },
      { provide: EVENT_STORE, useValue: engine.store },
      { provide: CLOCK, useValue: engine.clock },
      Authorities,
      AuthoritySettings,
      Pledges,
    ];
    return { module: EngineModule, global: true, providers: [...providers, EngineLifetime], exports: providers };
  }
}
