import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { missing, type Refusal, refuse } from '#kernel/refusal';
import type {
  DataRequestChannel, DataRequestEvent, DataRequestKind, ExtensionReason, Outcome, PauseReason, RefusalGround,
} from './data-request.events.js'; // prettier-ignore
import type { Pause } from './month-clock.js';

export interface DataRequest {
  readonly exists: boolean;
  readonly about: About;
  readonly kind?: DataRequestKind;
  readonly receivedOn?: string;
  readonly isAcknowledged: boolean;
  readonly pauses: readonly Pause[];
  readonly isExtended: boolean;
  readonly isAnswered: boolean;
}

export const dataRequest: Aggregate<DataRequest, DataRequestEvent> = {
  category: 'dataRequest',
  initial: { exists: false, about: {}, isAcknowledged: false, pauses: [], isExtended: false, isAnswered: false },
  about: ({ about }) => about,
  evolve(state, event) {
    switch (event.type) {
      case 'DataRequestReceived': {
        const { authority, kind, receivedOn } = event.data;
        return { ...state, exists: true, about: { authority }, kind, receivedOn };
      }
      case 'DataRequestAcknowledged':
        return { ...state, isAcknowledged: true };
      case 'DataRequestPaused':
        return { ...state, pauses: [...state.pauses, { from: event.data.on }] };
      case 'DataRequestResumed':
        return { ...state, pauses: state.pauses.map((pause) => ({ to: event.data.on, ...pause })) };
      case 'DataRequestExtended':
        return { ...state, isExtended: true };
      case 'DataRequestMatched':
        return state;
      case 'DataRequestAnswered':
        return { ...state, isAnswered: true };
    }
    return state;
  },
};

export interface Received {
  readonly authority: string;
  readonly kind: DataRequestKind;
  readonly channel: DataRequestChannel;
  readonly receivedOn: string;
}

/** What can be done with a request that is open. */
export type DataRequestStep =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'pause'; readonly why: PauseReason }
  | { readonly do: 'resume' }
  | { readonly do: 'extend'; readonly why: ExtensionReason }
  | { readonly do: 'match' }
  | { readonly do: 'answer'; readonly outcome: Outcome; readonly ground?: RefusalGround };

export const receiveRequest = (state: DataRequest, given: Received, today: string): Decided<DataRequestEvent> => {
  if (state.exists) return [];
  if (given.receivedOn > today) return refuse('received-later', 'Enter a day that has been.', '/receivedOn');
  return [{ type: 'DataRequestReceived', data: given }];
};

const isPaused = ({ pauses }: DataRequest): boolean => pauses.some(({ to }) => to === undefined);

const closed = (state: DataRequest): Refusal | undefined =>
  !state.exists ? missing('request') : state.isAnswered ? refuse('answered-already', 'This request was answered.') : undefined; // prettier-ignore

export const takeDataRequestStep = (
  state: DataRequest,
  step: DataRequestStep,
  today: string,
): Decided<DataRequestEvent> => {
  const no = closed(state);
  if (no) return no;
  switch (step.do) {
    case 'acknowledge':
      return state.isAcknowledged ? [] : [{ type: 'DataRequestAcknowledged', data: { on: today } }];
    case 'pause':
      // The Act that stops the clock says nothing of complaints.
      if (state.kind === 'complaint') return refuse('complaint-goes-on', 'The clock of a complaint cannot be stopped.');
      return isPaused(state) ? [] : [{ type: 'DataRequestPaused', data: { why: step.why, on: today } }];
    case 'resume':
      return isPaused(state) ? [{ type: 'DataRequestResumed', data: { on: today } }] : [];
    case 'extend':
      if (state.kind === 'complaint')
        return refuse('complaint-goes-on', 'The time for a complaint cannot be extended.');
      return state.isExtended ? [] : [{ type: 'DataRequestExtended', data: { why: step.why } }];
    case 'match':
      return [{ type: 'DataRequestMatched', data: {} }];
    case 'answer':
      return answered(state, step.outcome, step.ground, today);
  }
};

const answered = (
  state: DataRequest,
  outcome: Outcome,
  ground: RefusalGround | undefined,
  today: string,
): Decided<DataRequestEvent> => {
  if (outcome !== 'done' && ground === undefined)
    return refuse('ground-missing', 'Choose why not, or why not all of it.', '/ground');
  const resumed: DataRequestEvent[] = isPaused(state) ? [{ type: 'DataRequestResumed', data: { on: today } }] : [];
  const data = { outcome, on: today, ...(outcome !== 'done' && ground && { ground }) };
  return [...resumed, { type: 'DataRequestAnswered', data }];
};
