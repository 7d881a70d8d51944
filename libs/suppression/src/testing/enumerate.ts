import { ANSWER_CODES, countsIn, type Group, HIDDEN, type Published, type TableKey, TOTAL } from '../answer-table.js';
import { shownOf } from '../rounding.js';

/** All ways in which so many people can give three answers. */
const ways = (people: number): number[][] =>
  Array.from({ length: people + 1 }, (_, yes) =>
    Array.from({ length: people - yes + 1 }, (__, bit) => [yes, bit, people - yes - bit]),
  ).flat();

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/**
 * The strongest attacker there is, on a world small enough to try everything: who knows of every group how many people
 * answered, and tries every answer each of them can have given. What is left are the worlds that look the same.
 */
export const worldsLike = (groups: readonly Group[], published: readonly Published[]): Group[][] => {
  const truths = published.map(({ key }) => countsIn(key, groups));
  const [one, two] = groups;
  if (!one || !two || groups.length > 2) throw new Error('this many worlds cannot be tried');
  const filled = (counts: readonly number[]): number[] => ANSWER_CODES.map((_, answer) => counts[answer] ?? 0);
  return ways(sum(one.counts)).flatMap((first) =>
    ways(sum(two.counts)).flatMap((second) => {
      const world = [
        { ...one, counts: filled(first) },
        { ...two, counts: filled(second) },
      ];
      return published.every((each, index) => looksLike(each, truths[index] ?? [], countsIn(each.key, world))) ? [world] : []; // prettier-ignore
    }),
  );
};

const looksLike = ({ shown, threshold }: Published, truths: readonly number[], counts: readonly number[]): boolean =>
  shown.every((number, column) => {
    const [truth = 0, count = 0] = [truths[column], counts[column]];
    if (number !== HIDDEN) return shownOf(count, threshold) === number;
    if ((truths[TOTAL] ?? 0) <= threshold) return column !== TOTAL || count <= threshold;
    return truth < 1 || truth > threshold || (count >= 1 && count <= threshold);
  });

/** Few people, in any table that was published or in any group: how many there are, and how many are the same in all worlds. */
export const alikeIn = (
  worlds: readonly Group[][],
  groups: readonly Group[],
  published: readonly Published[],
  threshold: number,
): { readonly few: number; readonly recovered: number } => {
  const keys: TableKey[] = published.map(({ key }) => key);
  const cells = [
    ...keys.flatMap((key) => [0, 1, 2].map((column) => (world: readonly Group[]) => countsIn(key, world)[column] ?? 0)),
    ...groups.flatMap((_, at) =>
      [0, 1, 2].map((column) => (world: readonly Group[]) => world[at]?.counts[column] ?? 0),
    ),
  ].filter((cell) => cell(groups) >= 1 && cell(groups) <= threshold);
  const recovered = cells.filter((cell) => worlds.every((world) => cell(world) === cell(groups))).length;
  return { few: cells.length, recovered };
};
