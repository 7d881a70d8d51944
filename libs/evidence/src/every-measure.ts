import type { Measure } from './measure.js';
import { decisionMeasures } from './measures/decisions.js';
import { factMeasures } from './measures/facts.js';
import { meetingMeasures } from './measures/meetings.js';
import { promiseMeasures } from './measures/promises.js';
import { viewMeasures } from './measures/views.js';
import type { Thing } from './things.js';

/** Everything that the record is counted by, in the order in which pages show it. */
export const everyMeasure: readonly Measure[] = [
  ...viewMeasures,
  ...decisionMeasures,
  ...promiseMeasures,
  ...meetingMeasures,
  ...factMeasures,
];

const byThing = Map.groupBy(everyMeasure, ({ of }) => of);
export const measuresOver = (thing: Thing): readonly Measure[] => byThing.get(thing) ?? [];

/** Councils promise under parts and steps, and under the lines of a pledge that nobody mapped. */
const isPromisedUnder = (row: string): boolean => /^[PI]|\s/.test(row);

/** The measures that are evidence for a line of the pledge: its own first, then what councils promised under it. */
export const measuresFor = (row: string): readonly Measure[] => [
  ...everyMeasure.filter(({ rows }) => rows.includes(row)),
  ...everyMeasure.filter(({ rows }) => rows.includes('*') && isPromisedUnder(row)),
];

export const findMeasure = (row: string, code: string): Measure | undefined =>
  measuresFor(row).find((each) => each.code === code);
