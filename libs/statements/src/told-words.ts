import type { ShownAnswers, StatementResult, Trend } from './statements.queries.js';

export const FEW = 'too few people to show';

type AnswerName = keyof ShownAnswers['answers'];
/** What each answer is called after "said". */
export const SAID: readonly (readonly [AnswerName, string])[] = [
  ['yes', 'yes'],
  ['a-bit', 'a bit'],
  ['no', 'no'],
  ['not-sure', 'that they are not sure'],
  ['rather-not-say', 'that they do not want to say'],
];

/** `2026-H1` as people say it. */
export const halfWords = (half: string): string =>
  half.endsWith('1') ? `January to June ${half.slice(0, 4)}` : `July to December ${half.slice(0, 4)}`;

/** Whether anything at all can be told of these people. */
export const isTold = ({ total, answers }: ShownAnswers): boolean =>
  total !== null || SAID.some(([code]) => Boolean(answers[code]));

/** "About 15 of 30 people who answered said yes. Too few people said no to show the number." */
export const resultWords = (result: StatementResult): string[] => {
  if (result.state === 'open') return ['Answers of this half year are shown after it ends.'];
  if (result.state === 'not-asked') return ['Nobody has been asked.'];
  if (result.state === 'nobody-answered') return ['People were asked. Nobody answered.'];
  const { all } = result;
  return all && isTold(all) ? answerWords(all) : [`People were asked. The answers: ${FEW}.`];
};

export const answerWords = (shown: ShownAnswers): string[] => [
  ...SAID.map(([code, words]) => sentence(shown, code, words)),
  aside(shown),
];

/** The one sentence of a row: how many said yes. */
export const headline = (result: StatementResult): string => resultWords(result)[0] ?? '';

const sentence = ({ total, answers }: ShownAnswers, code: AnswerName, words: string): string => {
  const count = answers[code];
  if (count === null) return `How many said ${words}: ${FEW}.`;
  if (count === 0) return `Nobody said ${words}.`;
  return total === null
    ? `About ${count} people said ${words}.`
    : `About ${count} of ${total} people who answered said ${words}.`;
};

const aside = ({ answers }: ShownAnswers): string => {
  const count = answers['not-about-me'];
  if (count === null) return `How many said that this is not about them: ${FEW}.`;
  return count === 0
    ? 'Nobody said that this is not about them.'
    : `About ${count} more people said that this is not about them. They are not counted above.`;
};

const TRENDS: Readonly<Record<Trend, string>> = {
  'more-yes': 'More people said yes than in the half year before. Other people may have answered.',
  'fewer-yes': 'Fewer people said yes than in the half year before. Other people may have answered.',
  'about-the-same': 'About as many said yes as in the half year before. Other people may have answered.',
  'other-words': 'The words were changed since the half year before. So we do not compare.',
  unclear: 'We cannot say if it went up or down: there is too little to compare.',
};
export const trendWords = (trend: Trend): string => TRENDS[trend];
