import type { Rules } from './domain-rules.js';

/** See libs/meetings and libs/contributions. */
export const meetingRules: Rules = {
  'outcomes-recorded.v1': ({ entry: { data }, thing, breaks }) => {
    if (thing.recordedBy !== undefined) breaks('records the outcomes of a meeting for the second time');
    thing.recordedBy = data['by'];
  },
  'outcomes-applied.v1': ({ thing, breaks }) => {
    if (thing.recordedBy === undefined) breaks('applies outcomes that were never recorded');
  },
  'outcomes-confirmed.v1': ({ entry: { actor }, thing, breaks }) => {
    if (thing.recordedBy === undefined) breaks('confirms outcomes that were never recorded');
    else if (thing.recordedBy === actor.ref) breaks('is a confirmation by the person who recorded the outcomes');
  },
  'contribution-considered.v1': ({ namesMember }) => {
    namesMember('discussion', 'discussion', 'a discussion');
    namesMember('meeting', 'meeting', 'a meeting');
  },
  'discussion-held.v1': ({ entry, names, namesMember }) => {
    namesMember('meeting', 'meeting', 'a meeting');
    const { contributions } = entry.data;
    if (Array.isArray(contributions)) for (const id of contributions as unknown[]) names('contribution', id, 'a view');
  },
  'contribution-received.v1': ({ namesMember }) => {
    namesMember('meeting', 'meeting', 'a meeting');
    namesMember('contribution', 'addsTo', 'an earlier view');
  },
};
