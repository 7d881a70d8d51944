import { inNewHands } from '#authorities/handover';
import type { HandedOver } from '#authorities/handover.events';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { Refusal, Refusals, refuse } from '#kernel/refusal';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import { evolvePromise, newlyPromised, type Promised } from '#lifecycle/lifecycle';
import { beginPromised, type PromiseTerms, promiseProblems, sealedTerms } from '#lifecycle/making';

/** A council's own promise under a part or a step of its pledge: the same life as a service change. */
export interface Commitment extends Promised {
  readonly exists: boolean;
  readonly about: About;
  /** Ids of the views and decisions that it is linked to now. */
  readonly tied: readonly string[];
}

export interface NewCommitment extends PromiseTerms {
  readonly authority: string;
  readonly team?: string;
  /** Code of the pledge, like `east-of-england`. */
  readonly pledge: string;
  /** Code of a part (P1a) or a step (I3) of it. */
  readonly part: string;
}

export const commitment: Aggregate<Commitment, CommitmentEvent> = {
  category: 'commitment',
  initial: { ...newlyPromised, exists: false, about: {}, tied: [] },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'CommitmentMade':
        break;
      case 'CommitmentLinkedToContribution':
        return { ...state, tied: [...state.tied, event.data.contribution] };
      case 'CommitmentLinkedToDecision':
        return { ...state, tied: [...state.tied, event.data.decision] };
      case 'CommitmentUnlinked': {
        const gone = event.data.contribution ?? event.data.decision;
        return { ...state, tied: state.tied.filter((each) => each !== gone) };
      }
      case 'AlternativeConsidered':
        return state;
      case 'CommitmentTransferred':
        return inNewHands(evolvePromise(state, event), event.data);
      default:
        return evolvePromise(state, event);
    }
    const { authority, team, pledge, part } = event.data;
    return {
      ...state,
      ...beginPromised(event.data),
      exists: true,
      about: { authority, ...(team && { team }), pledge: [pledge, part] },
    };
  },
};

/** `isPart`: the pledge that holds today has this part or step. What a source does not say stays missing (`imported`). */
export const makeCommitment = (
  state: Commitment,
  id: string,
  given: NewCommitment,
  {
    isPart,
    today,
    imported = false,
  }: { readonly isPart: boolean; readonly today: string; readonly imported?: boolean },
): Decided<CommitmentEvent> => {
  if (state.exists) return refuse('already-recorded', 'This promise is already recorded. We did not record it twice.');
  const problems = [...(isPart ? [] : [notInPledge(given.part)]), ...(imported ? [] : promiseProblems(given, today))];
  if (problems.length > 0) return new Refusals(problems);
  return [{ type: 'CommitmentMade', data: sealedTerms(id, given) }];
};

/** To a new council, once: see `passOn`. */
export const transferCommitment = ({ about }: Commitment, given: HandedOver): Decided<CommitmentEvent> =>
  about.authority === given.from ? [{ type: 'CommitmentTransferred', data: given }] : [];

const notInPledge = (part: string): Refusal =>
  part.trim()
    ? new Refusal('part-unknown', `The pledge has no part or step ${part}. Choose one of it, like P1a.`, '/pledgePart')
    : new Refusal('part-missing', 'Choose the part of the pledge that this is for.', '/pledgePart');
