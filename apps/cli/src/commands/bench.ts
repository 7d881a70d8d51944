import { Command } from 'commander';
import { benchChain } from '../bench/chain.js';
import { machine } from '../bench/folder.js';
import { benchWriters } from '../bench/writers.js';
import { print, progressLine, tell } from '../with-engine.js';

/** Figures are printed with their day and machine, for the page that quotes them. Ratios are of one run, side by side. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('Measure this machine: durable writes, and the chain of one view as the log grows')
    .option('--events <count>', 'how large the log grows', '1000000')
    .option('--commands <count>', 'how many commands the writers send', '20000')
    .action(async (options: { events: string; commands: string }) => {
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
      const [small, large] = await benchChain([10_000, Number(options.events)], show);
      if (!small || !large) throw new Error('nothing was measured');
      figure('chain.p99', { machine: machine(), small, large, ratio: Number((large.p99 / small.p99).toFixed(2)) });
    });
