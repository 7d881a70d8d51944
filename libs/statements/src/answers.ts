import { ANSWER_CODES, type Group } from '#suppression/answer-table';
import type { SealedAnswer } from './statement.events.js';

/** Nobody wrote down who a paper slip came from. */
export const NOT_RECORDED = 'not-recorded';

export interface Counted {
  readonly authority: string;
  readonly statement: string;
  readonly answer: string;
  readonly voice: string;
  readonly capacity: string;
  readonly count: number;
}

export const fromDevice = (authority: string, answer: SealedAnswer): Counted => ({
  authority,
  statement: answer.statement,
  answer: answer.answer,
  voice: answer.voice,
  capacity: answer.capacity,
  count: 1,
});

export const fromPaper = (
  authority: string,
  { statement, answer, count }: { statement: string; answer: string; count: number },
): Counted => ({ authority, statement, answer, count, voice: NOT_RECORDED, capacity: NOT_RECORDED });

/** People who are alike, for each statement apart. Teams are left out: no table of a team is published. */
export const groupsOf = (all: readonly Counted[]): ReadonlyMap<string, readonly Group[]> => {
  const found = new Map<string, Map<string, { group: Group; counts: number[] }>>();
  for (const { authority, statement, answer, voice, capacity, count } of all) {
    const column = (ANSWER_CODES as readonly string[]).indexOf(answer);
    if (column < 0 || count <= 0) continue;
    const mine = found.get(statement) ?? new Map<string, { group: Group; counts: number[] }>();
    found.set(statement, mine);
    const name = JSON.stringify([authority, voice, capacity]);
    const counts = mine.get(name)?.counts ?? ANSWER_CODES.map(() => 0);
    counts[column] = (counts[column] ?? 0) + count;
    mine.set(name, { group: { slice: 0, authority, voice, capacity, counts }, counts });
  }
  return new Map([...found].map(([statement, groups]) => [statement, [...groups.values()].map(({ group }) => group)]));
};
