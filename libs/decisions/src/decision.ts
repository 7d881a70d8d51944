import { inNewHands } from '#authorities/handover';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { Effect } from '#kernel/codes';
import type { About } from '#kernel/event';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import { checkDecision, type NewDecision } from './check-decision.js';

export type { NewDecision } from './check-decision.js';
import type { DecisionEvent } from './decision.events.js';

export interface Decision {
  readonly exists: boolean;
  readonly about: About;
  /** Views it answers now, with what each did. */
  readonly links: Readonly<Record<string, Effect | 'not-said'>>;
  readonly reviews: Readonly<Record<string, 'open' | 'answered'>>;
  readonly supersededBy?: string;
  /** Somebody else decides. */
  readonly isPassedOn: boolean;
}

export const decision: Aggregate<Decision, DecisionEvent> = {
  category: 'decision',
  initial: { exists: false, about: {}, links: {}, reviews: {}, isPassedOn: false },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'DecisionMade': {
        const { authority, team, answer } = event.data;
        const isPassedOn = answer === 'passed-on';
        return { ...state, exists: true, isPassedOn, about: { authority, ...(team && { team }) } };
      }
      case 'PassedToSuccessor':
        return inNewHands(state, event.data);
      case 'DecisionLinkedToContribution':
        return { ...state, links: { ...state.links, [event.data.contribution]: event.data.effect ?? 'not-said' } };
      case 'DecisionUnlinked': {
        const { [event.data.contribution]: _gone, ...links } = state.links;
        return { ...state, links };
      }
      case 'DecisionReviewRequested':
        return { ...state, reviews: { ...state.reviews, [event.data.request]: 'open' } };
      case 'DecisionReviewAnswered':
        return { ...state, reviews: { ...state.reviews, [event.data.request]: 'answered' } };
      case 'DecisionSuperseded':
        return { ...state, supersededBy: event.data.by };
      case 'DecisionReopened':
      case 'DecisionReferred':
      case 'DecisionReferralAnswered':
        return state;
    }
    return state;
  },
};

/** Records a decision with everything that must be said. `imported`: what the source does not say stays missing and is shown as a gap. */
export const recordDecision = (
  state: Decision,
  id: string,
  given: NewDecision,
  today: string,
  imported = false,
): Decided<DecisionEvent> => {
  if (state.exists) return refuse('already-recorded', 'This decision is already recorded. We did not record it twice.');
  if (!imported) {
    const problems = checkDecision(given, today);
    if (problems) return problems;
  }
  const seal = (words: string) => personal(id, words);
  const {
    reason,
    statement,
    whichPart,
    easyText,
    sourceStatus,
    alternatives = [],
    interests = [],
    answers = [],
    ...rest
  } = given;
  return [
    {
      type: 'DecisionMade',
      data: {
        ...rest,
        statement: seal(statement),
        alternatives: alternatives.map(({ what, why }) => ({ what: seal(what), ...(why && { why: seal(why) }) })),
        interests: interests.map(({ role, interest }) => ({ role, interest: seal(interest) })),
        ...(reason && {
          reason: {
            codes: reason.codes,
            ...(reason.words && { words: seal(reason.words) }),
            ...(reason.source && { source: reason.source }),
          },
        }),
        ...(whichPart && { whichPart: seal(whichPart) }),
        ...(easyText && { easyText: seal(easyText) }),
        ...(sourceStatus && { sourceStatus: seal(sourceStatus) }),
      },
    },
    ...answers.map(({ contribution, effect, why }) => ({
      type: 'DecisionLinkedToContribution' as const,
      data: {
        contribution,
        ...(effect && { effect }),
        ...(why && { why: seal(why) }),
        ...(given.meeting && { meeting: given.meeting }),
      },
    })),
    ...(given.passedTo && !imported
      ? [{ type: 'DecisionReferred' as const, data: { to: given.passedTo, on: today } }]
      : []),
  ];
};

