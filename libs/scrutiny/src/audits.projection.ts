import { followTo } from '#authorities/handover';
import { type Recorded, streamId } from '#kernel/event';
import { type Personal, sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { AuditEvent } from './audit.events.js';

/**
 * The work of scrutiny bodies: audits, samples, findings, recommendations and what was answered. Words are references.
 * `published`: of a finding, when its body decided so; of a recommendation, at once or with the finding it follows from.
 */
export const auditsProjection = projection<AuditEvent>({
  name: 'audits',
  version: 2,
  tables: `
    CREATE TABLE audit (
      id TEXT PRIMARY KEY, authority TEXT, title TEXT NOT NULL, body TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, closing TEXT,
      imported INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX audit_by_position ON audit (position);
    CREATE INDEX audit_by_authority ON audit (authority, position);
    CREATE TABLE audit_sample (
      id TEXT PRIMARY KEY, audit TEXT NOT NULL, method TEXT NOT NULL, seed TEXT NOT NULL, sampled TEXT NOT NULL, filter TEXT NOT NULL, asked INTEGER NOT NULL,
      population INTEGER NOT NULL, log_position TEXT NOT NULL, day TEXT NOT NULL, ids TEXT NOT NULL, drawn_at TEXT NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE INDEX audit_sample_of ON audit_sample (audit, position);
    CREATE TABLE audit_finding (
      id TEXT PRIMARY KEY, audit TEXT NOT NULL, about TEXT NOT NULL, thing TEXT NOT NULL, authority TEXT NOT NULL, found TEXT NOT NULL, reason TEXT NOT NULL,
      next_check TEXT, found_at TEXT NOT NULL, published_at TEXT, result TEXT, decided_by TEXT, position TEXT NOT NULL) STRICT;
    CREATE INDEX audit_finding_of ON audit_finding (audit, position);
    CREATE INDEX audit_finding_about ON audit_finding (thing, position);
    CREATE TABLE recommendation (
      id TEXT PRIMARY KEY, audit TEXT NOT NULL, finding TEXT, about TEXT, thing TEXT, authority TEXT NOT NULL, to_body TEXT, what TEXT NOT NULL, due TEXT,
      reference TEXT, origin TEXT, area TEXT, executive_date TEXT, lead TEXT, source_status TEXT, made_at TEXT NOT NULL, precision TEXT, imported INTEGER NOT NULL,
      published INTEGER NOT NULL, answered_at TEXT, answer TEXT, action TEXT, overdue_at TEXT, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX recommendation_by_position ON recommendation (position);
    CREATE INDEX recommendation_by_authority ON recommendation (authority, position);
    CREATE INDEX recommendation_of ON recommendation (audit, position);
    CREATE INDEX recommendation_about ON recommendation (thing, position);
    CREATE INDEX recommendation_after ON recommendation (finding) WHERE finding IS NOT NULL;
    CREATE INDEX recommendation_waiting ON recommendation (due) WHERE answered_at IS NULL AND overdue_at IS NULL;
    CREATE TABLE recommendation_response (
      recommendation TEXT NOT NULL, position TEXT NOT NULL, answer TEXT, words TEXT, by_role TEXT NOT NULL, action TEXT, executive_date TEXT, lead TEXT,
      after_due INTEGER NOT NULL, responded_at TEXT NOT NULL, PRIMARY KEY (recommendation, position)) STRICT, WITHOUT ROWID;`,
  on: {
    AuditOpened: (rows, { stream, data, occurredAt, position, about }) =>
      rows.run(
        'INSERT INTO audit VALUES (?, ?, ?, ?, ?, NULL, NULL, ?, ?)',
        streamId(stream), data.authority, sealedRef(data.title), sealedRef(data.body), occurredAt, about.import !== undefined, position,
      ), // prettier-ignore
    PassedToSuccessor: (rows, event) => {
      const { recommendation, to } = event.data;
      if (recommendation === undefined) followTo('audit')(rows, event);
      else rows.run('UPDATE recommendation SET authority = ? WHERE id = ?', to, recommendation);
    },
    AuditClosed: (rows, { stream, data, occurredAt }) =>
      rows.run(
        'UPDATE audit SET closed_at = ?, closing = ? WHERE id = ?',
        occurredAt,
        ref(data.words),
        streamId(stream),
      ),
    SampleDrawn: (rows, { stream, data, occurredAt, position }) =>
      rows.run(
        'INSERT INTO audit_sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        data.sample, streamId(stream), data.method, data.seed, data.of, JSON.stringify(data.filter), data.asked,
        data.population, data.position, data.day, JSON.stringify(data.ids), occurredAt, position,
      ), // prettier-ignore
    AuditFinding: (rows, { stream, data, occurredAt, position }) =>
      rows.run(
        'INSERT INTO audit_finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)',
        data.finding, streamId(stream), data.about, data.thing, data.authority, sealedRef(data.found), sealedRef(data.reason),
        data.nextCheck, occurredAt, position,
      ), // prettier-ignore
    FindingPublished: (rows, { data, occurredAt }) => {
      rows.run(
        'UPDATE audit_finding SET published_at = ?, result = ?, decided_by = ? WHERE id = ?',
        occurredAt,
        data.found,
        sealedRef(data.decidedBy),
        data.finding,
      );
      rows.run('UPDATE recommendation SET published = 1 WHERE finding = ?', data.finding);
    },
    RecommendationMade: (rows, event) => addRecommendation(rows, event),
    ResponseReceived: (rows, { data, occurredAt, position }) => {
      rows.run(
        'INSERT INTO recommendation_response VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        data.recommendation, position, data.answer, ref(data.words), data.byRole, ref(data.action), data.executiveDate, ref(data.lead),
        data.afterDue ?? false, occurredAt,
      ); // prettier-ignore
      rows.run(
        `UPDATE recommendation SET answered_at = coalesce(answered_at, ?), answer = coalesce(?, answer), action = coalesce(?, action),
           executive_date = coalesce(?, executive_date), lead = coalesce(?, lead) WHERE id = ?`,
        occurredAt,
        data.answer,
        ref(data.action),
        data.executiveDate,
        ref(data.lead),
        data.recommendation,
      );
    },
    SourceStatusChanged: (rows, { data }) =>
      rows.run('UPDATE recommendation SET source_status = ? WHERE id = ?', sealedRef(data.status), data.recommendation),
    ResponseOverdue: (rows, { data, occurredAt }) =>
      rows.run('UPDATE recommendation SET overdue_at = ? WHERE id = ?', occurredAt, data.recommendation),
  },
});

const ref = (value: Personal | undefined): string | undefined => value && sealedRef(value);

type Made = Recorded<Extract<AuditEvent, { type: 'RecommendationMade' }>>;

const addRecommendation = (rows: Rows, { stream, data, occurredAt, about, position }: Made): void => {
  const finding = data.finding && rows.get<{ published_at: string | null }>('SELECT published_at FROM audit_finding WHERE id = ?', data.finding); // prettier-ignore
  const isPublished = !finding || finding.published_at !== null;
  rows.run(
    'INSERT INTO recommendation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, ?)',
    data.recommendation, streamId(stream), data.finding, data.about, data.thing, data.authority, ref(data.to), sealedRef(data.what), data.due,
    data.reference, ref(data.origin), ref(data.area), data.executiveDate, ref(data.lead), ref(data.sourceStatus), occurredAt, about.precision,
    about.import !== undefined, isPublished, position,
  ); // prettier-ignore
};
