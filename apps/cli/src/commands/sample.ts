import { Command } from 'commander';
import type { Engine } from '#engine/engine';
import type { Recorded } from '#kernel/event';
import { type DrawnSample, redraw, type Redrawn } from '#scrutiny/redraw';
import { nodeSha256 } from '#transparency-log/node-sha256';
import { print, tell, withEngine } from '../with-engine.js';

interface Options {
  readonly redraw: string;
  readonly json?: true;
}

export const sampleCommand = (): Command =>
  new Command('sample')
    .description('Draw a recorded sample again from the log alone, and say whether it comes out the same')
    .requiredOption('--redraw <id>', 'the id of the sample, as its page shows it')
    .option('--json', 'print one JSON object: isSame, population, recorded, redrawn')
    .action(async ({ redraw: id, json }: Options) => {
      const found = await withEngine((engine) => redrawn(engine, id), { follow: false });
      if (!found) {
        tell(`There is no sample ${id} in this record.`);
        process.exitCode = 2;
        return;
      }
      if (!found.isSame) process.exitCode = 1;
      if (json) print(JSON.stringify(found));
      else for (const line of linesOf(found)) print(line);
    });

/** Reads no read model: only entries of the log, up to the one that the sample names. Undefined: there is no such sample. */
export const redrawn = async (engine: Engine, id: string): Promise<Redrawn | undefined> => {
  const sample = await sampleIn(engine, id);
  return sample && redraw(sample, entriesUpTo(engine, sample.position), nodeSha256);
};

const sampleIn = async ({ store, codec }: Engine, id: string): Promise<DrawnSample | undefined> => {
  for await (const stored of store.readAll()) {
    if (codec.nameOf(stored.type) !== 'SampleDrawn') continue;
    const data = codec.decode(stored).data as DrawnSample;
    if (data.sample === id) return data;
  }
  return undefined;
};

async function* entriesUpTo({ store, codec }: Engine, position: string): AsyncIterable<Recorded> {
  for await (const stored of store.readAll()) {
    // What a newer release wrote is no part of a population that this release knows how to draw.
    if (codec.nameOf(stored.type) !== undefined) yield codec.decode(stored);
    if (stored.position === position) return;
  }
}

function* linesOf({ sample, isSame, population, recorded, redrawn: again }: Redrawn): Generator<string> {
  yield `Sample ${sample}: ${isSame ? 'the same' : 'different'}.`;
  yield `There were: ${population.recorded} recorded, ${population.redrawn} counted again.`;
  yield `Drawn: ${recorded.length} recorded, ${again.length} drawn again.`;
  for (const [at, id] of recorded.entries())
    if (again[at] !== id) yield `Place ${at + 1}: recorded ${id}, drawn again ${again[at] ?? 'nothing'}.`;
  for (const [at, id] of again.entries())
    if (at >= recorded.length) yield `Place ${at + 1}: recorded nothing, drawn again ${id}.`;
}
