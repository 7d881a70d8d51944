import type { DataSubjectEvent } from '#erasure/data-subject.events';
import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import type { ContributionEvent } from './contribution.events.js';

/** The ledger of what is not shown: that, when, by which role and why. What was left out stands nowhere in it. */
export const redactionsProjection = projection<ContributionEvent | DataSubjectEvent>({
  name: 'redactions',
  version: 2,
  tables: `
    CREATE TABLE redaction (
      position TEXT PRIMARY KEY, kind TEXT NOT NULL, contribution TEXT, authority TEXT, team TEXT, reason TEXT,
      explanation TEXT, role TEXT NOT NULL, occurred_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX redaction_by_authority ON redaction (authority, position);
    CREATE INDEX redaction_by_team ON redaction (team, position);`,
  on: {
    PublicVersionGiven: (rows, event) => enter(rows, event, 'other-words', event.data.reason),
    ViewHeldBack: (rows, event) => {
      const { reason, explanation } = event.data;
      enter(rows, event, 'not-shown', reason, explanation && sealedRef(explanation));
    },
    ViewReleased: (rows, event) => enter(rows, event, 'shown-again'),
    UseRestricted: (rows, event) => enter(rows, event, 'moved-out', event.data.ground),
    // Very many keys take several events; the last of them says what was purged.
    SubjectErased: (rows, event) => {
      if (event.data.stores.length > 0) enter(rows, event, 'erased', event.data.basis);
    },
  },
});

const enter = (rows: Rows, event: Recorded, kind: string, reason?: string, explanation?: string): void =>
  rows.run(
    'INSERT INTO redaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    event.position,
    kind,
    // Who was erased or moved out is not said, not even by which view was theirs.
    kind === 'erased' || kind === 'moved-out' ? null : streamId(event.stream),
    event.about.authority,
    event.about.team,
    reason,
    explanation,
    event.actor.role,
    event.occurredAt,
  );
