import { contribution, giveContribution } from '#contributions/contribution';
import { decisionProblems } from '#decisions/check-decision';
import type { Decided } from '#kernel/aggregate';
import type { DomainEvent } from '#kernel/event';
import { isOpen } from '#kernel/personal';
import { Refusal, Refusals } from '#kernel/refusal';
import { promiseProblems } from '#lifecycle/making';
import { discussion, holdDiscussion } from './discussion.js';
import type { Meeting } from './meeting.js';
import { noteOutcomes } from './noted.js';
import type { OutcomeFacts, OutcomesBody } from './outcomes.js';
import type { Outline } from './outline.js';
import { type HeldMeeting, type Reader, type Step, stepsOf } from './outcome-steps.js';

const open: Reader = (value) => {
  if (!isOpen(value)) throw new Error('a body has open words only');
  return value.open as never;
};

/**
 * Tries every command that the fan-out will send on a thing that is not there yet, by the rules of its own slice: what is
 * refused there is refused here, before anything is recorded, with the place in the body.
 */
export const checkItems = (
  { about }: Meeting,
  id: string,
  body: OutcomesBody,
  all: Outline,
  facts: OutcomeFacts,
): Refusal[] => {
  const at: HeldMeeting = {
    id,
    authority: about.authority ?? '',
    team: about.team ?? '',
    heldAt: facts.heldAt,
    cardOf: (view) => view,
  };
  // In the order in which they are noted: a ref that is used twice must not send a problem to the other place.
  const places = [...all.contributions, ...all.discussions, ...all.decisions, ...all.serviceChanges];
  return noteOutcomes(id, body, all, facts)
    .filter(({ type }) => type.endsWith('Noted'))
    .flatMap((event, index) =>
      stepsOf(event as never, at, open)
        .flatMap((step) => problemsOf(step, facts.today))
        .map(({ code, message, pointer }) => new Refusal(code, message, `${places[index]?.pointer ?? ''}${pointer}`)),
    );
};

const problemsOf = (step: Step, today: string): readonly Refusal[] => {
  switch (step.does) {
    case 'give':
      return refusalsOf(giveContribution(contribution.initial, step.to, step.body));
    case 'hold':
      return refusalsOf(holdDiscussion(discussion.initial, step.to, step.body));
    case 'decide':
      return decisionProblems(step.body, today);
    case 'promise':
      return promiseProblems(step.body, today);
    // Both ask only whether the view is there, which the refs have answered.
    case 'read-back':
    case 'consider':
      return [];
  }
};

const refusalsOf = (decided: Decided<DomainEvent>): readonly Refusal[] =>
  decided instanceof Refusals ? decided.all : decided instanceof Refusal ? [decided] : [];
