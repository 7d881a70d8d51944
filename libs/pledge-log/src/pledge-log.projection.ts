import { type Recorded, streamId } from '#kernel/event';
import type { CommitmentEvent } from '#lifecycle/lifecycle.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';

/** Every event of every commitment, whole, with the moment from which it was known: what any day's log is told from. */
export const pledgeLogProjection = projection<CommitmentEvent>({
  name: 'pledge-log',
  version: 3,
  tables: `
    CREATE TABLE commitment_entry (
      position TEXT PRIMARY KEY, commitment TEXT NOT NULL, known_at TEXT NOT NULL, event TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX commitment_entry_of ON commitment_entry (commitment, position);`,
  on: {
    CommitmentMade: (rows, event) => enter(rows, event),
    CommitmentTransferred: (rows, event) => enter(rows, event),
    OwnerAccepted: (rows, event) => enter(rows, event),
    OwnerChanged: (rows, event) => enter(rows, event),
    PromiseReworded: (rows, event) => enter(rows, event),
    ProgressReported: (rows, event) => enter(rows, event),
    EvidenceAttached: (rows, event) => enter(rows, event),
    DueDateChangeAsked: (rows, event) => enter(rows, event),
    DueDateChanged: (rows, event) => enter(rows, event),
    Paused: (rows, event) => enter(rows, event),
    Resumed: (rows, event) => enter(rows, event),
    Dropped: (rows, event) => enter(rows, event),
    ReportedDone: (rows, event) => enter(rows, event),
    VerdictGiven: (rows, event) => enter(rows, event),
    DoneConfirmed: (rows, event) => enter(rows, event),
    DoneDisputed: (rows, event) => enter(rows, event),
    Reopened: (rows, event) => enter(rows, event),
    ReminderSent: (rows, event) => enter(rows, event),
    ReasonsAskedFor: (rows, event) => enter(rows, event),
    ReasonsGiven: (rows, event) => enter(rows, event),
    EffectObserved: (rows, event) => enter(rows, event),
    CommitmentLinkedToContribution: (rows, event) => enter(rows, event),
    CommitmentLinkedToDecision: (rows, event) => enter(rows, event),
    CommitmentUnlinked: (rows, event) => enter(rows, event),
    AlternativeConsidered: (rows, event) => enter(rows, event),
  },
});

/** What an import brings was known when it happened; everything else from when it was written down. */
export const knownAt = ({ about, occurredAt, recordedAt }: Recorded): string =>
  about.import === undefined ? recordedAt : occurredAt;

const enter = (rows: Rows, event: Recorded): void => {
  // Service changes live the same life; their story is told by the chain.
  if (!event.stream.startsWith('commitment-')) return;
  rows.run(
    'INSERT INTO commitment_entry VALUES (?, ?, ?, ?)',
    event.position,
    streamId(event.stream),
    knownAt(event),
    JSON.stringify(event),
  );
};
