import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { isDay } from '#kernel/time';
import type { LifecycleEvent } from './lifecycle.events.js';
import type { Promised } from './lifecycle.js';
import { moveDate } from './promise-rules.js';

export interface Reopening {
  readonly reason: string;
  readonly due: string;
  readonly byRole: string;
  /** Whoever promised it asks the team for a date; stopping and beginning again is no way round that. */
  readonly byOwner: boolean;
}

/** Another date than before is a moved date, and counts and stands in the record as one. */
export const reopenPromise = (
  state: Promised,
  id: string,
  given: Reopening,
  today: string,
): Decided<LifecycleEvent> => {
  if (!['reported-done', 'confirmed', 'disputed', 'dropped', 'paused'].includes(state.state))
    return refuse('open', 'This promise is open already.');
  if (!given.reason.trim()) return refuse('reason-missing', 'Say why this is opened again.', '/reason');
  if (!isDay(given.due) || given.due < today)
    return refuse('date-past', 'The date must be today or after today.', '/due');
  const reopened: LifecycleEvent = { type: 'Reopened', data: { reason: personal(id, given.reason), due: given.due } };
  if (!state.due || state.due === given.due) return [reopened];
  if (given.byOwner)
    return refuse(
      'date-of-the-team',
      'Keep the date that it has. The team decides about a new one: ask for it.',
      '/due',
    );
  const agreedBy = `the ${given.byRole.replaceAll('-', ' ')}`;
  const moved = moveDate({ ...state, state: 'under-way' }, id, { ...given, agreedBy }, today);
  return Array.isArray(moved) ? [...(moved as readonly LifecycleEvent[]), reopened] : moved;
};
