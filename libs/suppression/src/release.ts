import {
  COLUMNS,
  councilScope,
  countsIn,
  type Group,
  HIDDEN,
  type Published,
  type TableKey,
  teamScope,
  TOTAL,
} from './answer-table.js';
import { primary } from './rounding.js';
import { complementsOf } from './complements.js';
import { Doubt } from './doubt.js';

/** A table while it is decided what of it is shown. */
export interface Sheet {
  readonly key: TableKey;
  readonly counts: readonly number[];
  readonly shown: number[];
  /** Published before: it can never be taken back. */
  readonly frozen: boolean;
  /** Too few people answered: all of it is hidden, whatever stands in it. */
  readonly closed: boolean;
  readonly threshold: number;
  /** Of a team: the council it is part of. */
  readonly within?: string;
}

export interface Asked {
  /** Everybody who answered the question in the time that these tables share. */
  readonly groups: readonly Group[];
  /** What is to be published now. */
  readonly tables: readonly TableKey[];
  /** What was published before about the same people: it stays, and what comes now must not undo it. */
  readonly before: readonly Published[];
  readonly threshold: number;
}

/**
 * Decides what can be shown of some tables. First the rule (few hidden, the rest rounded); then, for every hidden few
 * and for every few that could be had by subtracting one table from another, it looks for other answers that people
 * might have given and that would have led to exactly the same published numbers. Where there are none, it hides more,
 * the least that makes them possible. So nobody can tell one from the other, however well they calculate.
 */
export const release = ({ groups, tables, before, threshold }: Asked): Published[] => {
  const sheets = sheetsOf(groups, tables, before, threshold);
  const doubt = new Doubt(groups, sheets);
  // All of a place before its parts: what is seen by most is hidden last.
  for (const sheet of sheets)
    for (let column = 0; column < COLUMNS; column++)
      if (
        isFew(sheet.counts[column], threshold) &&
        sheet.shown[column] === HIDDEN &&
        !doubt.spread([[sheet, 1]], column)
      )
        return [];
  for (const terms of complementsOf(sheets))
    for (let column = 0; column < COLUMNS; column++) {
      const count = terms.reduce((sum, [sheet, sign]) => sum + sign * (sheet.counts[column] ?? 0), 0);
      if (isFew(count, threshold) && !doubt.spread(terms, column)) return [];
    }
  return sheets.filter(({ frozen }) => !frozen).map(({ key, shown }) => ({ key, shown, threshold }));
};

/** Only the first half of the rule. For tests: it shows what the second half is for. */
export const releaseWithoutMore = ({ groups, tables, threshold }: Asked): Published[] =>
  sheetsOf(groups, tables, [], threshold).map(({ key, shown }) => ({ key, shown, threshold }));

const isFew = (count: number | undefined, threshold: number): boolean =>
  count !== undefined && count >= 1 && count <= threshold;

const sheetsOf = (
  groups: readonly Group[],
  tables: readonly TableKey[],
  before: readonly Published[],
  usual: number,
): Sheet[] => {
  const sheet = (key: TableKey, threshold: number, shown?: readonly number[]): Sheet => {
    const counts = countsIn(key, groups);
    return {
      key,
      counts,
      threshold,
      shown: [...(shown ?? primary(counts, threshold))],
      frozen: shown !== undefined,
      closed: (counts[TOTAL] ?? 0) <= threshold,
      ...withinOf(key, groups),
    };
  };
  return [
    ...before.map((each) => sheet(each.key, each.threshold, each.shown)),
    ...tables.map((key) => sheet(key, usual)),
  ];
};

const withinOf = ({ scope }: TableKey, groups: readonly Group[]): Pick<Sheet, 'within'> => {
  const one = scope.startsWith('team:') && groups.find(({ team }) => team !== undefined && scope === teamScope(team));
  return one ? { within: councilScope(one.authority) } : {};
};
