import { Command } from 'commander';
import { runSigner } from '#ledger/run-signer';
import { Signer } from '#ledger/signer';
import { SignerMemory } from '#ledger/signer-memory';
import { readConfig } from '../../../server/src/config.js';
import { print, tell } from '../with-engine.js';

/** For a signer on a machine of its own. On a single machine the server runs it by itself. */
export const signerCommand = (): Command =>
  new Command('signer')
    .description('Run the signer of the log by itself: under another user, or on another machine')
    .option('--port <port>', 'where it answers on 127.0.0.1', '3900')
    .action(async ({ port }: { port: string }) => {
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error('--port: give a number from 0 to 65535.');
      const { log } = readConfig(process.env);
      const { url } = await runSigner({ folder: log.signerDir, origin: log.originIfNew, port: Number(port) });
      tell(`Its memory and its token lie in ${log.signerDir}. Keep that folder out of every backup of the data.`);
      print(`The signer is at ${url}`);
    })
    .addCommand(
      new Command('new-origin')
        .description(
          'Close the log for good and open the next one, when what was signed is lost and cannot be put back',
        )
        .option('--yes', 'do not only say what would happen')
        .option('--json', 'print { closed, opened, note }')
        .action(async ({ yes, json }: { yes?: true; json?: true }) => {
          const { log } = readConfig(process.env);
          if (!yes)
            throw new Error(
              'This closes the log for ever: nothing more is signed under its name, and everyone who relies on it must be told. First try to put back what is missing. If it is lost for good, add --yes.',
            );
          const memory = new SignerMemory(log.signerDir);
          try {
            const { closed, opened, note } = await Signer.openNext(memory, new Date().toISOString());
            if (json) return print(JSON.stringify({ closed, opened, note: note ?? null }));
            print(`${closed} is closed. The next checkpoint is signed as ${opened}.`);
            if (note) print(`\nThe last checkpoint of the closed log:\n\n${note.trimEnd()}`);
            tell('Start Throughline again. Publish its new key (GET /log/key) where the old one was published.');
          } finally {
            memory.close();
          }
        }),
    );
