import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { DiscussionEvent, MeetingEvent } from './meeting.events.js';

/** What was talked about, and which views were on the table. Points and disagreement are pointers to sealed words. */
export const discussionsProjection = projection<DiscussionEvent | Extract<MeetingEvent, { type: 'OutcomesApplied' }>>({
  name: 'discussions',
  version: 1,
  tables: `
    CREATE TABLE discussion (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, meeting TEXT, title TEXT NOT NULL, points TEXT NOT NULL, dissent TEXT NOT NULL,
      decide_by TEXT, reference TEXT, url TEXT, occurred_at TEXT NOT NULL, precision TEXT, recorded_at TEXT NOT NULL,
      imported INTEGER NOT NULL, applied INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX discussion_by_position ON discussion (position);
    CREATE INDEX discussion_by_meeting ON discussion (meeting, position);
    CREATE INDEX discussion_by_team ON discussion (team, position);
    CREATE TABLE discussion_contribution (discussion TEXT NOT NULL, contribution TEXT NOT NULL, PRIMARY KEY (discussion, contribution)) STRICT, WITHOUT ROWID;
    CREATE INDEX discussion_contribution_of ON discussion_contribution (contribution, discussion);`,
  on: {
    DiscussionHeld: (rows, { stream, data, about, occurredAt, recordedAt, position }) => {
      const id = streamId(stream);
      rows.run(
        'INSERT INTO discussion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        id, data.authority, data.team, data.meeting, data.title,
        JSON.stringify((data.points ?? []).map(sealedRef)), JSON.stringify((data.dissent ?? []).map(sealedRef)),
        data.decideBy, data.reference, data.url, occurredAt, about.precision, recordedAt,
        about.import !== undefined, about.fanOut !== true, position,
      ); // prettier-ignore
      for (const contribution of data.contributions)
        rows.run('INSERT INTO discussion_contribution VALUES (?, ?) ON CONFLICT DO NOTHING', id, contribution);
    },
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE discussion SET applied = 1 WHERE meeting = ?', streamId(stream)),
  },
});
