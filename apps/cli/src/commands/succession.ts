import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { Authorities } from '#authorities/authorities';
import type { Engine } from '#engine/engine';
import { canonicalJson } from '#event-store/canonical-json';
import { randomId, uuid5 } from '#event-store/ids';
import type { CommandContext } from '#event-store/recorder';
import { CarryOut } from '#succession/carry-out';
import { readOrder } from '#succession/order-file';
import { Ordering } from '#succession/ordering';
import { Orders } from '#succession/orders';
import { withoutOneOwner } from '#succession/one-owner';
import type { PlanLine } from '#succession/plan';
import { readable } from '#vault/readable';
import { print, tell, withEngine } from '../with-engine.js';

const CATCH_UP_MS = 600_000;
/** One file is one order, however often it is given. */
const FILES = '2a1f5e0c-93d7-5b64-8c1e-4f7a9d3b6e58';
/** What is recorded while an order is carried out is found by the next pass; more are not needed in life. */
const MOST_PASSES = 10;

export const successionCommand = (): Command =>
  new Command('succession')
    .description('Councils that merge or split: who has what from which day on')
    .addCommand(orderCommand())
    .addCommand(listCommand())
    .addCommand(callOffCommand())
    .addCommand(carryOutCommand())
    .addCommand(checkCommand());

const orderCommand = (): Command =>
  new Command('order')
    .description('Order that councils come after others, from a file. On its day everything open passes on by itself')
    .argument('<file>', 'JSON: see docs/how-to/when-councils-merge-or-split.md')
    .option('--dry-run', 'say what is open now and who will have it; record nothing')
    .option('--json', 'print one JSON object a line: of a dry run { kind, id, label, from, to, because }')
    .action(async (file: string, { dryRun, json }: { dryRun?: true; json?: true }) => {
      const order = readOrder(readFileSync(file, 'utf8'), basename(file));
      await withEngine(async (engine) => {
        const ordering = await orderingOf(engine);
        if (dryRun) return printPlan(await ordering.dryRun(order), engine, json);
        const acted = await ordering.order(context(engine, uuid5(FILES, canonicalJson(order))), order);
        await engine.caughtUp(acted.position, CATCH_UP_MS);
        const isNew = acted.eventIds.length > 0 && !acted.repeated;
        const passed = await carryOut(engine);
        if (json) print(JSON.stringify({ ordered: isNew, passed }));
        else print(`${isNew ? 'Ordered' : 'This was ordered before'}: ${order.from.join(', ')} to ${order.to.map(({ authority }) => authority).join(', ')} on ${order.on}. Passed on now: ${passed}.`); // prettier-ignore
      });
    });

const listCommand = (): Command =>
  new Command('list')
    .description('Every order, and how much has passed by it')
    .option('--json', 'print one JSON object a line: { id, from, to, on, calledOff, passed }')
    .action(async ({ json }: { json?: true }) => {
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const orders = new Orders(engine.rows);
        for (const { id, from, to, on, calledOffAt } of orders.all()) {
          const passed = from.flatMap((code) => orders.passed(id, code)).reduce((sum, { count }) => sum + count, 0);
          const calledOff = calledOffAt !== null;
          if (json) print(JSON.stringify({ id, from, to, on, calledOff, passed }));
          else print([id, from.join(', '), to.join(', '), on, calledOff ? 'called off' : `${passed} passed on`].join('\t')); // prettier-ignore
        }
      });
    });

const callOffCommand = (): Command =>
  new Command('call-off')
    .description('Call an order off before its day')
    .argument('<order>', 'its id, from `succession list`')
    .requiredOption('--reason <words>', 'why; kept sealed in the record')
    .action(async (id: string, { reason }: { reason: string }) => {
      await withEngine(async (engine) => {
        const { position } = await (await orderingOf(engine)).callOff(context(engine), id, reason);
        print(position === null ? 'It was called off before. Nothing was recorded.' : 'Called off.');
      });
    });

const carryOutCommand = (): Command =>
  new Command('carry-out')
    .description('Pass on what is open in councils that ended; a server does so by itself')
    .action(async () => {
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        print(`Passed on: ${await carryOut(engine)}.`);
      });
    });

const checkCommand = (): Command =>
  new Command('check')
    .description('Whether every open promise has exactly one council; exit code 1: some have not')
    .action(async () => {
      await withEngine(async (engine) => {
        await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
        const { open, without } = withoutOneOwner(engine.rows, engine.clock.now().today);
        for (const { id, authority } of without) print(`${id}\t${authority}\tnot a council of today`);
        print(`Open promises: ${open}. Without exactly one council: ${without.length}.`);
        if (without.length > 0) process.exitCode = 1;
      });
    });

const orderingOf = async (engine: Engine): Promise<Ordering> => {
  await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
  const { recorder, rows, clock } = engine;
  return new Ordering(recorder, rows, new Authorities(rows, clock));
};

const context = ({ clock }: Engine, commandId = randomId()): CommandContext => ({
  commandId,
  actor: { role: 'administrator', ref: 'command-line' },
  now: clock.now(),
});

const carryOut = async (engine: Engine): Promise<number> => {
  const carrying = new CarryOut(engine.recorder, engine.rows);
  let all = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { passed, failed } = await carrying.run(engine.clock.now());
    await engine.caughtUp(await engine.store.head(), CATCH_UP_MS);
    all += passed.length;
    for (const { kind, id, why } of failed) tell(`not passed on (${why}): ${kind} ${id}`);
    if (failed.length > 0) process.exitCode = 1;
    if (passed.length === 0) break;
  }
  return all;
};

const printPlan = (lines: Iterable<PlanLine>, { vault }: Engine, json: true | undefined): void => {
  const open = readable(vault);
  const counts = new Map<string, number>();
  for (const { words, ...line } of lines) {
    const { kind, id, label, from, to, because } = line;
    counts.set(`${kind} to ${to}`, (counts.get(`${kind} to ${to}`) ?? 0) + 1);
    if (json) print(JSON.stringify(line));
    else print([kind, label ?? id, from, to, because, words === null ? '' : brief(open(words))].join('\t'));
  }
  if (json) return;
  for (const [what, count] of counts) print(`${what}: ${count}`);
  print('Nothing was recorded: this was a dry run.');
};

const brief = (text: string | null): string => (text ?? 'not readable').replace(/\s+/g, ' ').trim().slice(0, 100);
