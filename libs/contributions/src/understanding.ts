import type { Aggregate, Decided } from '#kernel/aggregate';
import type { Understanding } from '#kernel/codes';
import { personal } from '#kernel/personal';
import type { UnderstandingEvent } from './contribution.events.js';

/**
 * Answers about understanding, one stream per authority: counted, suppressed where few, never read one by one. There is
 * no rule to keep between answers, so there is no state. Asks about understanding, never about agreement.
 */
export const understandingAnswers: Aggregate<{ readonly authority: string }, UnderstandingEvent> = {
  category: 'understanding',
  initial: { authority: '' },
  about: () => ({}),
  evolve: (state) => state,
};

export const answerUnderstanding = (
  contribution: string,
  subject: string,
  given: { understood: Understanding; decision?: string; callBack: boolean },
): Decided<UnderstandingEvent> => [
  { type: 'UnderstandingAnswered', data: { answer: personal(subject, { contribution, ...given }, contribution) } },
];
