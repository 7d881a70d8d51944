import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { Authorities } from '#authorities/authorities';
import { readCouncils } from '#authorities/councils-file';
import { loadCouncils } from '#authorities/load-councils';
import { randomId } from '#event-store/ids';
import { Orders } from '#succession/orders';
import { print, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;

export const councilsCommand = (): Command =>
  new Command('councils')
    .description('The councils there are, were and will be')
    .addCommand(listCommand())
    .addCommand(loadCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('Every council with its first and last day, and who comes after it')
    .option('--json', 'print one JSON object a line: { authority, name, gss, validFrom, validTo, after }')
    .action(async ({ json }: { json?: true }) => {
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const { rows, clock } = engine;
        const orders = new Orders(rows);
        for (const row of new Authorities(rows, clock).everyCouncil()) {
          const { code, name, gss, valid_from: validFrom, valid_to: validTo } = row;
          const after = orders.ending(code)?.to ?? [];
          if (json) print(JSON.stringify({ authority: code, name, gss, validFrom, validTo, after }));
          else print([code, name, validFrom ?? 'first day not known', validTo ?? '', after.join(', ')].join('\t'));
        }
      });
    });

const loadCommand = (): Command =>
  new Command('load')
    .description('Put councils into the record from a file, also those that are still to come')
    .argument('<file>', 'JSON or CSV: see docs/how-to/when-councils-merge-or-split.md')
    .option('--json', 'print one JSON object: { councils, added }')
    .action(async (file: string, { json }: { json?: true }) => {
      const councils = readCouncils(readFileSync(file, 'utf8'), basename(file));
      const added = await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const context = { commandId: randomId(), actor: { role: 'administrator', ref: 'command-line' }, now: engine.clock.now() }; // prettier-ignore
        return loadCouncils(engine.recorder, new Authorities(engine.rows, engine.clock), councils, context);
      });
      if (json) print(JSON.stringify({ councils: councils.length, added }));
      else print(`Councils in the file: ${councils.length}. New in the record: ${added}.`);
    });
