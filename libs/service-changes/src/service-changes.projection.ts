import { streamId } from '#kernel/event';
import type { ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import { addPromise, PROMISE_COLUMNS, promiseHandlers } from '#lifecycle/promise-rows';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';

type Seen = ServiceChangeEvent | Extract<MeetingEvent, { type: 'OutcomesApplied' }>;

/** One row per promise: owner, date, state, proof, for lists and for the gaps. The story of each is in the chain. */
export const serviceChangesProjection = projection<Seen>({
  name: 'service-changes',
  version: 4,
  tables: `
    CREATE TABLE service_change (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, meeting TEXT, decision TEXT,${PROMISE_COLUMNS},
      applied INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX service_change_by_position ON service_change (position);
    CREATE INDEX service_change_by_authority ON service_change (authority, position);
    CREATE INDEX service_change_by_team ON service_change (team, position);
    CREATE INDEX service_change_by_state ON service_change (state, due);
    CREATE INDEX service_change_by_owner ON service_change (owner_person, position);
    CREATE INDEX service_change_by_decision ON service_change (decision);
    CREATE INDEX service_change_by_meeting ON service_change (meeting);`,
  on: {
    ServiceChangePromised: (rows, event) => {
      const { authority, team, meeting, decision } = event.data;
      const own = {
        authority,
        team,
        meeting,
        decision,
        applied: event.about.fanOut !== true,
        position: event.position,
      };
      addPromise(rows, 'service_change', event, own);
    },
    ...promiseHandlers('service_change'),
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE service_change SET applied = 1 WHERE meeting = ?', streamId(stream)),
  },
});
