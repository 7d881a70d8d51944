import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config.js';
import { CONFIG, Pages } from './pages.js';
import { Views } from './views.js';

/** What stands around every page. */
@Module({})
export class ShellModule {
  static with(config: Config): DynamicModule {
    const providers = [{ provide: CONFIG, useValue: config }, Views, Pages];
    return { module: ShellModule, global: true, providers, exports: providers };
  }
}
