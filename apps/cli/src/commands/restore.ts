import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { type Restored, restoreBackup } from '#backup/restore-backup';
import { Engine } from '#engine/engine';
import { type Config, readConfig } from '../../../server/src/config.js';
import { print, tell } from '../with-engine.js';

interface Given {
  readonly vault?: string;
  readonly record?: string;
  readonly replace?: true;
  readonly acceptLoss?: true;
  readonly drill?: true;
  readonly json?: true;
}

/** The longest that read models may take to be built anew. */
const PATIENCE_MS = 3_600_000;
/** Events in one go: nobody is served yet, so nobody waits for a shorter one. */
const BATCH = 5_000;

export const restoreCommand = (): Command =>
  new Command('restore')
    .description(
      'Put a backup back, check it, erase again whoever was erased since, and build what pages read from. The server must be stopped.',
    ) // prettier-ignore
    .argument('<folder>', 'where copies of the record are kept')
    .option('--vault <folder>', 'where copies of the keys are kept; left out: beside the first, with "-vault"')
    .option('--record <name>', 'an older copy of the record; left out: the newest')
    .option('--replace', 'there is data: put it aside, and the backup in its place')
    .option('--accept-loss', 'no copy of the vault has all keys any more: go on, and show those words as lost')
    .option('--drill', 'only try it: beside the data, and take it away again; the server may run')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, given: Given) => {
      const config = readConfig(process.env);
      const from = resolve(folder);
      const start = performance.now();
      const scratch = given.drill && mkdtempSync(`${config.dataDir}-drill-`);
      const places = scratch
        ? { ...config, dataDir: join(scratch, 'data'), erasures: join(scratch, 'erasures') }
        : config;
      try {
        const restored = await restoreBackup({
          ...places,
          from,
          vaultFrom: resolve(given.vault ?? `${from}-vault`),
          ...(given.record && { record: given.record }),
          replace: given.replace === true,
          acceptLoss: given.acceptLoss === true,
          now: new Date(),
        });
        if (restored.checked) await serveOnce(places, restored.checked.entries);
        const took = timeSince(start);
        if (given.json) print(JSON.stringify({ drill: given.drill === true, ...took, ...restored }));
        else say(restored, took, given.drill === true);
      } finally {
        if (scratch) rmSync(scratch, { recursive: true, force: true });
      }
    });

interface Took {
  readonly seconds: number;
  /** Of the processor: what it takes on a machine that does nothing else. */
  readonly processorSeconds: number;
}

const timeSince = (start: number): Took => {
  const { user, system } = process.cpuUsage();
  const rounded = (seconds: number): number => Number(seconds.toFixed(2));
  return { seconds: rounded((performance.now() - start) / 1000), processorSeconds: rounded((user + system) / 1e6) };
};

/** Until the first page could be answered: erasures are finished, and every read model is where the log is. */
const serveOnce = async (config: Pick<Config, 'dataDir' | 'keyFile' | 'erasures'>, entries: number): Promise<void> => {
  const engine = Engine.open(config);
  try {
    engine.start(BATCH);
    await engine.whenSeeded();
    if (!(await engine.caughtUp(String(entries), PATIENCE_MS))) throw new Error('The read models did not catch up. Start the server: it goes on where they are.'); // prettier-ignore
  } finally {
    await engine.close();
  }
};

const say = (
  { takenAt, rpoSeconds, checked, erasedAgain, aside }: Restored,
  { seconds, processorSeconds }: Took,
  isDrill: boolean,
): void => {
  print(
    `Recovery point (RPO): ${takenAt}, ${Math.round(rpoSeconds)} s ago. Whatever was recorded since then is not in it.`,
  );
  if (checked) {
    const { entries, root, sealedUpTo, keys, words } = checked;
    print(`${entries} entries lead to the root ${root}; sealed up to entry ${sealedUpTo}.`);
    print(`Keys: ${keys.here} here, ${keys.erased} erased, ${keys.missing} missing. Words: ${words.here} here, ${words.erased} erased, ${words.missing} missing.`); // prettier-ignore
  } else print('The log lies in EventStoreDB. Put it back there, start the server, and run "verify".');
  print(`Erased again, because this copy did not know it: ${erasedAgain}.`);
  const time = `${seconds} s (${processorSeconds} s of the processor)`;
  print(`Recovery time (RTO): ${time} from nothing to ready. ${isDrill ? 'It was a drill: nothing was changed.' : 'Start the server.'}`); // prettier-ignore
  if (aside) tell(`What was here before lies in ${aside}, with its keys. Destroy it when you are sure.`);
};
