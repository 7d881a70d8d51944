import { followTo } from '#authorities/handover';
import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { DecisionEvent } from './decision.events.js';

type Seen = DecisionEvent | Extract<MeetingEvent, { type: 'OutcomesApplied' }>;

/** One row per decision, with everything its page says; words as references. */
export const decisionsProjection = projection<Seen>({
  name: 'decisions',
  version: 2,
  tables: `
    CREATE TABLE decision (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, meeting TEXT, discussion TEXT, answer TEXT, statement TEXT NOT NULL,
      reason_codes TEXT, reason_words TEXT, reason_source TEXT, which_part TEXT, look_again TEXT, no_look_again INTEGER NOT NULL, passed_to TEXT,
      alternatives TEXT NOT NULL, interests TEXT NOT NULL, decided_by TEXT NOT NULL, dispensations TEXT, money TEXT, importance INTEGER, easy_text TEXT,
      vague_override TEXT, reference TEXT, url TEXT, superseded_by TEXT, reopened_at TEXT, referral_answered_at TEXT,
      occurred_at TEXT NOT NULL, precision TEXT, recorded_at TEXT NOT NULL, imported INTEGER NOT NULL, applied INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX decision_by_position ON decision (position);
    CREATE INDEX decision_by_authority ON decision (authority, position);
    CREATE INDEX decision_by_team ON decision (team, position);
    CREATE INDEX decision_by_answer ON decision (answer, position);
    CREATE INDEX decision_by_meeting ON decision (meeting);
    CREATE TABLE decision_review (
      request TEXT PRIMARY KEY, decision TEXT NOT NULL, contribution TEXT, why TEXT, asked_at TEXT NOT NULL, answer TEXT, changed INTEGER, answered_at TEXT) STRICT;
    CREATE INDEX decision_review_of ON decision_review (decision);`,
  on: {
    DecisionMade: (rows, { stream, data, about, occurredAt, recordedAt, position }) =>
      rows.run(
        `INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?, ?, ?, ?, ?, ?)`,
        streamId(stream), data.authority, data.team, data.meeting, data.discussion, data.answer, sealedRef(data.statement),
        data.reason && JSON.stringify(data.reason.codes), data.reason?.words && sealedRef(data.reason.words), data.reason?.source,
        data.whichPart && sealedRef(data.whichPart), data.lookAgain, data.noLookAgain ?? false, data.passedTo,
        JSON.stringify(data.alternatives.map(({ what, why }) => ({ what: sealedRef(what), why: why && sealedRef(why) }))),
        JSON.stringify(data.interests.map(({ role, interest }) => ({ role, interest: sealedRef(interest) }))),
        JSON.stringify(data.decidedBy), data.dispensations && JSON.stringify(data.dispensations), data.money, data.importance,
        data.easyText && sealedRef(data.easyText), data.vagueOverride, data.reference, data.url,
        occurredAt, about.precision, recordedAt, about.import !== undefined, about.fanOut !== true, position,
      ), // prettier-ignore
    PassedToSuccessor: followTo('decision'),
    DecisionSuperseded: (rows, { stream, data }) =>
      rows.run('UPDATE decision SET superseded_by = ? WHERE id = ?', data.by, streamId(stream)),
    DecisionReopened: (rows, { stream, occurredAt }) =>
      rows.run('UPDATE decision SET reopened_at = ? WHERE id = ?', occurredAt, streamId(stream)),
    DecisionReferralAnswered: (rows, { stream, occurredAt }) =>
      rows.run('UPDATE decision SET referral_answered_at = ? WHERE id = ?', occurredAt, streamId(stream)),
    DecisionReviewRequested: (rows, { stream, data, occurredAt }) =>
      rows.run(
        'INSERT INTO decision_review (request, decision, contribution, why, asked_at) VALUES (?, ?, ?, ?, ?)',
        data.request, streamId(stream), data.contribution, data.why && sealedRef(data.why), occurredAt,
      ), // prettier-ignore
    DecisionReviewAnswered: (rows, { data, occurredAt }) =>
      rows.run(
        'UPDATE decision_review SET answer = ?, changed = ?, answered_at = ? WHERE request = ?',
        sealedRef(data.words),
        data.changed,
        occurredAt,
        data.request,
      ),
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE decision SET applied = 1 WHERE meeting = ?', streamId(stream)),
  },
});
