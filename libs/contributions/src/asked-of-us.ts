import type { Decided } from '#kernel/aggregate';
import type { RequestKind } from '#kernel/codes';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import { type Contribution, subjectOf } from './contribution.js';
import type { ContributionEvent } from './contribution.events.js';

/** What a person asks of us about their view, and what we answered: it lands on one list of the team. */
export const makeRequest = (
  state: Contribution,
  id: string,
  asked: { request: string; kind: RequestKind; note?: string; contact?: string; subject?: string },
): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  const of = subjectOf(state, id);
  const { note, contact, ...rest } = asked;
  return [
    {
      type: 'RequestMade',
      data: {
        ...rest,
        ...(note?.trim() && { note: personal(of, note) }),
        ...(contact?.trim() && { contact: personal(of, contact) }),
      },
    },
  ];
};

export const answerRequest = (
  state: Contribution,
  id: string,
  given: { request: string; answer: string; by: string },
): Decided<ContributionEvent> => {
  if (!state.requests.includes(given.request)) return missing('request');
  if (!state.openRequests.includes(given.request))
    return refuse('already-answered', 'This was answered already. Your words were not saved twice.');
  if (given.answer.trim() === '') return refuse('answer-missing', 'Enter what you told the person.', '/answer');
  return [
    {
      type: 'RequestAnswered',
      data: { request: given.request, answer: personal(subjectOf(state, id), given.answer), by: given.by },
    },
  ];
};
