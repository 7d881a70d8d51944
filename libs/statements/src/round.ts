import type { Decided } from '#kernel/aggregate';
import { CAPACITIES, VOICES } from '#kernel/codes';
import { personal } from '#kernel/personal';
import { missing, Refusal, Refusals, refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import { ANSWER_CODES } from '#suppression/answer-table';
import { NOT_RECORDED } from './answers.js';
import { type Asking, halfOf, MOST_AT_ONCE, type Questions, questionOf, withLocal } from './statement.js';
import type { SlipTally, StatementEvent } from './statement.events.js';

export const MOST_SLIPS = 500;
/** Own statements that a team may ask at a time: one sitting. */
export const MOST_LOCAL = MOST_AT_ONCE;
const LONGEST_STATEMENT = 200;

export interface RoundGiven {
  readonly slips: number;
  /** The last day on which it can be answered. */
  readonly until: string;
  readonly team?: string;
}

/** The check that is made twice a year. It ends in the half year in which it begins, so that a closed one never moves. */
export const openRound = (
  asking: Asking,
  questions: Questions,
  round: string,
  { slips, until, team }: RoundGiven,
  today: string,
): Decided<StatementEvent> => {
  if (asking.rounds[round]) return [];
  const { pledge, wording, asked } = withLocal(questions, asking, team);
  const problems: Refusal[] = [];
  if (asked.length === 0) problems.push(new Refusal('pledge-missing', 'There is no pledge with statements to ask.', '/')); // prettier-ignore
  if (!Number.isInteger(slips) || slips < 1 || slips > MOST_SLIPS)
    problems.push(new Refusal('slips-wrong', `Enter how many slips to print, from 1 to ${MOST_SLIPS}.`, '/slips'));
  if (!isDay(until) || until < today)
    problems.push(new Refusal('until-past', 'Enter a last day that is not over, like 2026-12-31.', '/until'));
  else if (halfOf(until) !== halfOf(today))
    problems.push(new Refusal('until-other-half', 'Choose a last day in this half year. Answers are counted by half years.', '/until')); // prettier-ignore
  if (problems.length > 0) return new Refusals(problems);
  return [
    { type: 'StatementRoundOpened', data: { round, pledge, wording, slips, until, ...(team && { team }) } },
    ...sittingsOf(asked).map((statements): StatementEvent => ({
      type: 'StatementsAsked',
      data: { statements, pledge, wording, occasion: 'campaign' },
    })),
  ];
};

/** A few at a time, in the order of the pledge: several short sittings instead of one long one. */
export const sittingsOf = (statements: readonly string[]): readonly (readonly string[])[] => {
  const many = Math.ceil(statements.length / MOST_AT_ONCE);
  return Array.from({ length: many }, (_, n) => statements.slice(n * MOST_AT_ONCE, (n + 1) * MOST_AT_ONCE));
};

/** Paper slips of a round, as counts. Who answered for whom is asked for: it is published apart. */
export const tallySlips = (
  asking: Asking,
  questions: Questions,
  round: string,
  tallies: readonly SlipTally[],
  subject: string,
): Decided<StatementEvent> => {
  const known = asking.rounds[round];
  if (!known) return missing('round');
  const all = withLocal(questions, asking, known.team);
  const problems: Refusal[] = [];
  const counted = tallies.flatMap((each, n) => {
    const statement = questionOf(all, each.statement);
    if (statement === undefined) problems.push(new Refusal('statement-unknown', 'This statement is not asked in this round.', `/tallies/${n}/statement`)); // prettier-ignore
    if (!(ANSWER_CODES as readonly string[]).includes(each.answer)) problems.push(new Refusal('answer-unknown', 'Choose one of the answers.', `/tallies/${n}/answer`)); // prettier-ignore
    if (!Number.isInteger(each.count) || each.count < 0 || each.count > 10_000) problems.push(new Refusal('count-wrong', 'Enter a whole number from 0 to 10,000.', `/tallies/${n}/count`)); // prettier-ignore
    if (!(VOICES as readonly string[]).includes(each.voice ?? '')) problems.push(new Refusal('voice-missing', 'Say who gave these answers: the person, the person with help, or someone for the person.', `/tallies/${n}/voice`)); // prettier-ignore
    if (each.capacity !== undefined && each.capacity !== NOT_RECORDED && !(CAPACITIES as readonly string[]).includes(each.capacity)) problems.push(new Refusal('capacity-unknown', 'Choose one of the groups.', `/tallies/${n}/capacity`)); // prettier-ignore
    return statement !== undefined && each.count > 0 ? [{ ...each, statement }] : [];
  });
  if (problems.length > 0) return new Refusals(problems);
  if (counted.length === 0) return refuse('nothing-counted', 'Enter at least one count.', '/tallies');
  const { pledge, wording } = questions;
  const asked = [...new Set(counted.map(({ statement }) => statement))];
  return [
    { type: 'StatementsAsked', data: { statements: asked, pledge, wording, occasion: 'campaign' } },
    { type: 'StatementSlipsTallied', data: { round, wording, tallies: personal(subject, counted) } },
  ];
};

/** A statement of a team's own; its code says whose it is, so that no two councils share one. It stands apart from the pledge's, and its words are never changed. */
export const addLocal = (
  { local }: Asking,
  { authority, team }: { readonly authority: string; readonly team: string },
  given: { readonly text: string; readonly language?: string },
): Decided<StatementEvent> => {
  const text = given.text.replace(/\s+/gu, ' ').trim();
  const own = Object.values(local).filter((each) => each.team === team && !each.isRetired);
  if (text === '') return refuse('text-missing', 'Enter the statement, like “The room is easy to get into”.', '/text');
  if (text.length > LONGEST_STATEMENT)
    return refuse('text-long', `Use ${LONGEST_STATEMENT} letters or fewer. One idea in one short sentence.`, '/text');
  if (own.some((each) => each.text.toLowerCase() === text.toLowerCase()))
    return refuse('statement-same', 'Your team asks this already.', '/text');
  if (own.length >= MOST_LOCAL)
    return refuse('too-many', `A team asks at most ${MOST_LOCAL} statements of its own. Stop asking one first.`, '/text'); // prettier-ignore
  const statement = `${authority}.L${Object.keys(local).length + 1}`;
  return [{ type: 'LocalStatementAdded', data: { team, statement, text, language: given.language ?? 'en' } }];
};

export const retireLocal = ({ local }: Asking, team: string, statement: string): Decided<StatementEvent> => {
  const known = local[statement];
  if (known?.team !== team) return missing('statement');
  return known.isRetired ? [] : [{ type: 'LocalStatementRetired', data: { statement } }];
};
