import { Command } from 'commander';
import { readConfig } from '../../../server/src/config.js';
import { openLog, signerOf } from '../../../server/src/log/open-log.js';
import { print, withEngine } from '../with-engine.js';

/** Longer than a page would wait: here somebody is asking for just this. */
const PATIENCE_MS = 60_000;

export const checkpointCommand = (): Command =>
  new Command('checkpoint')
    .description('Seal what is recorded now, and print the signed checkpoint; also beside a running server')
    .action(async () =>
      withEngine(
        async (engine) => {
          const config = readConfig(process.env);
          const { keeper, witness } = await openLog(engine, { ...config, logLevel: 'silent' }, signerOf(config));
          try {
            const isSealed = await keeper.cutNow(PATIENCE_MS);
            const note = keeper.published?.note;
            if (!isSealed || note === undefined)
              throw new Error(keeper.state().problem?.message ?? 'There is nothing to seal yet.');
            print(note.trimEnd());
          } finally {
            await keeper.stop();
            keeper.close();
            witness?.close();
          }
        },
        { follow: false },
      ),
    );
