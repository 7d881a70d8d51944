import { writeSync } from 'node:fs';
import { Engine } from '#engine/engine';
import { type Boundary, Eraser } from '#erasure/eraser';
import { nowAt } from '#kernel/time';
import { ErasureLedger } from '#vault/erasure-ledger';

/**
 * Erases one person and is killed at a boundary, or a moment after it: `eraser-process.ts <data> <person> <command> <boundary> <milliseconds>`.
 */
const [dataDir = '', person = '', commandId = '', at = '', delay = '0'] = process.argv.slice(2);
const { store, recorder, vault, clock, personalStores: stores } = Engine.open({ dataDir });
const die = (): void => void process.kill(process.pid, 'SIGKILL');
const reached = (boundary: Boundary): void => {
  if (boundary !== at) return;
  writeSync(1, `at ${boundary}\n`);
  if (delay === '0') die();
  else setTimeout(die, Number(delay));
};
const eraser = new Eraser({
  store,
  recorder,
  vault,
  clock,
  stores,
  ledger: new ErasureLedger(`${dataDir}-erasures`),
  settleMs: 5,
  reached,
});
await eraser.erase(
  person,
  { commandId, actor: { role: 'data-protection-officer', ref: 'tests' }, now: nowAt(new Date()) },
  { basis: 'objection' },
);
writeSync(1, 'done\n');
// Erased before it was killed: the last boundary has little after it.
setTimeout(() => undefined, 60_000);
