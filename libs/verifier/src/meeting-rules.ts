import type { Rules } from './domain-rules.js';
import { names, namesEach } from './rule.js';

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
  'contribution-considered.v1': {
    demands: [names('discussion', 'discussion', 'a discussion'), names('meeting', 'meeting', 'a meeting')],
  },
  'discussion-held.v1': {
    demands: [names('meeting', 'meeting', 'a meeting'), namesEach('contribution', 'contributions', 'a view')],
  },
  'contribution-received.v1': {
    demands: [names('meeting', 'meeting', 'a meeting'), names('contribution', 'addsTo', 'an earlier view')],
  },
};
