import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../../../server/src/config.js';
import { exportCouncil } from '../council-export/export-council.js';
import type { ExportManifest } from '../council-export/manifest.js';
import { print, tell, withEngine } from '../with-engine.js';
import { withSeal } from '../with-seal.js';

const CATCH_UP_MS = 600_000;

export const exportCommand = (): Command =>
  new Command('export')
    .description(
      'Write everything that is held for one council into a new folder, with names and private words in the open, and nothing of another. It is noted as a read',
    ) // prettier-ignore
    .argument('<council>', 'the code of the council, like essex; "councils list" names them all')
    .requiredOption('--out <folder>', 'a new folder; only its owner can read it')
    .option('--json', 'print the manifest')
    .action(async (council: string, { out, json }: { out: string; json?: true }) => {
      const folder = resolve(out);
      const { dataDir } = readConfig(process.env);
      if (!relative(resolve(dataDir), folder).startsWith('..'))
        throw new Error(`${folder} lies inside the data itself. Choose a folder elsewhere, best on an encrypted disk.`);
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const manifest = await withSeal(engine, ({ keeper }) => exportCouncil(engine, keeper, { council, folder }));
        if (json) print(JSON.stringify(manifest));
        else say(manifest, folder);
        // It is all that there is, and not all that there was.
        if (manifest.counts.lost > 0) process.exitCode = 2;
      });
    });

const say = ({ council, log, counts, beside }: ExportManifest, folder: string): void => {
  print(`${council.name}: ${counts.entries} of the ${log.size} entries of the log, and ${beside['people.jsonl'] ?? 0} people.`); // prettier-ignore
  print(`Words: ${counts.words} readable, ${counts.restricted} restricted, ${counts.erased} erased, ${counts.beingErased} being erased, ${counts.lost} lost. Files: ${counts.files}.`); // prettier-ignore
  tell(`Written to ${folder}, readable by you alone. It holds names and private words in the open; begin with README.md there.`); // prettier-ignore
};
