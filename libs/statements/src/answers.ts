import { ANSWER_CODES, type Group } from '#suppression/answer-table';
import type { SealedAnswer, SlipTally } from './statement.events.js';

/** Nobody wrote down who a paper slip came from. */
export const NOT_RECORDED = 'not-recorded';

/**
 * Whose answers are never added together: people's own (also with help), what somebody answered for a person, and what
 * staff answered as staff. Each is published by itself, and no table is a sum of two of them.
 */
export const POPULATIONS = ['people', 'for-someone', 'staff'] as const;
export type Population = (typeof POPULATIONS)[number];

export interface Counted {
  readonly authority: string;
  readonly team?: string;
  readonly statement: string;
  /** Version of the pledge whose words were asked. */
  readonly wording: string;
  readonly answer: string;
  readonly voice: string;
  readonly capacity: string;
  readonly count: number;
}

/** Where an entry stands and which words held when it was written down: said for what is older than that field. */
export interface Beside {
  readonly authority: string;
  readonly team?: string | null;
  readonly wording: string;
}

const placed = ({ authority, team }: Beside, own?: string): Pick<Counted, 'authority' | 'team'> => {
  const named = own ?? team;
  return { authority, ...(named && { team: named }) };
};

export const fromDevice = (beside: Beside, { team, wording, ...answer }: SealedAnswer): Counted => ({
  ...placed(beside, team),
  statement: answer.statement,
  wording: wording ?? beside.wording,
  answer: answer.answer,
  voice: answer.voice,
  capacity: answer.capacity,
  count: 1,
});

export const fromPaper = (beside: Beside, { statement, answer, count, voice, capacity }: SlipTally): Counted => ({
  ...placed(beside),
  statement,
  wording: beside.wording,
  answer,
  count,
  voice: voice ?? NOT_RECORDED,
  capacity: capacity ?? NOT_RECORDED,
});

export const populationOf = ({ capacity, voice }: Pick<Counted, 'capacity' | 'voice'>): Population =>
  capacity === 'staff' ? 'staff' : voice === 'proxy' ? 'for-someone' : 'people';

/** People who are alike, for each statement, wording and population apart: what is never added is never in one table. */
export interface Apart {
  readonly statement: string;
  readonly wording: string;
  readonly population: Population;
  readonly groups: readonly Group[];
}

export const apartOf = (all: readonly Counted[]): readonly Apart[] => {
  const asked = all.filter(({ answer, count }) => (ANSWER_CODES as readonly string[]).includes(answer) && count > 0);
  const kinds = Map.groupBy(asked, (each) => JSON.stringify([each.statement, each.wording, populationOf(each)]));
  return [...kinds].map(([name, mine]) => {
    const [statement, wording, population] = JSON.parse(name) as [string, string, Population];
    return { statement, wording, population, groups: groupsOf(mine) };
  });
};

const groupsOf = (all: readonly Counted[]): readonly Group[] =>
  [
    ...Map.groupBy(all, ({ authority, team, voice, capacity }) =>
      JSON.stringify([authority, team, voice, capacity]),
    ).values(),
  ].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { authority, team, voice, capacity } = first;
    const counts = ANSWER_CODES.map((code) =>
      alike.reduce((sum, { answer, count }) => sum + (answer === code ? count : 0), 0),
    );
    return [{ slice: 0, authority, ...(team !== undefined && { team }), voice, capacity, counts }];
  });
