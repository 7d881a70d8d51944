import { Command } from 'commander';
import { benchChain } from '../bench/chain.js';
import { benchImport } from '../bench/children.js';
import { machine, onFreshFolder } from '../bench/folder.js';
import { benchWriters } from '../bench/writers.js';
import { print, progressLine, tell } from '../with-engine.js';

/** Figures are printed with their day and machine, for the page that quotes them. Ratios are of one run, side by side. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('Measure this machine: durable writes, and the chain of one view as the log grows')
    .option('--events <count>', 'how large the log grows', '1000000')
    .option('--commands <count>', 'how many commands the writers send', '20000')
    .option('--import <file>', 'a file of petitions to import; left out: the import is not measured')
    .option('--mapping <name>', 'its mapping', 'uk-petitions')
    .action(async (options: { events: string; commands: string; import?: string; mapping: string }) => {
      const show = progressLine();
      const figure = (name: string, values: object): void => print(JSON.stringify({ figure: name, ...values }));
      tell(machine());
      const commands = Number(options.commands);
      // One writer flushes for every command: the peer is the same code on the same disk in the same minute.
      const one = await benchWriters(1, Math.max(200, Math.round(commands / 20)));
      const many = await benchWriters(64, commands);
      figure('chain.writers', {
        machine: machine(), one, many, ratio: Number((many.eventsPerSecond / one.eventsPerSecond).toFixed(1)),
      }); // prettier-ignore
      const { import: file, mapping } = options;
      if (file) {
        const [first, again] = await onFreshFolder(async (dataDir) => [
          await benchImport(dataDir, file, mapping),
          await benchImport(dataDir, file, mapping),
        ]);
        figure('chain.import', { machine: machine(), first, again });
      } else tell('The import is not measured: no --import was given.');
      const { small, large } = await benchChain({ small: 10_000, large: Number(options.events) }, show, figure);
      figure('chain.p99', {
        machine: machine(),
        small: small.p99,
        large: large.p99,
        ratio: Number((large.p99 / small.p99).toFixed(2)),
      });
    });
