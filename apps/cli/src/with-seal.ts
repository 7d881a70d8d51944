import type { Engine } from '#engine/engine';
import { readConfig } from '../../server/src/config.js';
import { type OpenLog, openLog, signerOf } from '../../server/src/log/open-log.js';

/** Longer than a page would wait: here somebody is asking for just this. */
const PATIENCE_MS = 60_000;

/** Seals what is recorded now, then works with the sealed log. @throws Error that says why it could not be sealed. */
export const withSeal = async <T>(
  engine: Engine,
  work: (log: OpenLog, baseUrl: string) => T | Promise<T>,
): Promise<T> => {
  const config = readConfig(process.env);
  const log = await openLog(engine, { ...config, logLevel: 'silent' }, signerOf(config));
  const { keeper, witness } = log;
  try {
    const isSealed = await keeper.cutNow(PATIENCE_MS);
    if (!isSealed || keeper.published === undefined)
      throw new Error(keeper.state().problem?.message ?? 'There is nothing to seal yet.');
    return await work(log, config.baseUrl);
  } finally {
    await keeper.stop();
    keeper.close();
    witness?.close();
  }
};
