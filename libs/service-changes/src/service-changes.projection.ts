import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import type { LifecycleEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';

type Seen = ServiceChangeEvent | Extract<MeetingEvent, { type: 'OutcomesApplied' }>;

/** One row per promise: owner, date, state, proof, for lists and for the gaps. The story of each is in the chain. */
export const serviceChangesProjection = projection<Seen>({
  name: 'service-changes',
  version: 2,
  tables: `
    CREATE TABLE service_change (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, meeting TEXT, decision TEXT, what TEXT NOT NULL,
      owner_person TEXT, owner_name TEXT, owner_role TEXT, due TEXT, first_due TEXT, proof_wanted TEXT, checker_name TEXT, checker_role TEXT,
      state TEXT NOT NULL, state_before TEXT, accepted INTEGER NOT NULL DEFAULT 0, moved INTEGER NOT NULL DEFAULT 0, proofs INTEGER NOT NULL DEFAULT 0,
      look_again TEXT, asked_date TEXT, reference TEXT, promised_at TEXT NOT NULL, updated_at TEXT NOT NULL, imported INTEGER NOT NULL,
      applied INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX service_change_by_position ON service_change (position);
    CREATE INDEX service_change_by_authority ON service_change (authority, position);
    CREATE INDEX service_change_by_team ON service_change (team, position);
    CREATE INDEX service_change_by_state ON service_change (state, due);
    CREATE INDEX service_change_by_owner ON service_change (owner_person, position);
    CREATE INDEX service_change_by_decision ON service_change (decision);
    CREATE INDEX service_change_by_meeting ON service_change (meeting);`,
  on: {
    ServiceChangePromised: (rows, { stream, data, occurredAt, about, position }) =>
      rows.run(
        `INSERT INTO service_change (id, authority, team, meeting, decision, what, owner_person, owner_name, owner_role, due, first_due, proof_wanted,
           checker_name, checker_role, state, reference, promised_at, updated_at, imported, applied, position)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'promised', ?, ?, ?, ?, ?, ?)`,
        streamId(stream), data.authority, data.team, data.meeting, data.decision, sealedRef(data.what),
        data.owner?.person, data.owner && sealedRef(data.owner.name), data.owner?.role ?? data.ownerRole, data.due, data.due, data.proofWanted,
        data.checker?.name && sealedRef(data.checker.name), data.checker?.role,
        data.reference, occurredAt, occurredAt, about.import !== undefined, about.fanOut !== true, position,
      ), // prettier-ignore
    OwnerAccepted: (rows, event) => change(rows, event, 'accepted = 1'),
    OwnerChanged: (rows, event) =>
      change(
        rows,
        event,
        'owner_person = ?, owner_name = ?, owner_role = ?, accepted = 0',
        event.data.new.person,
        sealedRef(event.data.new.name),
        event.data.new.role,
      ),
    ProgressReported: (rows, event) =>
      change(rows, event, `state = CASE state WHEN 'promised' THEN 'under-way' ELSE state END`),
    EvidenceAttached: (rows, event) => change(rows, event, 'proofs = proofs + 1'),
    DueDateChangeAsked: (rows, event) => change(rows, event, 'asked_date = ?', event.data.to),
    DueDateChanged: (rows, event) =>
      change(rows, event, 'due = ?, moved = moved + 1, asked_date = NULL', event.data.new),
    Paused: (rows, event) =>
      change(rows, event, `state_before = state, state = 'paused', look_again = ?`, event.data.lookAgain),
    Resumed: (rows, event) =>
      change(
        rows,
        event,
        `state = coalesce(state_before, 'promised'), look_again = NULL, due = coalesce(?, due)`,
        event.data.due,
      ),
    Dropped: (rows, event) => change(rows, event, `state = 'dropped'`),
    ReportedDone: (rows, event) => change(rows, event, `state = 'reported-done'`),
    DoneConfirmed: (rows, event) => change(rows, event, `state = 'confirmed'`),
    DoneDisputed: (rows, event) => change(rows, event, `state = 'disputed'`),
    Reopened: (rows, event) =>
      change(rows, event, `state = 'under-way', due = coalesce(?, due), look_again = NULL`, event.data.due),
    VerdictGiven: (rows, event) => change(rows, event, 'proofs = proofs'),
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE service_change SET applied = 1 WHERE meeting = ?', streamId(stream)),
  },
});

const change = (
  rows: Rows,
  event: Recorded<LifecycleEvent>,
  set: string,
  ...values: readonly (string | undefined)[]
): void =>
  rows.run(
    `UPDATE service_change SET ${set}, updated_at = ? WHERE id = ?`,
    ...values,
    event.occurredAt,
    streamId(event.stream),
  );
