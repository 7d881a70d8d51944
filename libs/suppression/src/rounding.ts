import { COLUMNS, HIDDEN, TOTAL } from './answer-table.js';

export const LEAST_THRESHOLD = 7;
export const MOST_THRESHOLD = 10;
const BASE = 5;

/** 1 to `threshold` is hidden, nothing is nothing, the rest goes to the nearest 5. */
export const shownOf = (count: number, threshold: number): number =>
  count === 0 ? 0 : count <= threshold ? HIDDEN : Math.round(count / BASE) * BASE;

/** All that the first half of the rule shows. Where too few people answered, not even a zero is told. */
export const primary = (counts: readonly number[], threshold: number): number[] =>
  (counts[TOTAL] ?? 0) <= threshold
    ? Array.from({ length: COLUMNS }, () => HIDDEN)
    : counts.map((count) => shownOf(count, threshold));

/** The lowest and highest count that a shown number can stand for. */
export const boundsOf = (shown: number, threshold: number): readonly [number, number] =>
  shown === 0 ? [0, 0] : [Math.max(threshold + 1, shown - 2), shown + 2];
