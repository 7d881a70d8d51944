import { join } from 'node:path';
import { benchAppend } from './appending.js';
import { benchJudging } from './judging.js';
import { LargeLog } from './large-log.js';
import { benchProofs, benchRestart } from './tree-figures.js';

export interface LogSizes {
  readonly small: number;
  readonly large: number;
  readonly rounds: number;
}

/** One writer alone, many, and so many that the flush hardly counts. Short rounds, so that both meet the same moods of the machine. */
const APPENDS = [
  { atOnce: 1, rounds: 200, commandsOfEachRound: 20 },
  { atOnce: 64, rounds: 200, commandsOfEachRound: 128 },
  { atOnce: 512, rounds: 80, commandsOfEachRound: 512 },
];

/** Everything the record costs, in one run on one folder. */
export const benchLog = async (
  folder: string,
  { small, large, rounds }: LogSizes,
  progress: (text: string) => void,
  figure: (name: string, values: object) => void,
): Promise<void> => {
  const log = await LargeLog.open(folder);
  const bundles: string[] = [];
  for (const events of [small, large]) {
    await log.grow(events, progress);
    progress(`sealing and packing ${events} events`);
    const bundle = join(folder, `bundle-${events}`);
    await log.bundle(bundle, await log.seal());
    bundles.push(bundle);
  }
  figure('log.proof', benchProofs(log));
  figure('log.restart', benchRestart(log));
  for (const [at, bundle] of bundles.entries()) {
    const { hashing, rate, rootOnly, memory } = await benchJudging(bundle, log.key, rounds, progress);
    if (at === 1) figure('log.sha256', hashing);
    if (at === 1) figure('log.verify', rate);
    if (at === 1) figure('log.root-only', rootOnly);
    figure('log.verify-memory', memory);
  }
  for (const append of APPENDS) {
    progress(`appending, ${append.atOnce} at once`);
    figure('log.append', await benchAppend(folder, log.commands, append));
  }
  await log.close();
};
