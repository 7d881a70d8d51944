/**
 * What may be published about people's answers to one question, and the counts behind it. Six answers and a total:
 * the total is of people who answered, so "This is not about me" stands beside it and not in it.
 */
export const ANSWER_CODES = ['yes', 'a-bit', 'no', 'not-sure', 'rather-not-say', 'not-about-me'] as const;
export type AnswerCode = (typeof ANSWER_CODES)[number];

/** Columns of a table: the six answers in the order of {@link ANSWER_CODES}, then the total. */
export const TOTAL = 6;
export const NOT_ABOUT_ME = 5;
export const COLUMNS = 7;
/** Stands where a number is not shown. */
export const HIDDEN = -1;

/** People who are alike in all that a table can ask for. The smallest thing there is; never published. */
export interface Group {
  /** A stretch of time; answers of one slice are published together or not at all. */
  readonly slice: number;
  readonly authority: string;
  readonly team?: string;
  readonly capacity: string;
  readonly voice: string;
  /** How many gave each answer. */
  readonly counts: readonly number[];
}

export type Breakdown = 'capacity' | 'voice';

/** Which people a table is about: one place, one period, and at most one breakdown. There are no other filters. */
export interface TableKey {
  readonly period: string;
  readonly slices: readonly number[];
  /** `region`, `authority:<code>` or `team:<id>`. */
  readonly scope: string;
  readonly by?: Breakdown;
  readonly value?: string;
}

/** A table as everyone sees it: rounded numbers, exact zeros, and {@link HIDDEN}. */
export interface Published {
  readonly key: TableKey;
  readonly shown: readonly number[];
  /** Up to how many were hidden when it was published. */
  readonly threshold: number;
}

export const REGION = 'region';
export const councilScope = (authority: string): string => `authority:${authority}`;
export const teamScope = (team: string): string => `team:${team}`;

export const contains = ({ slices, scope, by, value }: TableKey, group: Group): boolean =>
  slices.includes(group.slice) &&
  (scope === REGION ||
    scope === councilScope(group.authority) ||
    (group.team !== undefined && scope === teamScope(group.team))) &&
  (by === undefined || group[by] === value);

/** All seven columns of a table, exact. Never leaves the house. */
export const countsIn = (key: TableKey, groups: readonly Group[]): number[] => {
  const sum = Array.from({ length: COLUMNS }, () => 0);
  for (const group of groups)
    if (contains(key, group))
      group.counts.forEach((count, answer) => {
        sum[answer] = (sum[answer] ?? 0) + count;
        if (answer !== NOT_ABOUT_ME) sum[TOTAL] = (sum[TOTAL] ?? 0) + count;
      });
  return sum;
};

/**
 * Every table of a period that holds anybody: region, councils and teams whole; region and councils by capacity and by
 * voice. A fixed list: what cannot be asked for cannot be subtracted.
 */
export const tablesOf = (groups: readonly Group[], period: string, slices: readonly number[]): TableKey[] => {
  const keys = new Map<string, TableKey>();
  const add = (key: Omit<TableKey, 'period' | 'slices'>): void => {
    const full = { period, slices, ...key };
    keys.set(nameOf(full), full);
  };
  for (const group of groups) {
    if (!slices.includes(group.slice) || group.counts.every((count) => count === 0)) continue;
    for (const scope of [REGION, councilScope(group.authority)]) {
      add({ scope });
      add({ scope, by: 'capacity', value: group.capacity });
      add({ scope, by: 'voice', value: group.voice });
    }
    if (group.team !== undefined) add({ scope: teamScope(group.team) });
  }
  return [...keys.values()];
};

export const nameOf = ({ period, scope, by, value }: Omit<TableKey, 'slices'>): string =>
  [period, scope, by ?? '', value ?? ''].join(' ');