/** A link is a dated fact. The same again is nothing; another effect takes the old link back and says why. */
export const linkContribution = (
  state: Decision,
  id: string,
  link: { readonly contribution: string; readonly effect?: Effect; readonly why?: string; readonly meeting?: string },
): Decided<DecisionEvent> => {
  if (!state.exists) return missing('decision');
  const now = state.links[link.contribution];
  if (now === (link.effect ?? 'not-said')) return [];
  const { why, ...rest } = link;
  const linked: DecisionEvent = {
    type: 'DecisionLinkedToContribution',
    data: { ...rest, ...(why && { why: personal(id, why) }) },
  };
  if (now === undefined) return [linked];
  if (!why?.trim()) return refuse('why-missing', 'Say why the effect of this view is another one now.', '/why');
  return [{ type: 'DecisionUnlinked', data: { contribution: link.contribution, why: personal(id, why) } }, linked];
};

export const unlinkContribution = (
  state: Decision,
  id: string,
  link: { contribution: string; why?: string; meeting?: string },
): Decided<DecisionEvent> => {
  if (!state.exists) return missing('decision');
  if (state.links[link.contribution] === undefined)
    return refuse('not-linked', 'This view is not linked to this decision.', '/contribution');
  if (!link.why?.trim()) return refuse('why-missing', 'Say why this link is taken back.', '/why');
  return [
    {
      type: 'DecisionUnlinked',
      data: {
        contribution: link.contribution,
        why: personal(id, link.why),
        ...(link.meeting && { meeting: link.meeting }),
      },
    },
  ];
};

export const supersede = (state: Decision, id: string, given: { by: string; why?: string }): Decided<DecisionEvent> => {
  if (!state.exists) return missing('decision');
  if (given.by === id) return refuse('supersedes-itself', 'A decision cannot replace itself.', '/by');
  if (state.supersededBy === given.by) return [];
  if (state.supersededBy)
    return refuse('already-superseded', 'Another decision replaced this one already. Replace that one instead.', '/by');
  return [{ type: 'DecisionSuperseded', data: { by: given.by, ...(given.why && { why: personal(id, given.why) }) } }];
};

export const reopen = (state: Decision, id: string, given: { status: string; why?: string }): Decided<DecisionEvent> =>
  state.exists
    ? [{ type: 'DecisionReopened', data: { status: given.status, ...(given.why && { why: personal(id, given.why) }) } }]
    : missing('decision');

export const requestReview = (
  state: Decision,
  given: { request: string; contribution?: string; why?: string; subject?: string },
  id: string,
): Decided<DecisionEvent> => {
  if (!state.exists) return missing('decision');
  if (given.contribution && state.links[given.contribution] === undefined)
    return refuse('not-linked', 'This decision does not answer that view.', '/contribution');
  const { why, subject, ...rest } = given;
  return [
    {
      type: 'DecisionReviewRequested',
      data: { ...rest, ...(why?.trim() && { why: personal(subject ?? id, why, given.contribution) }) },
    },
  ];
};

export const answerReview = (
  state: Decision,
  id: string,
  given: { request: string; words: string; changed: boolean },
): Decided<DecisionEvent> => {
  if (!state.reviews[given.request]) return missing('request');
  if (state.reviews[given.request] === 'answered')
    return refuse('already-answered', 'This was answered already. Your words were not saved twice.');
  if (given.words.trim() === '') return refuse('answer-missing', 'Enter what you told the person.', '/words');
  return [
    {
      type: 'DecisionReviewAnswered',
      data: { request: given.request, words: personal(id, given.words), changed: given.changed },
    },
  ];
};

/** What the body said that somebody was passed on to. More than one word may come. */
export const answerReferral = (
  state: Decision,
  id: string,
  given: { to: string; words: string },
): Decided<DecisionEvent> => {
  if (!state.exists) return missing('decision');
  if (!state.isPassedOn) return refuse('not-passed-on', 'The team decided this itself. Nobody else answers it.');
  return [{ type: 'DecisionReferralAnswered', data: { to: given.to, words: personal(id, given.words) } }];
};
