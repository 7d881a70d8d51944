import { Command } from 'commander';
import { rotateMaster } from '#vault/rotate';
import { readConfig } from '../../../server/src/config.js';
import { print, tell, withEngine } from '../with-engine.js';

export const keysCommand = (): Command =>
  new Command('keys').description('The master key, which is over all other keys').addCommand(
    new Command('rotate')
      .description('Make a new master key, wrap everything anew under it, and destroy the old one; the server may run')
      .option('--yes', 'older copies of the vault cannot be opened any more: say that you mean it')
      .option('--json', 'print { epoch, rewrapped }')
      .action(async ({ yes, json }: { yes?: true; json?: true }) => {
        if (!yes) throw new Error('Older backups of the keys cannot be opened afterwards. Add --yes if you mean it.');
        const { keyFile } = readConfig(process.env);
        await withEngine(
          async ({ vault }) => {
            const done = rotateMaster(vault.database, keyFile);
            print(json ? JSON.stringify(done) : `Epoch ${done.epoch}. ${done.rewrapped} keys and records were wrapped anew; the old master key is destroyed.`); // prettier-ignore
            tell('Take a backup now, and put a copy of the new master key where the old one was kept.');
          },
          { follow: false },
        );
      }),
  );
