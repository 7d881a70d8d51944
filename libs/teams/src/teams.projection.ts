import { followTo } from '#authorities/handover';
import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { TeamEvent } from './team.events.js';

export const teamsProjection = projection<TeamEvent>({
  name: 'teams',
  version: 3,
  tables: `
    CREATE TABLE team (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, name TEXT NOT NULL, stage TEXT NOT NULL, remit TEXT, rung TEXT, phone TEXT,
      co_chair_confirms INTEGER NOT NULL, chair TEXT, co_chair TEXT, formed_at TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX team_by_authority ON team (authority, position);
    CREATE UNIQUE INDEX team_by_position ON team (position);
    CREATE TABLE team_member (team TEXT NOT NULL, participant TEXT NOT NULL, capacity TEXT NOT NULL, joined_at TEXT NOT NULL, PRIMARY KEY (team, participant)) STRICT;
    CREATE TABLE team_leaver (position TEXT PRIMARY KEY, team TEXT NOT NULL, left_at TEXT NOT NULL, reason TEXT) STRICT;
    CREATE INDEX team_leaver_by_team ON team_leaver (team, position);
    CREATE INDEX team_member_by_participant ON team_member (participant);`,
  on: {
    TeamFormed: (rows, { stream, data, occurredAt, position }) =>
      rows.run(
        'INSERT INTO team VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)',
        streamId(stream),
        data.authority,
        data.name,
        data.stage,
        data.remit,
        data.rung,
        data.phone,
        data.coChairConfirms ?? false,
        occurredAt,
        position,
      ),
    PassedToSuccessor: followTo('team'),
    MemberJoined: (rows, { stream, data, occurredAt }) =>
      rows.run(
        'INSERT OR REPLACE INTO team_member VALUES (?, ?, ?, ?)',
        streamId(stream),
        data.participant,
        data.capacity,
        occurredAt,
      ),
    MemberLeft: (rows, { stream, data, occurredAt, position }) => {
      const reason = data.reason && sealedRef(data.reason);
      rows.run('INSERT INTO team_leaver VALUES (?, ?, ?, ?)', position, streamId(stream), occurredAt, reason);
      rows.run('DELETE FROM team_member WHERE team = ? AND participant = ?', streamId(stream), data.participant);
      rows.run('UPDATE team SET chair = NULL WHERE id = ? AND chair = ?', streamId(stream), data.participant);
      rows.run('UPDATE team SET co_chair = NULL WHERE id = ? AND co_chair = ?', streamId(stream), data.participant);
    },
    ChairAppointed: (rows, { stream, data }) =>
      rows.run('UPDATE team SET chair = ? WHERE id = ?', data.participant, streamId(stream)),
    CoChairAppointed: (rows, { stream, data }) =>
      rows.run('UPDATE team SET co_chair = ? WHERE id = ?', data.participant, streamId(stream)),
  },
});
