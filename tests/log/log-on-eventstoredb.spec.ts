import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '#engine/engine';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb-double/double';
import { ownSigner } from '#ledger/testing/own-signer';
import { readConfig } from '../../apps/server/src/config.js';
import { openLog } from '../../apps/server/src/log/open-log.js';

/** The product as it is put together, on the true client against the protocol double. */
it('a log on EventStoreDB is sealed, waits for its server, and is the same for two servers with one signer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-esdb-'));
  const double = await EventStoreDbDouble.start();
  const signer = await ownSigner(join(folder, 'signer'), 'example.org/log');
  const open = async (name: string) => {
    const config = readConfig({ DATA_DIR: join(folder, name), EVENT_STORE_URL: double.url, LOG_LEVEL: 'silent' });
    const engine = Engine.open(config);
    engine.start();
    await engine.whenSeeded();
    return { engine, ...(await openLog(engine, config, { ...signer, close: async () => undefined })) };
  };
  const one = await open('one');
  expect(await one.keeper.cutNow(10_000)).toBe(true);
  expect(one.keeper.published?.size).toBe(13);
  const other = await open('other');
  expect(await other.keeper.cutNow(10_000)).toBe(true);
  expect(other.keeper.published?.note).toBe(one.keeper.published?.note);

  double.goAway();
  expect(await one.keeper.cutNow(100)).toBe(false);
  await double.comeBack();
  let isSealed = false;
  for (let tries = 0; !isSealed && tries < 20; tries += 1) isSealed = await one.keeper.cutNow(2_000);
  expect(isSealed).toBe(true);
  for (const { keeper, engine } of [one, other]) {
    await keeper.stop();
    await engine.close();
    keeper.close();
  }
  signer.memory.close();
  double.goAway();
  rmSync(folder, { recursive: true });
}, 60_000);
