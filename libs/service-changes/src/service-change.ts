import { inNewHands } from '#authorities/handover';
import type { HandedOver } from '#authorities/handover.events';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { Refusals, refuse } from '#kernel/refusal';
import { beginPromised, type PromiseTerms, promiseProblems, sealedTerms } from '#lifecycle/making';
import { evolvePromise, newlyPromised, type Promised } from '#lifecycle/lifecycle';
import type { ServiceChangeEvent } from '#lifecycle/lifecycle.events';

export interface ServiceChange extends Promised {
  readonly exists: boolean;
  readonly about: About;
  /** The decision it follows from: the views that it answers stand behind this promise. */
  readonly decision?: string;
}

export interface NewServiceChange extends PromiseTerms {
  readonly authority: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly decision?: string;
}

export const serviceChange: Aggregate<ServiceChange, ServiceChangeEvent> = {
  category: 'serviceChange',
  initial: { ...newlyPromised, exists: false, about: {} },
  about: (state) => state.about,
  evolve(state, event) {
    if (event.type === 'ServiceChangeTransferred') return inNewHands(evolvePromise(state, event), event.data);
    if (event.type !== 'ServiceChangePromised') return evolvePromise(state, event);
    const { authority, team, decision } = event.data;
    return {
      ...state,
      ...beginPromised(event.data),
      exists: true,
      about: { authority, ...(team && { team }) },
      ...(decision && { decision }),
    };
  },
};

/** `imported`: what the source does not say stays missing and is shown as a gap. */
export const promiseServiceChange = (
  state: ServiceChange,
  id: string,
  given: NewServiceChange,
  today: string,
  imported = false,
): Decided<ServiceChangeEvent> => {
  if (state.exists) return refuse('already-recorded', 'This promise is already recorded. We did not record it twice.');
  const problems = imported ? [] : promiseProblems(given, today);
  if (problems.length > 0) return new Refusals(problems);
  return [{ type: 'ServiceChangePromised', data: sealedTerms(id, given) }];
};

/** To a new council, once: see `passOn`. */
export const transferServiceChange = ({ about }: ServiceChange, given: HandedOver): Decided<ServiceChangeEvent> =>
  about.authority === given.from ? [{ type: 'ServiceChangeTransferred', data: given }] : [];
