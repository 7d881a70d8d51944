import type { ContributionEvent } from '#contributions/contribution.events';
import type { DecisionEvent } from '#decisions/decision.events';
import { type Recorded, streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import type { CommitmentEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { DiscussionEvent, MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { type Change, keep } from './gap-book.js';
import type { Facts } from './gap-rules.js';

type Seen = ContributionEvent | DecisionEvent | CommitmentEvent | ServiceChangeEvent | DiscussionEvent | MeetingEvent;

/**
 * What is missing, and from which day on: one row a gap, also for gaps that lie ahead (a promise is late from the day
 * after its date). Nothing here depends on today; who reads brings the day. What a meeting brings waits in
 * `gap_waiting` until all of it is applied.
 */
export const gapsProjection = projection<Seen>({
  name: 'gaps',
  version: 5,
  tables: `
    CREATE TABLE gap_thing (
      id TEXT PRIMARY KEY, thing TEXT NOT NULL, authority TEXT, team TEXT, words TEXT, title TEXT,
      may_show INTEGER NOT NULL, shown INTEGER NOT NULL, facts TEXT NOT NULL, measured TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE gap_tie (from_id TEXT NOT NULL, kind TEXT NOT NULL, to_id TEXT NOT NULL, PRIMARY KEY (from_id, kind, to_id)) STRICT, WITHOUT ROWID;
    CREATE INDEX gap_tie_to ON gap_tie (to_id, kind);
    CREATE TABLE gap (
      id TEXT NOT NULL, kind TEXT NOT NULL, from_day TEXT NOT NULL, authority TEXT, team TEXT, PRIMARY KEY (id, kind)) STRICT, WITHOUT ROWID;
    CREATE INDEX gap_by_day ON gap (kind, from_day, id);
    CREATE INDEX gap_by_authority ON gap (authority, kind, from_day, id);
    CREATE INDEX gap_by_team ON gap (team, kind, from_day, id);
    CREATE TABLE gap_measure (
      scope TEXT NOT NULL, measure TEXT NOT NULL, have INTEGER NOT NULL, missing INTEGER NOT NULL, unknown INTEGER NOT NULL,
      PRIMARY KEY (scope, measure)) STRICT, WITHOUT ROWID;
    CREATE TABLE gap_waiting (recording TEXT NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL, PRIMARY KEY (recording, n)) STRICT, WITHOUT ROWID;`,
  on: {
    ContributionReceived: (rows, event) => {
      const { words, published, attribution } = event.data;
      const shown = attribution !== 'hidden';
      make(rows, event, { thing: 'view', day: dayOf(event), imported: isImported(event) }, {
        words: words && sealedRef(words), mayShow: published !== false, shown: published !== false && shown,
      }); // prettier-ignore
    },
    ContributionCorrected: (rows, event) => change(rows, event, { op: 'words', words: sealedRef(event.data.words) }),
    AttributionChanged: (rows, event) =>
      change(rows, event, { op: 'show', shown: event.data.attribution !== 'hidden' }),
    PublicVersionGiven: (rows, event) => {
      change(rows, event, { op: 'words', words: sealedRef(event.data.words) });
      change(rows, event, { op: 'may-show', mayShow: true, shown: true });
    },
    ViewHeldBack: (rows, event) => change(rows, event, { op: 'may-show', mayShow: false, shown: false }),
    ViewReleased: (rows, event) => change(rows, event, { op: 'may-show', mayShow: true, shown: event.data.shown }),
    ContributionConsidered: (rows, event) =>
      change(rows, event, { op: 'tie', kind: 'discussed', to: event.data.discussion }),
    ContributionWithdrawn: (rows, event) => set(rows, event, { withdrawn: true }),
    ReplySent: (rows, event) => {
      // A greeting or a receipt is no answer: only what tells of a decision, or says when it comes.
      if (event.data.about ?? event.data.answerBy) change(rows, event, { op: 'replied', reply: event.id });
    },
    RepliesEnded: (rows, event) => set(rows, event, { repliesEnded: true }),
    RepliesResumed: (rows, event) => set(rows, event, { repliesEnded: false }),
    ReplyFailed: (rows, event) => change(rows, event, { op: 'reply-failed', reply: event.data.reply }),
    DiscussionHeld: (rows, event) => {
      const { title, decideBy, contributions, meeting } = event.data;
      make(rows, event, { thing: 'discussion', day: dayOf(event), decideBy, meeting }, { title });
      for (const view of contributions)
        change(rows, event, { op: 'tie', kind: 'discussed', to: streamId(event.stream) }, view);
    },
    DecisionMade: (rows, event) => {
      const { answer, reason, lookAgain, statement, discussion } = event.data;
      const facts = {
        answer,
        lookAgain,
        reasonInWords: reason?.words !== undefined,
        ...(reason?.source !== undefined && { reasonByCode: true }),
      };
      make(rows, event, { thing: 'decision', day: dayOf(event), imported: isImported(event), ...facts }, {
        words: sealedRef(statement),
      }); // prettier-ignore
      if (discussion) change(rows, event, { op: 'tie', kind: 'concluded', to: streamId(event.stream) }, discussion);
    },
    DecisionLinkedToContribution: (rows, event) =>
      change(rows, event, { op: 'tie', kind: 'decided', to: streamId(event.stream) }, event.data.contribution),
    DecisionUnlinked: (rows, event) =>
      change(rows, event, { op: 'untie', kind: 'decided', to: streamId(event.stream) }, event.data.contribution),
    DecisionReferralAnswered: (rows, event) => set(rows, event, { otherBodyAnswered: true }),
    DecisionReviewAnswered: (rows, event) => set(rows, event, { lookedAgain: true }),
    DecisionReopened: (rows, event) => set(rows, event, { lookedAgain: true }),
    DecisionSuperseded: (rows, event) => set(rows, event, { superseded: true, lookedAgain: true }),
    ServiceChangePromised: (rows, event) => {
      const { owner, due, what, decision } = event.data;
      const day = dayOf(event);
      make(rows, event, { thing: 'promise', day, since: day, state: 'promised', owner: owner !== undefined, due }, {
        words: sealedRef(what),
      }); // prettier-ignore
      if (decision) change(rows, event, { op: 'tie', kind: 'promised', to: streamId(event.stream) }, decision);
    },
    CommitmentMade: (rows, event) => {
      const { owner, due, what } = event.data;
      const day = dayOf(event);
      const facts = { day, since: day, state: 'promised', owner: owner !== undefined, due };
      make(rows, event, { thing: 'commitment', ...facts }, { words: sealedRef(what) });
    },
    PassedToSuccessor: (rows, event) => change(rows, event, { op: 'pass', authority: event.data.to }),
    ServiceChangeTransferred: (rows, event) => change(rows, event, { op: 'pass', authority: event.data.to }),
    CommitmentTransferred: (rows, event) => change(rows, event, { op: 'pass', authority: event.data.to }),
    PromiseReworded: (rows, event) => change(rows, event, { op: 'words', words: sealedRef(event.data.what) }),
    OwnerChanged: (rows, event) => set(rows, event, { owner: true }),
    ProgressReported: (rows, event) => {
      if (stateOf(rows, event) === 'promised') move(rows, event, 'under-way');
    },
    EvidenceAttached: (rows, event) => set(rows, event, { proof: true }),
    DueDateChanged: (rows, event) => set(rows, event, { due: event.data.new }),
    Paused: (rows, event) =>
      move(rows, event, 'paused', { stateBefore: stateOf(rows, event), pausedUntil: event.data.lookAgain }),
    Resumed: (rows, event) => {
      const { due } = event.data;
      move(rows, event, stateOf(rows, event, 'stateBefore') ?? 'promised', due ? { due } : {});
    },
    Dropped: (rows, event) => move(rows, event, 'dropped'),
    ReportedDone: (rows, event) => move(rows, event, 'reported-done'),
    DoneConfirmed: (rows, event) => move(rows, event, 'confirmed'),
    DoneDisputed: (rows, event) => move(rows, event, 'disputed'),
    Reopened: (rows, event) => move(rows, event, 'under-way', event.data.due ? { due: event.data.due } : {}),
    MeetingCalled: (rows, event) =>
      make(rows, event, { thing: 'meeting', day: dayOf(event) }, { title: event.data.title }),
    OutcomesApplied: (rows, { cause }) => {
      const [recording = ''] = cause.events;
      const waiting = rows.all<{ id: string; change: string }>(
        'SELECT id, change FROM gap_waiting WHERE recording = ? ORDER BY n',
        recording,
      );
      for (const { id, change: text } of waiting) keep(rows, id, JSON.parse(text) as Change);
      rows.run('DELETE FROM gap_waiting WHERE recording = ?', recording);
    },
    OutcomeNotApplied: (rows, event) => {
      const already = (factsOf(rows, event)?.['notApplied'] as number | undefined) ?? 0;
      set(rows, event, { notApplied: already + 1 });
    },
  },
});

/** Imported history counts from when it happened; what is written down here, from then: that is when the clock starts. */
const dayOf = (event: Recorded): string => londonDay(isImported(event) ? event.occurredAt : event.recordedAt);
const isImported = ({ about }: Recorded): boolean => about.import !== undefined;

const factsOf = (rows: Rows, { stream }: Recorded): Record<string, unknown> | undefined => {
  const row = rows.get<{ facts: string }>('SELECT facts FROM gap_thing WHERE id = ?', streamId(stream));
  return row && (JSON.parse(row.facts) as Record<string, unknown>);
};
const stateOf = (rows: Rows, event: Recorded, field: 'state' | 'stateBefore' = 'state'): string | undefined =>
  factsOf(rows, event)?.[field] as string | undefined;

const make = (
  rows: Rows,
  event: Recorded,
  facts: Facts,
  more: Partial<Omit<Extract<Change, { op: 'make' }>, 'op' | 'facts'>>,
): void => {
  const { authority, team } = event.about;
  change(rows, event, { op: 'make', authority, team, mayShow: true, shown: true, facts, ...more });
};

const set = (rows: Rows, event: Recorded, facts: Readonly<Record<string, unknown>>): void =>
  change(rows, event, { op: 'set', facts });

const move = (rows: Rows, event: Recorded, state: string, more: Readonly<Record<string, unknown>> = {}): void =>
  set(rows, event, { state, since: dayOf(event), ...more });

/** What the fan-out makes is caused by the item, then by the recording: that is what it waits for. */
const change = (rows: Rows, event: Recorded, what: Change, id = streamId(event.stream)): void => {
  if (!event.about.fanOut) return keep(rows, id, what);
  rows.run(
    `INSERT INTO gap_waiting SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3 FROM gap_waiting WHERE recording = ?1`,
    event.cause.events.at(-1) ?? '',
    id,
    JSON.stringify(what),
  );
};
