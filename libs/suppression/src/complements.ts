import { HIDDEN, REGION, TOTAL } from './answer-table.js';
import type { Sheet } from './release.js';

/** A sum of tables, each added or taken away. */
export type Terms = readonly (readonly [Sheet, 1 | -1])[];

/**
 * What can be had by subtracting: a place without one of its parts, or without all that are shown; a period without an
 * earlier one; everybody without one kind of people.
 */
export const complementsOf = (sheets: readonly Sheet[]): Terms[] =>
  sheets.flatMap((whole) =>
    [partsByPlace, partsByKind('capacity'), partsByKind('voice'), partsByTime].flatMap((kind): Terms[] => {
      const parts = sheets.filter((part) => part !== whole && kind(whole, part));
      const shown = parts.filter((part) => part.shown[TOTAL] !== HIDDEN);
      const single = parts.map((part): Terms => [
        [whole, 1],
        [part, -1],
      ]);
      // Of periods that lie in each other only one can be taken away.
      const all = kind === partsByTime || shown.length < 2 ? [] : [[[whole, 1], ...shown.map((part) => [part, -1] as const)] as Terms]; // prettier-ignore
      return [...single, ...all];
    }),
  );

type IsPart = (whole: Sheet, part: Sheet) => boolean;

const sameKind = (a: Sheet, b: Sheet): boolean => a.key.by === b.key.by && a.key.value === b.key.value;

const partsByPlace: IsPart = (whole, part) =>
  whole.key.period === part.key.period &&
  sameKind(whole, part) &&
  (whole.key.scope === REGION
    ? part.key.scope.startsWith('authority:')
    : whole.key.scope.startsWith('authority:') && part.key.scope.startsWith('team:') && isWithin(whole, part));

/** A team's council is not in its key; its people are. */
const isWithin = (whole: Sheet, part: Sheet): boolean => part.within === whole.key.scope;

const partsByKind =
  (by: 'capacity' | 'voice'): IsPart =>
  (whole, part) =>
    whole.key.by === undefined &&
    part.key.by === by &&
    whole.key.scope === part.key.scope &&
    whole.key.period === part.key.period;

const partsByTime: IsPart = (whole, part) =>
  whole.key.scope === part.key.scope &&
  sameKind(whole, part) &&
  part.key.slices.length < whole.key.slices.length &&
  part.key.slices.every((slice) => whole.key.slices.includes(slice));
