import { type Recorded, streamId } from '#kernel/event';
import { type Json, type Personal, sealedRef } from '#kernel/personal';
import type { ContributionEvent } from '#contributions/contribution.events';
import type { HandoverEvent } from '#authorities/handover.events';
import type { DecisionEvent } from '#decisions/decision.events';
import type { ServiceChangeEvent, TransferEvent } from '#lifecycle/lifecycle.events';
import type { ImportEvent } from '#import/apply/import.events';
import type { DiscussionEvent, MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';

type Seen = ContributionEvent | DecisionEvent | ServiceChangeEvent | DiscussionEvent | MeetingEvent | ImportEvent;
type Kind = 'contribution' | 'discussion' | 'decision' | 'serviceChange';

/**
 * The graph behind every chain: things (node), dated links between them (link: taken back, never deleted), and what
 * happened to each (step). `known_at` is when the record could have told: when it happened for imported history, when
 * it was written down otherwise. What a recorded meeting brings is known from its OutcomesApplied on, all at once; until
 * then `known_at` is NULL and `hidden_with` names the recording.
 */
export const chainProjection = projection<Seen>({
  name: 'chain',
  version: 6,
  tables: `
    CREATE TABLE node (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, authority TEXT, team TEXT, meeting TEXT, occurred_at TEXT NOT NULL, known_at TEXT, hidden_with TEXT) STRICT, WITHOUT ROWID;
    CREATE INDEX node_hidden ON node (hidden_with) WHERE hidden_with IS NOT NULL;
    CREATE TABLE link (
      from_id TEXT NOT NULL, to_id TEXT NOT NULL, kind TEXT NOT NULL, since TEXT NOT NULL, known_at TEXT, until TEXT, until_known_at TEXT,
      effect TEXT, why TEXT, unlinked_why TEXT, role TEXT NOT NULL, meeting TEXT, event_id TEXT NOT NULL, position TEXT NOT NULL, hidden_with TEXT) STRICT;
    CREATE INDEX link_hidden ON link (hidden_with) WHERE hidden_with IS NOT NULL;
    CREATE INDEX link_from ON link (from_id, position);
    CREATE INDEX link_to ON link (to_id, position);
    CREATE TABLE step (
      node TEXT NOT NULL, position TEXT NOT NULL, type TEXT NOT NULL, event_id TEXT NOT NULL, occurred_at TEXT NOT NULL, recorded_at TEXT NOT NULL,
      known_at TEXT, precision TEXT, role TEXT NOT NULL, words TEXT, facts TEXT NOT NULL, imported INTEGER NOT NULL, hidden_with TEXT,
      PRIMARY KEY (node, position)) STRICT, WITHOUT ROWID;
    CREATE INDEX step_hidden ON step (hidden_with) WHERE hidden_with IS NOT NULL;`,
  on: {
    ContributionReceived: (rows, event) => {
      add(rows, event, 'contribution', event.data.meeting);
      if (event.data.addsTo) link(rows, event, streamId(event.stream), event.data.addsTo, 'addsTo');
      step(rows, event, event.data.words);
    },
    ContributionReadBack: (rows, event) => step(rows, event),
    ContributionCorrected: (rows, event) => step(rows, event, event.data.words),
    ContributionConsidered: (rows, event) => {
      link(rows, event, streamId(event.stream), event.data.discussion, 'considered', event.data.meeting);
      step(rows, event);
    },
    ContributionWithdrawn: (rows, event) => step(rows, event, event.data.reason),
    AttributionChanged: (rows, event) => step(rows, event),
    PublicVersionGiven: (rows, event) => step(rows, event, event.data.words),
    ViewHeldBack: (rows, event) => step(rows, event, event.data.explanation),
    ViewReleased: (rows, event) => step(rows, event),
    RequestMade: (rows, event) => step(rows, event, event.data.note),
    RequestAnswered: (rows, event) => step(rows, event, event.data.answer),
    ReplySent: (rows, event) => step(rows, event, event.data.words),
    ReplyDelivered: (rows, event) => step(rows, event),
    ReplyFailed: (rows, event) => step(rows, event),
    ReplyReadAloud: (rows, event) => step(rows, event),
    DiscussionHeld: (rows, event) => {
      add(rows, event, 'discussion', event.data.meeting);
      for (const id of event.data.contributions)
        link(rows, event, id, streamId(event.stream), 'discussed', event.data.meeting);
      step(rows, event);
    },
    DecisionMade: (rows, event) => {
      add(rows, event, 'decision', event.data.meeting);
      if (event.data.discussion)
        link(rows, event, event.data.discussion, streamId(event.stream), 'decided', event.data.meeting);
      step(rows, event, event.data.statement);
    },
    DecisionLinkedToContribution: (rows, event) => {
      const { contribution, effect, why, meeting } = event.data;
      link(rows, event, contribution, streamId(event.stream), 'answered', meeting, effect, why);
      step(rows, event, why);
    },
    DecisionUnlinked: (rows, event) => {
      rows.run(
        `UPDATE link SET until = ?, until_known_at = ?, unlinked_why = ? WHERE from_id = ? AND to_id = ? AND kind = 'answered' AND until IS NULL`,
        event.occurredAt,
        knownAt(event),
        sealedRef(event.data.why),
        event.data.contribution,
        streamId(event.stream),
      );
      step(rows, event, event.data.why);
    },
    DecisionReferred: (rows, event) => step(rows, event),
    DecisionReferralAnswered: (rows, event) => step(rows, event, event.data.words),
    DecisionReviewRequested: (rows, event) => step(rows, event, event.data.why),
    DecisionReviewAnswered: (rows, event) => step(rows, event, event.data.words),
    DecisionSuperseded: (rows, event) => {
      link(rows, event, streamId(event.stream), event.data.by, 'superseded', undefined, undefined, event.data.why);
      step(rows, event, event.data.why);
    },
    DecisionReopened: (rows, event) => step(rows, event, event.data.why),
    ServiceChangePromised: (rows, event) => {
      add(rows, event, 'serviceChange', event.data.meeting);
      if (event.data.decision)
        link(rows, event, event.data.decision, streamId(event.stream), 'promised', event.data.meeting);
      step(rows, event, event.data.what);
    },
    ServiceChangeTransferred: (rows, event) => pass(rows, event),
    PassedToSuccessor: (rows, event) => pass(rows, event),
    OwnerAccepted: (rows, event) => step(rows, event),
    OwnerChanged: (rows, event) => step(rows, event, event.data.reason),
    PromiseReworded: (rows, event) => step(rows, event, event.data.what),
    ProgressReported: (rows, event) => step(rows, event, event.data.words),
    EvidenceAttached: (rows, event) => step(rows, event, event.data.title),
    DueDateChangeAsked: (rows, event) => step(rows, event, event.data.reason),
    DueDateChanged: (rows, event) => step(rows, event, event.data.reason),
    Paused: (rows, event) => step(rows, event, event.data.reason),
    Resumed: (rows, event) => step(rows, event),
    Dropped: (rows, event) => step(rows, event, event.data.reason),
    ReportedDone: (rows, event) => step(rows, event, event.data.words),
    VerdictGiven: (rows, event) => step(rows, event, event.data.comment),
    DoneConfirmed: (rows, event) => step(rows, event, event.data.words),
    DoneDisputed: (rows, event) => step(rows, event, event.data.words),
    Reopened: (rows, event) => step(rows, event, event.data.reason),
    ReminderSent: (rows, event) => step(rows, event),
    ReasonsAskedFor: (rows, event) => step(rows, event),
    ReasonsGiven: (rows, event) => step(rows, event, event.data.words),
    ClockStopped: (rows, event) => step(rows, event, event.data.words),
    ClockStarted: (rows, event) => step(rows, event),
    RepliesEnded: (rows, event) => step(rows, event, event.data.why),
    RepliesResumed: (rows, event) => step(rows, event),
    EffectObserved: (rows, event) => step(rows, event, event.data.what),
    RelationNoted: (rows, event) => {
      const { from, to, as } = event.data;
      // These two tie a chain together, whichever row of a source tells of them; all others stand beside it.
      const chained = as === 'made-at' ? 'decided' : as === 'follows-from' ? 'promised' : undefined;
      if (chained) link(rows, event, to, from, chained);
      else link(rows, event, from, to, as);
    },
    OutcomesApplied: (rows, { cause, recordedAt }) => {
      for (const table of ['node', 'link', 'step'])
        rows.run(
          `UPDATE ${table} SET known_at = ?, hidden_with = NULL WHERE hidden_with = ?`,
          recordedAt,
          cause.events[0],
        );
    },
  },
});

const knownAt = ({ about, occurredAt, recordedAt }: Recorded): string | undefined =>
  about.fanOut ? undefined : about.import === undefined ? recordedAt : occurredAt;

/** The recording of a meeting that this waits for: what the fan-out makes is caused by the item, then by the recording. */
const hiddenWith = ({ about, cause }: Recorded): string | undefined => (about.fanOut ? cause.events.at(-1) : undefined);

const add = (rows: Rows, event: Recorded, kind: Kind, meeting: string | undefined): void =>
  rows.run(
    'INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    streamId(event.stream),
    kind,
    event.about.authority,
    event.about.team,
    meeting,
    event.occurredAt,
    knownAt(event),
    hiddenWith(event),
  );

const link = (
  rows: Rows,
  event: Recorded,
  from: string,
  to: string,
  kind: string,
  meeting?: string,
  effect?: string,
  why?: Personal,
): void =>
  rows.run(
    'INSERT INTO link VALUES (?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL, ?, ?, ?, ?, ?)',
    from,
    to,
    kind,
    event.occurredAt,
    knownAt(event),
    effect,
    why && sealedRef(why),
    event.actor.role,
    meeting,
    event.id,
    event.position,
    hiddenWith(event),
  );

/** To a new council. Teams, people and meetings pass too, and are no things of a chain. */
const pass = (rows: Rows, event: Recorded<HandoverEvent | TransferEvent>): void => {
  if (!rows.get('SELECT 1 FROM node WHERE id = ?', streamId(event.stream))) return;
  rows.run('UPDATE node SET authority = ? WHERE id = ?', event.data.to, streamId(event.stream));
  step(rows, event);
};

const step = (rows: Rows, event: Recorded, words?: Personal<Json>): void => {
  // A commitment lives the same life, outside any chain of views.
  if (event.stream.startsWith('commitment-')) return;
  rows.run(
    'INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    streamId(event.stream),
    event.position,
    event.type,
    event.id,
    event.occurredAt,
    event.recordedAt,
    knownAt(event),
    event.about.precision,
    event.actor.role,
    words && sealedRef(words),
    JSON.stringify(event.data),
    event.about.import !== undefined,
    hiddenWith(event),
  );
};
