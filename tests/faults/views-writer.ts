import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { contribution, giveContribution } from '#contributions/contribution';
import { Engine } from '#engine/engine';
import { nowAt } from '#kernel/time';

/** Gives views at a steady rate until it is killed: `views-writer.ts <data folder> <views a second>`. */
const [dataDir = '', rate = '200'] = process.argv.slice(2);
const TICK_MS = 20;
const engine = Engine.open({ dataDir });
engine.start();
await engine.whenSeeded();

const give = async (): Promise<void> => {
  const [id, commandId] = [randomUUID(), randomUUID()];
  const context = { commandId, actor: { role: 'chair', ref: 'tests' }, now: nowAt(new Date()) };
  const { position } = await engine.recorder.act(contribution, id, context, (state) =>
    giveContribution(state, id, {
      authority: 'essex', words: `Keep the bus ${id}`, channel: 'meeting', capacity: 'uses-services', voice: 'own', attribution: 'group',
    }),
  ); // prettier-ignore
  writeSync(1, `ack ${commandId} ${position ?? ''} 0\n`);
};
let [last, owed] = [performance.now(), 0];
setInterval(() => {
  const now = performance.now();
  // Whoever was stopped for a while does not make up for it.
  owed += (Math.min(now - last, 5 * TICK_MS) * Number(rate)) / 1000;
  last = now;
  for (; owed >= 1; owed--) void give();
}, TICK_MS);
