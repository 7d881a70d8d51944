import { followTo } from '#authorities/handover';
import { streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { MeetingEvent } from './meeting.events.js';
import type { ItemKind } from './outcomes.js';

/** One row per meeting, who was there by capacity, and every item it recorded, with the reason where one could not be applied. */
export const meetingsProjection = projection<MeetingEvent>({
  name: 'meetings',
  version: 2,
  tables: `
    CREATE TABLE meeting (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT NOT NULL, title TEXT NOT NULL, starts_at TEXT NOT NULL, place TEXT,
      openness TEXT, rung TEXT, decision_maker_present INTEGER, status TEXT NOT NULL,
      views INTEGER NOT NULL, discussions INTEGER NOT NULL, decisions INTEGER NOT NULL, promises INTEGER NOT NULL, not_applied INTEGER NOT NULL,
      called_at TEXT NOT NULL, opened_at TEXT, closed_at TEXT, recorded_at TEXT, recorded_by TEXT, recorded_role TEXT,
      applied_at TEXT, confirmed_at TEXT, confirmed_role TEXT, position TEXT NOT NULL) STRICT;
    CREATE INDEX meeting_by_start ON meeting (starts_at, id);
    CREATE INDEX meeting_by_authority ON meeting (authority, starts_at, id);
    CREATE INDEX meeting_by_team ON meeting (team, starts_at, id);
    CREATE INDEX meeting_unfinished ON meeting (recorded_at) WHERE recorded_at IS NOT NULL AND applied_at IS NULL;
    CREATE TABLE meeting_attendance (meeting TEXT NOT NULL, capacity TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (meeting, capacity)) STRICT;
    CREATE TABLE meeting_outcome (
      meeting TEXT NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL, place INTEGER NOT NULL,
      not_applied_code TEXT, not_applied_message TEXT, PRIMARY KEY (meeting, kind, item)) STRICT;
    CREATE INDEX meeting_outcome_in_order ON meeting_outcome (meeting, place);
    CREATE INDEX meeting_outcome_not_applied ON meeting_outcome (meeting) WHERE not_applied_code IS NOT NULL;`,
  on: {
    MeetingCalled: (rows, { stream, data, occurredAt, position }) =>
      rows.run(
        `INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, 'called', 0, 0, 0, 0, 0, ?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ?)`,
        streamId(stream), data.authority, data.team, data.title, data.startsAt, data.place, data.openness, occurredAt, position,
      ), // prettier-ignore
    PassedToSuccessor: followTo('meeting'),
    MeetingOpened: (rows, { stream, occurredAt }) => set(rows, stream, 'opened_at = ?', occurredAt),
    MeetingClosed: (rows, { stream, occurredAt }) => set(rows, stream, 'closed_at = ?', occurredAt),
    AttendanceRecorded: (rows, { stream, data }) => {
      for (const { capacity, count } of data.capacities)
        rows.run(
          'INSERT INTO meeting_attendance VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
          streamId(stream),
          capacity,
          count,
        );
      set(
        rows,
        stream,
        'openness = coalesce(?, openness), rung = ?, decision_maker_present = ?',
        data.openness,
        data.rung,
        data.decisionMakerPresent,
      );
    },
    ContributionNoted: (rows, { stream, data }) => outcome(rows, stream, 'contribution', data),
    DiscussionNoted: (rows, { stream, data }) => outcome(rows, stream, 'discussion', data),
    DecisionNoted: (rows, { stream, data }) => outcome(rows, stream, 'decision', data),
    ServiceChangeNoted: (rows, { stream, data }) => outcome(rows, stream, 'serviceChange', data),
    OutcomesRecorded: (rows, { stream, data, recordedAt, actor }) =>
      set(rows, stream, 'recorded_at = ?, recorded_by = ?, recorded_role = ?', recordedAt, data.by, actor.role),
    OutcomeNotApplied: (rows, { stream, data }) => {
      // A view given before the meeting has no row of its own here until it cannot be carried on.
      outcome(rows, stream, data.kind, data, 0);
      rows.run(
        'UPDATE meeting_outcome SET not_applied_code = ?, not_applied_message = ? WHERE meeting = ? AND kind = ? AND item = ?',
        data.code,
        data.message,
        streamId(stream),
        data.kind,
        data.item,
      );
      set(rows, stream, 'not_applied = not_applied + 1');
    },
    OutcomesApplied: (rows, { stream, recordedAt }) => set(rows, stream, 'applied_at = ?', recordedAt),
    OutcomesConfirmed: (rows, { stream, data, occurredAt }) =>
      set(rows, stream, 'confirmed_at = ?, confirmed_role = ?', occurredAt, data.role),
  },
});

/** Recorded but not applied stays in view whatever else happens: the rest of the meeting is hidden until then. */
const STATUS = `status = CASE
  WHEN recorded_at IS NOT NULL AND applied_at IS NULL THEN 'recorded' WHEN closed_at IS NOT NULL THEN 'closed'
  WHEN confirmed_at IS NOT NULL THEN 'confirmed' WHEN applied_at IS NOT NULL THEN 'applied'
  WHEN opened_at IS NOT NULL THEN 'open' ELSE 'called' END`;

const set = (rows: Rows, stream: string, columns: string, ...values: Parameters<Rows['run']>[1][]): void => {
  rows.run(`UPDATE meeting SET ${columns} WHERE id = ?`, ...values, streamId(stream));
  rows.run(`UPDATE meeting SET ${STATUS} WHERE id = ?`, streamId(stream));
};

const COUNTED = {
  contribution: 'views',
  discussion: 'discussions',
  decision: 'decisions',
  serviceChange: 'promises',
} as const;

const outcome = (
  rows: Rows,
  stream: string,
  kind: ItemKind,
  { item, ref }: { item: string; ref: string },
  counts = 1,
): void => {
  const id = streamId(stream);
  rows.run(
    `INSERT INTO meeting_outcome SELECT ?1, ?2, ?3, ?4, (SELECT count(*) FROM meeting_outcome WHERE meeting = ?1), NULL, NULL
     WHERE true ON CONFLICT DO NOTHING`,
    id,
    item,
    kind,
    ref,
  );
  if (counts > 0) rows.run(`UPDATE meeting SET ${COUNTED[kind]} = ${COUNTED[kind]} + 1 WHERE id = ?`, id);
};
