import { Command } from 'commander';
import { onRecord } from '../record/on-record.js';
import { print } from '../with-engine.js';

/** What an operator runs when the seal says that something is wrong: table by table. It changes nothing but, when told to, the cache. */
export const fsckCommand = (): Command =>
  new Command('fsck')
    .description('Hash every entry again, and hold hashes, nodes and signed checkpoints against it, table by table')
    .option('--rebuild', 'first make the nodes of the tree anew from the entries')
    .option('--json', 'print one JSON object')
    .action(async ({ rebuild, json }: { rebuild?: true; json?: true }) =>
      onRecord(async ({ fsck }) => {
        if (rebuild) await fsck.rebuild();
        const report = await fsck.run();
        const isSound = report.findings.length === 0;
        if (json) print(JSON.stringify({ sound: isSound, ...report }));
        else {
          for (const { table, what } of report.findings) print(`${table}: ${what}`);
          print(
            `${report.entries} entries. The signed checkpoint of ${report.sealedAndSound} is the largest that they lead to.`,
          );
        }
        if (!isSound) throw new Error('Something is wrong. See what is said above, and put back what was there.');
        if (!json) print('Nothing is wrong.');
      }),
    );
