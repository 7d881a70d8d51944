import { Command } from 'commander';
import { print, withEngine } from '../with-engine.js';
import { withSeal } from '../with-seal.js';

export const checkpointCommand = (): Command =>
  new Command('checkpoint')
    .description('Seal what is recorded now, and print the signed checkpoint; also beside a running server')
    .action(async () =>
      withEngine((engine) => withSeal(engine, ({ keeper }) => print(keeper.published?.note.trimEnd() ?? '')), {
        follow: false,
      }),
    );
