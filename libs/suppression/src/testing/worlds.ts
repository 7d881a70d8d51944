import { ANSWER_CODES, type Group, type Published, tablesOf } from '../answer-table.js';
import type { Asked } from '../release.js';

/** Small numbers from a seed (mulberry32), so that a failure can be run again. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Where rounding gives most away: the ends of its buckets. */
const CORNERS = [0, 0, 0, 1, 1, 2, 3, 5, 7, 8, 8, 12, 13, 17, 18];
const CAPACITIES = ['uses-services', 'family-carer', 'advocate'];
const VOICES = ['own', 'helped', 'proxy'];

/** People of a few councils who answered one question in up to four stretches of two quarters. */
export const worldOf = (seed: number): { groups: Group[]; slices: number } => {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const [councils, slices, kinds, voices] = [1 + below(3), 1 + below(4), 1 + below(3), 1 + below(2)];
  const groups: Group[] = [];
  for (let council = 0; council < councils; council++) {
    const teams = below(3);
    for (let slice = 0; slice < slices; slice++)
      for (let team = 0; team <= teams; team++)
        for (let kind = 0; kind < kinds; kind++) {
          if (random() < 0.35) continue;
          const counts = ANSWER_CODES.map(() => (random() < 0.45 ? 0 : pick(CORNERS)));
          groups.push({
            slice,
            authority: `council-${council}`,
            ...(team > 0 && { team: `team-${council}-${team}` }),
            capacity: CAPACITIES[kind] ?? '',
            voice: VOICES[below(voices)] ?? '',
            counts,
          });
        }
  }
  return { groups: seed % 3 === 0 ? withOneMore(groups, slices - 1, pick) : groups, slices };
};

/** One person answers after everything was published: the last stretch of time holds nobody else. */
const withOneMore = (groups: Group[], last: number, pick: <T>(all: readonly T[]) => T): Group[] => {
  const late = groups.filter(({ slice }) => slice === last);
  if (last === 0 || late.length === 0) return groups;
  const answer = pick([0, 1, 2, 3]);
  const one = { ...pick(late), counts: ANSWER_CODES.map((_, each) => Number(each === answer)) };
  return [...groups.filter(({ slice }) => slice !== last), one];
};

type Rule = (asked: Asked) => Published[];

/** Publishes as the product does: the open quarter so far, the quarter when it ends, two quarters as a half year. */
export const publishAll = (groups: readonly Group[], slices: number, threshold: number, rule: Rule): Published[] => {
  const periods: readonly (readonly [string, readonly number[]])[] = [
    ['Q1 so far', [0]],
    ['Q1', [0, 1]],
    ['Q2 so far', [2]],
    ['Q2', [2, 3]],
    ['H1', [0, 1, 2, 3]],
  ];
  const published: Published[] = [];
  for (const [name, all] of periods) {
    const now = all.filter((slice) => slice < slices);
    if (now.length < all.length && name !== 'Q1 so far') break;
    const known = groups.filter(({ slice }) => slice <= Math.max(...now));
    const tables = tablesOf(known, name, now);
    published.push(...rule({ groups: known, tables, before: published, threshold }));
  }
  return published;
};
