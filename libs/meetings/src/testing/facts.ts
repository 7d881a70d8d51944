import { outcomeId } from '../outcome-facts.js';
import type { OutcomeFacts } from '../outcomes.js';
import { ANN, EARLIER, idOf, MEETING } from './bodies.js';

export const KNOWN_DECISION = idOf('before');

/** What stands outside the meeting: one person, one view and one decision from before, nobody who asked not to be named. */
export const factsOf = (more: Partial<OutcomeFacts> = {}): OutcomeFacts => ({
  itemId: (kind, ref) => outcomeId(MEETING, kind, ref),
  known: new Set([ANN, EARLIER, KNOWN_DECISION]),
  withdrawn: new Set(),
  staff: new Map(),
  namesNotToShow: [],
  heldAt: '2026-11-23T10:00:00.000Z',
  today: '2026-11-23',
  ...more,
});
