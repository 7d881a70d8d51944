import { Command } from 'commander';
import { everyProjection, searchProjections } from '#engine/every-projection';
import { besideOf, rebuild } from '#projections/rebuild';
import { print, progressLine, withEngine } from '../with-engine.js';

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description('Build read models anew from the log, beside the old ones, then swap them in')
    .argument('[projection]', 'one read model; left out: all of them')
    .option('--json', 'print one JSON object a line')
    .action(async (name: string | undefined, options: { json?: true }) =>
      withEngine(async ({ store, codec, rows, searchRows, opener, runner, searchRunner, settings }) => {
        const all = [
          ...everyProjection.map((projection) => ({ projection, live: rows, runner })),
          ...searchProjections.map((projection) => ({ projection, live: searchRows, runner: searchRunner })),
        ];
        const wanted = name ? all.filter(({ projection }) => projection.name === name) : all;
        if (wanted.length === 0)
          throw new Error(
            `There is no read model ${name}. Choose one of: ${all.map(({ projection }) => projection.name).join(', ')}.`,
          );
        for (const { projection, live, runner } of wanted) {
          const show = progressLine();
          const start = performance.now();
          const beside = besideOf(settings.dataDir, projection.name);
          const { events } = await rebuild({ store, codec, live, opener, runner }, projection, beside, (done) =>
            show(`${projection.name}: ${done} events`),
          );
          const seconds = (performance.now() - start) / 1000;
          const figures = {
            projection: projection.name,
            events,
            seconds: Number(seconds.toFixed(3)),
            eventsPerSecond: Math.round(events / seconds),
            // Largest resident set of this process so far; maxRSS is in KiB.
            peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
          };
          print(
            options.json ? JSON.stringify(figures) : `${projection.name}: ${events} events in ${seconds.toFixed(1)} s`,
          );
        }
      }),
    );
