import type { Decided } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import type { Meeting } from './meeting.js';
import type { MeetingEvent } from './meeting.events.js';
import type { ItemKind } from './outcomes.js';

/** An item that its own stream refused: recorded, so that it is shown as a gap and not forgotten. */
export const markNotApplied = (
  state: Meeting,
  given: { ref: string; kind: ItemKind; item: string; code: string; message: string },
): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  if (state.recordedBy === undefined) return refuse('not-recorded', 'Nothing of this meeting was recorded yet.');
  return state.notApplied.includes(given.item) ? [] : [{ type: 'OutcomeNotApplied', data: given }];
};

/** Every item stands in its own stream or is marked as not applied: the whole meeting becomes visible. */
export const markApplied = (state: Meeting, items: number): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  if (state.recordedBy === undefined) return refuse('not-recorded', 'Nothing of this meeting was recorded yet.');
  return state.applied ? [] : [{ type: 'OutcomesApplied', data: { items } }];
};
