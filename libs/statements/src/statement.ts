import type { Aggregate, Decided } from '#kernel/aggregate';
import { type Capacity, CAPACITIES, type Voice, VOICES } from '#kernel/codes';
import { personal } from '#kernel/personal';
import { missing, Refusal, Refusals, refuse } from '#kernel/refusal';
import { ANSWER_CODES } from '#suppression/answer-table';
import type { Occasion, SealedAnswer, StatementEvent } from './statement.events.js';

/** No more at once: more is a test, not a question (pledge map, "How to ask the statements"). */
export const MOST_AT_ONCE = 5;
export const NOT_SAID = 'not-said';

export interface AnswerGiven {
  readonly statement: string;
  readonly answer: string;
  readonly voice: Voice;
  /** Left out: the person did not say in what capacity. */
  readonly capacity?: Capacity;
  readonly occasion: Occasion;
  readonly about: string;
  /** The team that asked, if one did. */
  readonly team?: string;
  /** The card belongs to somebody who helps: what they say is said for someone. */
  readonly bySupporter: boolean;
}

/** What may be asked: codes of the pledge that holds today, each wording once; `same` leads a repeated one to the first. */
export interface Questions {
  readonly pledge: string;
  readonly wording: string;
  readonly asked: readonly string[];
  readonly same: Readonly<Record<string, string>>;
}

export interface LocalStatement {
  readonly team: string;
  readonly text: string;
  readonly isRetired: boolean;
}
export interface Round {
  readonly team?: string;
  readonly until: string;
  readonly slips: number;
}
/** What was asked in one council beside the pledge. No rule holds between answers: they only grow. */
export interface Asking {
  readonly local: Readonly<Record<string, LocalStatement>>;
  readonly rounds: Readonly<Record<string, Round>>;
}

export const statements: Aggregate<Asking, StatementEvent> = {
  category: 'statements',
  initial: { local: {}, rounds: {} },
  about: () => ({}),
  evolve(state, event) {
    if (event.type === 'LocalStatementAdded') {
      const { statement, team, text } = event.data;
      return { ...state, local: { ...state.local, [statement]: { team, text, isRetired: false } } };
    }
    if (event.type === 'LocalStatementRetired') {
      const { statement } = event.data;
      const known = state.local[statement];
      return known ? { ...state, local: { ...state.local, [statement]: { ...known, isRetired: true } } } : state;
    }
    if (event.type === 'StatementRoundOpened') {
      const { round, team, until, slips } = event.data;
      return { ...state, rounds: { ...state.rounds, [round]: { until, slips, ...(team && { team }) } } };
    }
    return state;
  },
};

/** The one statement under which an answer counts: S12 has the words of S8. Undefined: there is none with this code. */
export const questionOf = ({ asked, same }: Questions, code: string): string | undefined => {
  const first = same[code] ?? code;
  return asked.includes(first) ? first : undefined;
};

/** The name under which an answer is kept, also of a statement that only a team asks. */
export const statementNamed = ({ same }: Questions, code: string): string => same[code] ?? code;

/** A round that is not there, or whose last day is over, takes no more answers. */
export const isOver = (
  { rounds }: Asking,
  { occasion, about }: Pick<AnswerGiven, 'occasion' | 'about'>,
  today: string,
): Refusal | undefined => {
  if (occasion !== 'campaign') return undefined;
  const round = rounds[about];
  if (!round) return missing('round');
  return round.until < today
    ? refuse('round-over', 'The last day for these questions is over. Nothing was changed.', '/')
    : undefined;
};

/** The pledge's statements, and the ones that this team asks beside them. */
export const withLocal = (questions: Questions, { local }: Asking, team?: string): Questions => ({
  ...questions,
  asked: [
    ...questions.asked,
    ...Object.entries(local).flatMap(([code, each]) => (each.team === team && !each.isRetired ? [code] : [])),
  ],
});

export const askStatements = (
  questions: Questions,
  codes: readonly string[],
  occasion: Occasion,
  meeting?: string,
): Decided<StatementEvent> => {
  const found = [...new Set(codes.map((code) => questionOf(questions, code) ?? ''))];
  if (found.length === 0) return refuse('statements-missing', 'Choose at least one statement.', '/statements');
  if (found.includes('')) return unknown('/statements');
  if (found.length > MOST_AT_ONCE)
    return refuse('too-many', `Ask at most ${MOST_AT_ONCE} statements at once.`, '/statements');
  const { pledge, wording } = questions;
  return [{ type: 'StatementsAsked', data: { statements: found, pledge, wording, occasion, ...(meeting && { meeting }) } }]; // prettier-ignore
};

export const answerStatement = (questions: Questions, slip: string, given: AnswerGiven): Decided<StatementEvent> => {
  const { statement: code, answer, voice, capacity = NOT_SAID, occasion, about, bySupporter } = given;
  const statement = questionOf(questions, code);
  const problems: Refusal[] = [];
  if (statement === undefined) problems.push(unknown('/statement'));
  if (!(ANSWER_CODES as readonly string[]).includes(answer))
    problems.push(new Refusal('answer-unknown', 'Choose one of the answers.', '/answer'));
  if (!VOICES.includes(voice)) problems.push(new Refusal('voice-missing', 'Say who gives the answer.', '/voice'));
  if (capacity !== NOT_SAID && !CAPACITIES.includes(capacity))
    problems.push(new Refusal('capacity-unknown', 'Choose one of the groups.', '/capacity'));
  // Somebody's helper cannot know it as their own: it is shown apart.
  if (bySupporter && voice !== 'proxy')
    problems.push(new Refusal('voice-not-marked', 'This is the card of someone who helps. Say that you answer for the person.', '/voice')); // prettier-ignore
  if (problems.length > 0 || statement === undefined) return new Refusals(problems);
  // Sealed under a key of its own: under the person's key, all their answers would carry the same mark in the log.
  const { pledge, wording } = questions;
  const asked = { wording: wordingOf(pledge, wording), ...(given.team && { team: given.team }) };
  const whole = padded({ statement, answer, voice, capacity, occasion, about, ...asked });
  return [{ type: 'StatementAnswered', data: { slip, answer: personal(slip, whole) } }];
};

/** A version of a pledge as answers name it. */
export const wordingOf = (pledge: string, version: string): string => `${pledge} ${version}`;

const unknown = (at: string): Refusal =>
  new Refusal('statement-unknown', 'The pledge has no statement with this code. Choose one of it, like S8.', at);

/** Characters of every sealed answer; all its codes and ids are plain ASCII. */
export const ANSWER_LENGTH = 440;

const padded = (answer: Omit<SealedAnswer, 'pad'>): SealedAnswer => {
  const length = JSON.stringify({ ...answer, pad: '' }).length;
  if (length > ANSWER_LENGTH) throw new Error(`an answer of ${length} characters does not fit into ${ANSWER_LENGTH}`);
  return { ...answer, pad: '.'.repeat(ANSWER_LENGTH - length) };
};

/** `2026-H2`: the half year of a day. Results are told for whole, closed ones only. */
export const halfOf = (day: string): string => `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;

export const halfBefore = (half: string): string =>
  half.endsWith('2') ? `${half.slice(0, 4)}-H1` : `${Number(half.slice(0, 4)) - 1}-H2`;
