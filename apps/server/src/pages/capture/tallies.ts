import type { DraftTally } from '#meetings/draft';
import type { FieldProblem } from '../../edge/bad-input.js';
import { choices } from '../../wording/wording.js';
import { MEETING_STATEMENTS } from './options.js';

export const STATEMENT_ANSWERS = choices('statementAnswer');
const MOST = 10_000;

/** Counts per statement and answer, as a helper typed them. An empty box is nobody asked, which is not the same as zero. */
export const readTallies = (body: unknown): { tallies: DraftTally[]; problems: FieldProblem[] } => {
  const typed = (body as { tally?: Record<string, Record<string, unknown>> } | undefined)?.tally ?? {};
  const tallies: DraftTally[] = [];
  const problems: FieldProblem[] = [];
  for (const { code } of MEETING_STATEMENTS)
    for (const { value } of STATEMENT_ANSWERS) {
      const count = typed[code]?.[value];
      if (typeof count !== 'string' || count.trim() === '') continue;
      if (!/^\d{1,5}$/.test(count.trim()) || Number(count) > MOST)
        problems.push({
          pointer: `/tally/${code}/${value}`,
          code: 'count-wrong',
          detail: `Enter a whole number from 0 to ${MOST.toLocaleString('en-GB')}.`,
        });
      else tallies.push({ statement: code, answer: value, count: Number(count) });
    }
  return { tallies, problems };
};
