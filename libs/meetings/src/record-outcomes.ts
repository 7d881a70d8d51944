import type { Decided } from '#kernel/aggregate';
import type { Actor } from '#kernel/event';
import { missing, type Refusal, Refusals, refuse } from '#kernel/refusal';
import { checkItems } from './check-items.js';
import { checkLengths, checkNames, checkRefs, namesConfirmedIn } from './check-outcomes.js';
import type { Meeting } from './meeting.js';
import type { MeetingEvent } from './meeting.events.js';
import { noteOutcomes } from './noted.js';
import type { OutcomeFacts, OutcomesBody } from './outcomes.js';
import { outline } from './outline.js';

/** What the body as a whole gets wrong, all of it at once, each with a JSON pointer into the body. */
export const checkOutcomes = (state: Meeting, id: string, body: OutcomesBody, facts: OutcomeFacts): Refusal[] => {
  const all = outline(body, facts);
  const isEmpty =
    all.contributions.length + all.earlier.length + all.decisions.length + all.serviceChanges.length === 0;
  return [
    ...(isEmpty
      ? [refuse('nothing-to-record', 'Add what people said or what was decided. Then record it.', '/discussions')]
      : []),
    ...body.attendance.flatMap(({ count }, index) =>
      count < 0 ? [refuse('count-wrong', 'Enter how many people: 0 or more.', `/attendance/${index}/count`)] : [],
    ),
    ...checkRefs(all, facts),
    ...checkLengths(body),
    ...checkItems(state, id, body, all, facts),
    ...checkNames(body, facts),
  ];
};

/** A meeting is recorded once, as a whole: everything or nothing. */
export const recordOutcomes = (
  state: Meeting,
  id: string,
  body: OutcomesBody,
  facts: OutcomeFacts,
  actor: Actor,
): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  if (state.recordedBy !== undefined)
    return refuse('already-recorded', 'This is already recorded. We did not record it twice.');
  const problems = checkOutcomes(state, id, body, facts);
  if (problems.length > 0) return new Refusals(problems);

  const all = outline(body, facts);
  const items = all.contributions.length + all.discussions.length + all.decisions.length + all.serviceChanges.length;
  const namesConfirmed = namesConfirmedIn(body, facts);
  return [
    ...noteOutcomes(id, body, all, facts),
    { type: 'OutcomesRecorded', data: { items, by: actor.ref, ...(namesConfirmed > 0 && { namesConfirmed }) } },
  ];
};
