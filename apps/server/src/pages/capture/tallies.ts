import type { DraftTally } from '#meetings/draft';
import type { FieldProblem } from '../../edge/bad-input.js';
import { choices } from '../../wording/wording.js';
import { MEETING_STATEMENTS } from './options.js';

export const STATEMENT_ANSWERS = choices('statementAnswer');
const MOST = 10_000;

/** Counts per statement and answer, as a helper typed them at a meeting. */
export const readTallies = (body: unknown) =>
  readCounts(
    body,
    MEETING_STATEMENTS.map(({ code }) => code),
  );

/** The same for any statements. An empty box is nobody asked, which is not the same as zero. */
export const readCounts = (
  body: unknown,
  statements: readonly string[],
): { tallies: DraftTally[]; problems: FieldProblem[] } => {
  const typed = (body as { tally?: Record<string, Record<string, unknown>> } | undefined)?.tally ?? {};
  const tallies: DraftTally[] = [];
  const problems: FieldProblem[] = [];
  for (const code of statements)
    for (const { value } of STATEMENT_ANSWERS) {
      const count = typed[nameOf(code)]?.[value];
      if (typeof count !== 'string' || count.trim() === '') continue;
      if (!/^\d{1,5}$/.test(count.trim()) || Number(count) > MOST)
        problems.push({
          pointer: `/tally/${nameOf(code)}/${value}`,
          code: 'count-wrong',
          detail: `Enter a whole number from 0 to ${MOST.toLocaleString('en-GB')}.`,
        });
      else tallies.push({ statement: code, answer: value, count: Number(count) });
    }
  return { tallies, problems };
};

/** A statement in the name of a form field, where a dot leads to a field within. */
export const nameOf = (code: string): string => code.replace('.', '_');
