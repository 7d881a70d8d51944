import { streamId } from '#kernel/event';
import { projection } from '#projections/projection';
import type { DataSubjectEvent } from './data-subject.events.js';

/** What was done about whose data: that, when, by which role and on what ground; never what was said. */
export const dataSubjectsProjection = projection<DataSubjectEvent>({
  name: 'data-subjects',
  version: 1,
  tables: `
    CREATE TABLE data_subject_step (
      position TEXT PRIMARY KEY, person TEXT NOT NULL, subject TEXT NOT NULL, authority TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('erasure', 'hold', 'restriction')), id TEXT NOT NULL, ground TEXT NOT NULL,
      by_role TEXT NOT NULL, at TEXT NOT NULL, ended_at TEXT, stores TEXT) STRICT;
    CREATE INDEX data_subject_step_of ON data_subject_step (person);
    CREATE INDEX data_subject_step_id ON data_subject_step (id);`,
  on: {
    LegalHoldPlaced: (rows, { stream, data, actor, occurredAt, position }) =>
      rows.run(INSERT, position, streamId(stream), data.subject, data.authority, 'hold', data.hold, data.ground, actor.role, occurredAt), // prettier-ignore
    LegalHoldLifted: (rows, { data, occurredAt }) => rows.run(END, occurredAt, data.hold),
    UseRestricted: (rows, { stream, data, actor, occurredAt, position }) =>
      rows.run(INSERT, position, streamId(stream), data.subject, data.authority, 'restriction', data.restriction, data.ground, actor.role, occurredAt), // prettier-ignore
    RestrictionLifted: (rows, { data, occurredAt }) => rows.run(END, occurredAt, data.restriction),
    SubjectErasureRequested: (rows, { stream, data, occurredAt, position }) =>
      rows.run(INSERT, position, streamId(stream), data.subject, data.authority, 'erasure', data.erasure, data.basis, data.authorisedBy, occurredAt), // prettier-ignore
    SubjectErased: (rows, { stream, data, occurredAt }) => {
      rows.run(END, occurredAt, data.erasure);
      rows.run(
        "UPDATE data_subject_step SET ended_at = ? WHERE person = ? AND kind = 'restriction' AND ended_at IS NULL",
        occurredAt,
        streamId(stream),
      );
      if (data.stores.length > 0)
        rows.run('UPDATE data_subject_step SET stores = ? WHERE id = ?', JSON.stringify(data.stores), data.erasure);
    },
  },
});

const INSERT = 'INSERT INTO data_subject_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)';
const END = 'UPDATE data_subject_step SET ended_at = ? WHERE id = ?';
