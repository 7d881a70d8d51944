import { Command } from 'commander';
import { Engine } from '#engine/engine';
import { ExampleLoader } from '#example/load-example';
import { readConfig } from '../../../server/src/config.js';
import { createApp } from '../../../server/src/configure-app.js';
import { print } from '../with-engine.js';

export const exampleCommand = (): Command =>
  new Command('example').description('Load the worked example into an empty record').action(async () => {
    const config = readConfig(process.env);
    const engine = Engine.open(config);
    engine.start();
    // The example is told with the commands that people use, so it needs the whole product, without its doors.
    const app = await createApp(engine, { ...config, logLevel: 'silent' });
    try {
      await engine.whenSeeded();
      await engine.caughtUp(await app.get(ExampleLoader, { strict: false }).load());
      print('The worked example is loaded. It is marked as an example on every page.');
    } finally {
      await app.close();
    }
  });
