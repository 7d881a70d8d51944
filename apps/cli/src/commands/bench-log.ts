import { Command } from 'commander';
import { machine, onFreshFolder } from '../bench/folder.js';
import { benchLog } from '../bench/log.js';
import { print, progressLine, tell } from '../with-engine.js';

const SMALL = 100_000;

/** Figures are printed with their day and machine, for the page that quotes them. Ratios are of one run, side by side. */
export const benchLogCommand = (): Command =>
  new Command('bench-log')
    .description('Measure this machine: judging a bundle, appending with hashing, proofs, restart, memory')
    .option('--events <count>', 'how large the log grows', '1000000')
    .option('--rounds <count>', 'how often each bundle is judged', '3')
    .action(async ({ events, rounds }: { events: string; rounds: string }) => {
      tell(machine());
      const large = Number(events);
      await onFreshFolder((folder) =>
        benchLog(
          folder,
          { small: Math.min(SMALL, Math.round(large / 10)), large, rounds: Number(rounds) },
          progressLine(),
          (name, values) => print(JSON.stringify({ figure: name, machine: machine(), ...values })),
        ),
      );
    });
