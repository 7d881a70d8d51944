import { followTo } from '#authorities/handover';
import { streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { ParticipantEvent } from './participant.events.js';

export const participantsProjection = projection<ParticipantEvent>({
  name: 'participants',
  version: 2,
  tables: `
    CREATE TABLE participant (id TEXT PRIMARY KEY, authority TEXT NOT NULL, attribution TEXT NOT NULL, language TEXT, registered_at TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX participant_by_authority ON participant (authority, position);`,
  on: {
    ParticipantRegistered: (rows, { stream, data, occurredAt, position }) =>
      rows.run(
        'INSERT INTO participant VALUES (?, ?, ?, ?, ?, ?)',
        streamId(stream),
        data.authority,
        data.attribution,
        data.language,
        occurredAt,
        position,
      ),
    PassedToSuccessor: followTo('participant'),
    ParticipantPreferenceChanged: (rows, { stream, data }) =>
      rows.run('UPDATE participant SET attribution = ? WHERE id = ?', data.attribution, streamId(stream)),
  },
});
