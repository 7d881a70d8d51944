import type { LifecycleState } from '#kernel/codes';
import { climb, neverReminded, type Reminded } from './ladder.js';
import type { LifecycleEvent } from './lifecycle.events.js';

/** What the rules of a promise need to know: the same for a service change and for a commitment of the pledge. */
export interface Promised {
  readonly state: LifecycleState;
  readonly accepted: boolean;
  readonly owner?: { readonly person: string; readonly role: string };
  /** Whoever promised it before: none of them can be the second pair of eyes. */
  readonly formerOwners: readonly string[];
  readonly due?: string;
  readonly moved: number;
  readonly proofs: number;
  readonly askedDates: readonly string[];
  readonly ladder: Reminded['ladder'];
  /** The state before a pause, or before a new council got it, to go back to. */
  readonly before: LifecycleState;
}

export const newlyPromised: Promised = {
  state: 'promised',
  accepted: false,
  formerOwners: [],
  moved: 0,
  proofs: 0,
  askedDates: [],
  ladder: neverReminded,
  before: 'promised',
};

/** States in which a promise that passes to a new council waits for somebody there to take it up. */
const WAITING: readonly LifecycleState[] = ['promised', 'under-way'];

/** Where a promise is, whoever has it: a new council goes on from where the old one was. */
export const stateBeneath = ({ state, before }: Pick<Promised, 'state' | 'before'>): LifecycleState =>
  state === 'transferred' ? before : state;

/** Folds any event of a promise's life; never throws. */
export const evolvePromise = <S extends Promised>(state: S, event: LifecycleEvent): S => {
  switch (event.type) {
    case 'OwnerAccepted':
      return { ...state, accepted: true, state: stateBeneath(state) };
    case 'OwnerChanged':
      return {
        ...state,
        owner: { person: event.data.new.person, role: event.data.new.role },
        formerOwners: [...state.formerOwners, ...(state.owner ? [state.owner.person] : [])],
        accepted: false,
      };
    case 'ProgressReported':
      return { ...state, state: stateBeneath(state) === 'promised' ? 'under-way' : stateBeneath(state) };
    case 'EvidenceAttached':
      return { ...state, proofs: state.proofs + 1 };
    case 'DueDateChangeAsked':
      return { ...state, askedDates: [...state.askedDates, event.data.request] };
    case 'DueDateChanged':
      return { ...state, due: event.data.new, moved: state.moved + 1, askedDates: [] };
    case 'Paused':
      return { ...state, state: 'paused', before: stateBeneath(state) };
    case 'Resumed':
      return {
        ...state,
        state: state.before === 'paused' ? 'promised' : state.before,
        ...(event.data.due && { due: event.data.due }),
      };
    case 'Dropped':
      return { ...state, state: 'dropped' };
    case 'ReportedDone':
      return { ...state, state: 'reported-done' };
    case 'DoneConfirmed':
      return { ...state, state: 'confirmed' };
    case 'DoneDisputed':
      return { ...state, state: 'disputed' };
    case 'Reopened':
      return { ...state, state: 'under-way', ...(event.data.due && { due: event.data.due }) };
    // Whoever accepted it worked for another council. What was paused, called done or disputed is so still.
    case 'CommitmentTransferred':
    case 'ServiceChangeTransferred':
      return WAITING.includes(state.state)
        ? { ...state, accepted: false, state: 'transferred', before: state.state }
        : { ...state, accepted: false };
    case 'ReminderSent':
    case 'ReasonsAskedFor':
    case 'ReasonsGiven':
      return { ...state, ladder: climb(state.ladder, event) };
    // A verdict stands beside the council's claim; it is DoneDisputed that changes the state.
    case 'VerdictGiven':
    case 'PromiseReworded':
    case 'EffectObserved':
      return state;
  }
  return state;
};
