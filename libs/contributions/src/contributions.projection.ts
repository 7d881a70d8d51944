import { followTo } from '#authorities/handover';
import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { ContributionEvent } from './contribution.events.js';
import type { MeetingEvent } from '#meetings/meeting.events';

/** One row per view: what lists filter on, and a pointer to its words. */
export const contributionsProjection = projection<
  ContributionEvent | Extract<MeetingEvent, { type: 'OutcomesApplied' }>
>({
  name: 'contributions',
  version: 3,
  tables: `
    CREATE TABLE contribution (
      id TEXT PRIMARY KEY, authority TEXT NOT NULL, team TEXT, participant TEXT, meeting TEXT, adds_to TEXT,
      channel TEXT NOT NULL, capacity TEXT NOT NULL, voice TEXT NOT NULL, attribution TEXT NOT NULL,
      group_size INTEGER, language TEXT, reference TEXT,
      words TEXT, public_words TEXT, media TEXT, helper TEXT, translation TEXT, translated_by TEXT, corrected_at TEXT, withdrawn_at TEXT,
      occurred_at TEXT NOT NULL, precision TEXT, recorded_at TEXT NOT NULL, imported INTEGER NOT NULL, may_publish INTEGER NOT NULL, published INTEGER NOT NULL,
      applied INTEGER NOT NULL, position TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX contribution_by_position ON contribution (position);
      CREATE INDEX contribution_by_authority ON contribution (authority, position);
    CREATE INDEX contribution_by_team ON contribution (team, position);
    CREATE INDEX contribution_by_meeting ON contribution (meeting, position);
    CREATE INDEX contribution_by_participant ON contribution (participant, position);
    CREATE INDEX contribution_by_reference ON contribution (reference);
    CREATE TABLE contribution_note (
      contribution TEXT NOT NULL, position TEXT NOT NULL, kind TEXT NOT NULL, words TEXT, occurred_at TEXT NOT NULL, recorded_at TEXT NOT NULL, role TEXT NOT NULL) STRICT;
    CREATE INDEX contribution_note_of ON contribution_note (contribution, position);`,
  on: {
    ContributionReceived: (rows, { stream, position, data, occurredAt, recordedAt, about }) => {
      // What was said at a meeting shows when the whole meeting stands: its outcomes appear together or not at all.
      rows.run(
        `INSERT INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?)`,
        streamId(stream), data.authority, data.team, data.participant, data.meeting, data.addsTo,
        data.channel, data.capacity, data.voice, data.attribution,
        data.groupSize, data.language, data.reference,
        data.words && sealedRef(data.words),
        data.media && JSON.stringify(data.media.map((each) => ({ kind: each.kind, description: sealedRef(each.description), file: each.file && sealedRef(each.file) }))),
        data.helper && sealedRef(data.helper),
        data.translation && sealedRef(data.translation.words), data.translation?.by,
        occurredAt, about.precision, recordedAt, about.import !== undefined, data.published !== false, data.published !== false && data.attribution !== 'hidden',
        about.fanOut !== true, position,
      ); // prettier-ignore
    },
    ContributionCorrected: (rows, event) => {
      const id = streamId(event.stream);
      const before = rows.get<{ words: string | null }>('SELECT words FROM contribution WHERE id = ?', id);
      note(rows, event, 'corrected-from', before?.words ?? undefined);
      rows.run(
        'UPDATE contribution SET words = ?, corrected_at = ? WHERE id = ?',
        sealedRef(event.data.words),
        event.occurredAt,
        id,
      );
    },
    PassedToSuccessor: followTo('contribution'),
    ContributionReadBack: (rows, event) => note(rows, event, event.data.agreed ? 'read-back' : 'read-back-disputed'),
    ContributionWithdrawn: (rows, event) => {
      note(rows, event, 'withdrawn', event.data.reason && sealedRef(event.data.reason));
      rows.run('UPDATE contribution SET withdrawn_at = ? WHERE id = ?', event.occurredAt, streamId(event.stream));
    },
    AttributionChanged: (rows, event) => {
      note(rows, event, 'attribution');
      rows.run(
        `UPDATE contribution SET attribution = ?1, published = may_publish AND ?1 <> 'hidden' WHERE id = ?2`,
        event.data.attribution,
        streamId(event.stream),
      );
    },
    // The giver and the team go on reading `words`; everyone else reads `public_words`.
    PublicVersionGiven: (rows, event) =>
      rows.run(
        `UPDATE contribution SET public_words = ?1, may_publish = 1, published = attribution <> 'hidden' WHERE id = ?2`,
        sealedRef(event.data.words),
        streamId(event.stream),
      ),
    ViewHeldBack: (rows, { stream }) =>
      rows.run('UPDATE contribution SET may_publish = 0, published = 0 WHERE id = ?', streamId(stream)),
    ViewReleased: (rows, { stream, data }) =>
      rows.run('UPDATE contribution SET may_publish = 1, published = ? WHERE id = ?', data.shown, streamId(stream)),
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE contribution SET applied = 1 WHERE meeting = ?', streamId(stream)),
  },
});

const note = (
  rows: Rows,
  event: { stream: string; position: string; occurredAt: string; recordedAt: string; actor: { role: string } },
  kind: string,
  words?: string,
): void =>
  rows.run(
    'INSERT INTO contribution_note VALUES (?, ?, ?, ?, ?, ?, ?)',
    streamId(event.stream),
    event.position,
    kind,
    words,
    event.occurredAt,
    event.recordedAt,
    event.actor.role,
  );
