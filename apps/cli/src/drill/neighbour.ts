import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { readConfig } from '../../../server/src/config.js';
import { createApp } from '../../../server/src/configure-app.js';

/**
 * The server of another council, on loopback, which watches the log of `vkey` as its witness: the product itself, as
 * it runs anywhere. `work` gets the policy that names it as the only witness.
 */
export const withNeighbour = async <T>(
  folder: string,
  vkey: string,
  work: (policy: string) => Promise<T>,
): Promise<T> => {
  mkdirSync(folder);
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const config = readConfig({
    DATA_DIR: join(folder, 'data'),
    WITNESS_POLICY: write('watched.policy', `log ${vkey}\nquorum none\n`),
    LOG_LEVEL: 'silent',
  });
  const engine = Engine.open(config);
  engine.start();
  const app = await createApp(engine, config);
  try {
    await app.listen(0, '127.0.0.1');
    await engine.whenSeeded();
    const url = `${await app.getUrl()}/witness`;
    const key = (await (await fetch(`${url}/key`)).text()).trim();
    return await work(write('asked.policy', `witness neighbour ${key} ${url}\nquorum neighbour\n`));
  } finally {
    await app.close();
  }
};
