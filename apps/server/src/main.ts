import 'reflect-metadata';
import { Engine } from '#engine/engine';
import { readConfig } from './config.js';
import { createApp } from './configure-app.js';

try {
  const config = readConfig(process.env);
  const engine = Engine.open(config);
  engine.start();
  const app = await createApp(engine, config);
  await app.listen(config.port, config.host);
  console.log(`Throughline is at ${await app.getUrl()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
