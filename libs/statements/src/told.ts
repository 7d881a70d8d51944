import { councilScope, type Published, REGION, tablesOf, teamScope } from '#suppression/answer-table';
import { release } from '#suppression/release';
import { apartOf, type Counted, type Population } from './answers.js';

/** A table as it is told, and whose answers in which words it holds. */
export interface Told extends Published {
  readonly population: Population;
  readonly wording: string;
}

/** Of one statement: the tables, and the places where anybody answered (also where nothing of it can be shown). */
export interface Released {
  readonly tables: readonly Told[];
  /** By name of scope. */
  readonly answered: ReadonlySet<string>;
  /** Also where people were asked on paper and nobody answered. */
  readonly asked: ReadonlySet<string>;
}

/**
 * All that is told of one half year, by statement. Whoever is never added together is decided by itself: there is no table
 * from which one could be taken away to leave another. All places are decided together, because they are sums.
 */
export const tellHalf = (
  counted: readonly Counted[],
  half: string,
  threshold: number,
): ReadonlyMap<string, Released> => {
  const apart = Map.groupBy(apartOf(counted), ({ statement }) => statement);
  return new Map(
    [...Map.groupBy(counted, ({ statement }) => statement)].map(([statement, entries]): [string, Released] => {
      const mine = apart.get(statement) ?? [];
      const tables = mine.flatMap(({ groups, population, wording }) =>
        release({ groups, tables: tablesOf(groups, half, [0]), before: [], threshold }).map((shown) => ({
          ...shown,
          population,
          wording,
        })),
      );
      return [
        statement,
        { tables, answered: placesOf(mine.flatMap(({ groups }) => groups)), asked: placesOf(entries) },
      ];
    }),
  );
};

const placesOf = (all: readonly { readonly authority: string; readonly team?: string }[]): ReadonlySet<string> =>
  new Set(
    all.flatMap(({ authority, team }) => [
      REGION,
      councilScope(authority),
      ...(team === undefined ? [] : [teamScope(team)]),
    ]),
  );
