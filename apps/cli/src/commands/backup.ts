import { resolve } from 'node:path';
import { Command } from 'commander';
import { writeBackup } from '#backup/write-backup';
import { readConfig } from '../../../server/src/config.js';
import { print } from '../with-engine.js';

const DAYS = 30;

export const backupCommand = (): Command =>
  new Command('backup')
    .description(
      'Copy the record and the keys, each to a folder of its own, also while the server runs, and check the copy.',
    )
    .argument('<folder>', 'where copies of the record are kept')
    .option('--vault <folder>', 'where copies of the keys are kept; left out: beside the first, with "-vault"')
    .option('--keep-vault-days <days>', 'copies of the keys that are older are deleted', String(DAYS))
    .option('--json', 'print one JSON object')
    .action(async (folder: string, given: { vault?: string; keepVaultDays: string; json?: true }) => {
      const keepVaultDays = Number(given.keepVaultDays);
      if (!Number.isInteger(keepVaultDays) || keepVaultDays < 1 || keepVaultDays > 366)
        throw new Error('--keep-vault-days: give a whole number from 1 to 366.');
      const { dataDir, keyFile, erasures, eventStoreUrl } = readConfig(process.env);
      const to = resolve(folder);
      const vaultTo = resolve(given.vault ?? `${to}-vault`);
      const start = performance.now();
      const done = await writeBackup({ dataDir, keyFile, erasures, to, vaultTo, keepVaultDays, now: new Date() });
      const seconds = Number(((performance.now() - start) / 1000).toFixed(2));
      if (given.json) return print(JSON.stringify({ ...done, seconds }));
      print(`Record: ${to}/${done.record}`);
      print(`Keys:   ${vaultTo}/${done.vault}`);
      const { checked } = done;
      if (checked)
        print(`${checked.entries} entries were hashed again; they lead to the root ${checked.root}. ${checked.keys.here} keys and ${checked.words.here} sealed texts were held against them. ${seconds} s.`); // prettier-ignore
      else if (eventStoreUrl !== '')
        print('The log itself lies in EventStoreDB: it is not in here. Back it up with its own tools, before this.');
      for (const name of done.deleted) print(`Deleted, because its time is over: ${vaultTo}/${name}`);
    });
