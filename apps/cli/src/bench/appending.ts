import { join } from 'node:path';
import { RevisionConflict } from '#event-store/event-store';
import { guardAppend } from '#event-store/guards';
import { openDurable } from '#event-store/sqlite/connection';
import { GroupCommit } from '#event-store/sqlite/group-commit';
import { LogTable, leafHash } from '#event-store/sqlite/log-table';
import { quantile } from './folder.js';
import type { MadeEvent } from './templates.js';

export interface AppendFigures {
  /** Commands that wait for the same flush of the disk. */
  readonly atOnce: number;
  readonly rounds: number;
  readonly commandsOfEachRound: number;
  /** Medians of the rounds. */
  readonly withHashing: { readonly eventsPerSecond: number };
  readonly without: { readonly eventsPerSecond: number };
  /** Median of the shares of each pair of rounds. */
  readonly sharePercent: number;
}

const GIVEN = new Uint8Array(32).fill(7);

/**
 * Appends with the hash of each leaf, and the same with 32 bytes that are given: same file, same statements, same
 * transactions, same flushes. In turns, and each time the other one first, so that whatever else the machine does, and
 * the growing of the file, meet both. The events come from the log that is handed in, on a file of its own.
 */
export const benchAppend = async (
  folder: string,
  commands: Iterator<MadeEvent[]>,
  { atOnce, rounds, commandsOfEachRound }: Pick<AppendFigures, 'atOnce' | 'rounds' | 'commandsOfEachRound'>,
): Promise<AppendFigures> => {
  const db = openDurable(join(folder, 'events.db'));
  const commits = new GroupCommit(db, (error) => error instanceof RevisionConflict);
  const rates = { with: [] as number[], without: [] as number[] };
  const tables = { with: new LogTable(db, leafHash), without: new LogTable(db, () => GIVEN) };

  const round = async (kind: keyof typeof tables): Promise<void> => {
    const turns = Array.from({ length: Math.ceil(commandsOfEachRound / atOnce) }, () =>
      Array.from({ length: atOnce }, () => commands.next().value as MadeEvent[]),
    );
    const begin = performance.now();
    for (const turn of turns)
      await Promise.all(
        turn.map((events) => {
          const stream = events[0]?.stream ?? '';
          guardAppend(stream, events);
          return commits.run(() => tables[kind].insert(stream, events, 'any'));
        }),
      );
    rates[kind].push(turns.flat(2).length / ((performance.now() - begin) / 1000));
  };

  await round('with');
  await round('without');
  rates.with.length = rates.without.length = 0;
  for (let at = 0; at < rounds; at += 1)
    for (const kind of at % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const))
      await round(kind);
  commits.end();
  db.close();
  const shares = rates.with.map((rate, at) => (100 * rate) / (rates.without[at] ?? Number.NaN));
  return {
    atOnce,
    rounds,
    commandsOfEachRound,
    withHashing: { eventsPerSecond: Math.round(quantile(rates.with, 0.5)) },
    without: { eventsPerSecond: Math.round(quantile(rates.without, 0.5)) },
    sharePercent: Number(quantile(shares, 0.5).toFixed(1)),
  };
};
