import type { Recorded } from '#kernel/event';
import type { AuditEvent } from './audit.events.js';
import { populationFrom } from './population.js';
import { drawn, type Hash } from './sampling.js';

export type DrawnSample = Extract<AuditEvent, { type: 'SampleDrawn' }>['data'];

/** What came of drawing a recorded sample once more. */
export interface Redrawn {
  readonly sample: string;
  readonly isSame: boolean;
  readonly population: { readonly recorded: number; readonly redrawn: number };
  readonly recorded: readonly string[];
  readonly redrawn: readonly string[];
}

/** Draws a recorded sample again from the entries of the log up to its position. The order of the draw must agree too. */
export const redraw = async (sample: DrawnSample, entries: AsyncIterable<Recorded>, hash: Hash): Promise<Redrawn> => {
  const population = await populationFrom(entries, sample);
  const ids = drawn(sample.seed, population, sample.asked, hash);
  const isSame =
    population.length === sample.population &&
    ids.length === sample.ids.length &&
    ids.every((id, at) => id === sample.ids[at]);
  return {
    sample: sample.sample,
    isSame,
    population: { recorded: sample.population, redrawn: population.length },
    recorded: sample.ids,
    redrawn: ids,
  };
};
