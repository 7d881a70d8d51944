import { Command } from 'commander';
import { AuthoritySettings } from '#authorities/settings';
import { type DueStep, Reminders } from '#clocks/reminders';
import { isDay } from '#kernel/time';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly asOf?: string;
  readonly dryRun?: boolean;
  readonly json?: true;
}

const CATCH_UP_MS = 600_000;

export const remindCommand = (): Command =>
  new Command('remind')
    .description('Record every reminder that is due: of late promises and late answers, each once')
    .option('--as-of <day>', 'what is due on that day, like 2026-11-23; a day to come needs --dry-run')
    .option('--dry-run', 'say what would be recorded, and record nothing')
    .option('--json', 'print one JSON object a line: { kind, id, authority, step, due, toRole }')
    .action(async ({ asOf, dryRun = false, json }: Options) => {
      if (asOf !== undefined && !isDay(asOf)) throw new Error(`${asOf} is not a day like 2026-11-23.`);
      await withEngine(async (engine) => {
        const now = engine.clock.now();
        if (asOf !== undefined && asOf > now.today && !dryRun)
          throw new Error(`${asOf} is still to come. Nobody is reminded early: add --dry-run to see what will be due.`);
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const reminders = new Reminders(engine.recorder, engine.rows, new AuthoritySettings(engine.rows));
        const { taken, failed } = await reminders.run({ ...now, today: asOf ?? now.today }, { dryRun });
        for (const step of taken) print(json ? JSON.stringify(step) : lineOf(step));
        if (taken.length === 0 && !json) tell('No reminder is due.');
        for (const { step, why } of failed) tell(`not recorded (${why}): ${lineOf(step)}`);
        if (failed.length > 0) process.exitCode = 1;
      });
    });

const lineOf = ({ kind, id, authority, step, due, toRole }: DueStep): string =>
  [step === 4 ? 'reasons asked for' : `reminder ${step}`, kind, id, authority, `due ${due}`, `to ${toRole}`].join('\t');
