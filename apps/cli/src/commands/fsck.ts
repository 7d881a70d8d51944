import { Command } from 'commander';
import { join } from 'node:path';
import { openLeafSidecar } from '#event-store/eventstoredb/leaf-sidecar';
import { openSqliteLeaves } from '#event-store/sqlite/sqlite-leaves';
import { Fsck } from '#ledger/fsck';
import { openLedgerDatabase } from '#ledger/ledger-database';
import { print, progressLine, withEngine } from '../with-engine.js';

/** What an operator runs when the seal says that something is wrong. It changes nothing but, when told to, the cache. */
export const fsckCommand = (): Command =>
  new Command('fsck')
    .description('Hash every entry again, and hold hashes, nodes and signed checkpoints against it')
    .option('--rebuild', 'first make the nodes of the tree anew from the entries')
    .option('--json', 'print one JSON object')
    .action(async ({ rebuild, json }: { rebuild?: true; json?: true }) =>
      withEngine(
        async ({ store, settings }) => {
          const { dataDir, eventStoreUrl } = settings;
          const leaves = eventStoreUrl
            ? openLeafSidecar(store, join(dataDir, 'leaves.db'))
            : openSqliteLeaves(join(dataDir, 'events.db'));
          const db = openLedgerDatabase(join(dataDir, 'ledger.db'));
          const line = progressLine();
          const fsck = new Fsck(db, leaves, (entries) => line(`${entries} entries`));
          try {
            await leaves.follow();
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
          } finally {
            db.close();
            leaves.close();
          }
        },
        { follow: false },
      ),
    );
