import { Command } from 'commander';
import { PERIODS } from '#retention/periods';
import { Retention } from '#retention/retention';
import { print, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;

export const retentionCommand = (): Command =>
  new Command('retention')
    .description(
      'Delete what was kept long enough: names, cards, letters, notes, digests. The server does it every day',
    )
    .option('--dry-run', 'say what would be deleted, and delete nothing')
    .option('--json', 'print one JSON object: how many of each kind')
    .action(async ({ dryRun, json }: { dryRun?: true; json?: true }) =>
      withEngine(async (engine) => {
        const { vault, rows, clock, store } = engine;
        if (!(await engine.caughtUp(await store.head(), CATCH_UP_MS))) throw new Error('The read models are behind. Try again.'); // prettier-ignore
        const retention = new Retention(vault, rows);
        const counts = dryRun ? retention.overdue(clock.now()) : await retention.run(clock.now());
        if (json) return print(JSON.stringify(counts));
        for (const { kind, title, months } of PERIODS) print(`${title} (kept ${months} months): ${counts[kind]}`);
      }),
    );
