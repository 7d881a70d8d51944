import { Command } from 'commander';
import { authority as authorityOf } from '#authorities/authority';
import { changeSetting, type Setting, SETTINGS } from '#authorities/setting-rules';
import { AuthoritySettings } from '#authorities/settings';
import type { Engine } from '#engine/engine';
import { randomId } from '#event-store/ids';
import { print, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;
const isSetting = (text: string): text is Setting => SETTINGS.some((each) => each === text);

export const clocksCommand = (): Command =>
  new Command('clocks')
    .description('The clocks of a council: days for an answer, days until reminders, months for an answer to scrutiny')
    .addCommand(listCommand())
    .addCommand(setCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('What is in force now, and every change with its day and role')
    .requiredOption('--authority <code>', 'the council, like essex')
    .option('--json', 'print one JSON object: { authority, inForce, changes }')
    .action(async ({ authority, json }: { authority: string; json?: true }) => {
      await withEngine(async (engine) => {
        const settings = await settingsOf(engine, authority);
        const inForce = settings.inForce(authority);
        const changes = settings.history(authority).map(({ reason: _sealed, ...change }) => change);
        if (json) return print(JSON.stringify({ authority, inForce, changes }));
        for (const setting of SETTINGS) print(`${setting}\t${inForce[setting].join(',')}`);
        for (const { setting, value, old, changedAt, role } of changes)
          print(`${changedAt.slice(0, 10)}\t${role}\t${setting}\t${old.join(',')} -> ${value.join(',')}`);
      });
    });

const setCommand = (): Command =>
  new Command('set')
    .description('Set one of them anew. A clock that runs keeps what was in force when it started')
    .argument('<setting>', SETTINGS.join(', '))
    .argument('<numbers>', 'one number, or four with commas for reminder-days: 1,10,20,30')
    .requiredOption('--authority <code>', 'the council, like essex')
    .requiredOption('--reason <words>', 'why; kept sealed in the record')
    .action(async (setting: string, numbers: string, { authority, reason }: { authority: string; reason: string }) => {
      if (!isSetting(setting)) throw new Error(`${setting} is not one of ${SETTINGS.join(', ')}.`);
      await withEngine(async (engine) => {
        const id = (await settingsOf(engine, authority)).streamOf(authority) ?? '';
        const context = {
          commandId: randomId(),
          actor: { role: 'administrator', ref: 'command-line' },
          now: engine.clock.now(),
        };
        const given = { setting, value: numbers.split(',').map(Number), reason };
        await engine.recorder.act(authorityOf, id, context, (state) => changeSetting(state, id, given));
        print(`${setting} of ${authority} is ${numbers} from now on.`);
      });
    });

const settingsOf = async (engine: Engine, authority: string): Promise<AuthoritySettings> => {
  await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
  const settings = new AuthoritySettings(engine.rows);
  if (settings.streamOf(authority) === undefined) throw new Error(`There is no council with the code ${authority}.`);
  return settings;
};
