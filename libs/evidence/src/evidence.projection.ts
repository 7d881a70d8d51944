import type { ContributionEvent, UnderstandingEvent } from '#contributions/contribution.events';
import type { DecisionEvent } from '#decisions/decision.events';
import { streamId } from '#kernel/event';
import { sealedRef } from '#kernel/personal';
import { londonDay } from '#kernel/time';
import { workingDaysBetween } from '#kernel/working-days';
import type { CommitmentEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { DiscussionEvent, MeetingEvent } from '#meetings/meeting.events';
import { projection, type Projection } from '#projections/projection';
import type { TeamEvent } from '#teams/team.events';
import { type Change, factsOf, keep } from './evidence-book.js';
import { change, dayOf, make, movePromise, setFacts } from './evidence-steps.js';
import { factHandlers } from './evidence-facts.js';
import { isLived, type ThingFacts } from './things.js';

type Seen =
  | TeamEvent
  | ContributionEvent
  | UnderstandingEvent
  | DecisionEvent
  | CommitmentEvent
  | ServiceChangeEvent
  | DiscussionEvent
  | MeetingEvent;

/** What follows a view to its effect, and the teams and meetings on the way. */
const chainEvidence = projection<Seen>({
  name: 'evidence',
  version: 5,
  tables: `
    CREATE TABLE evidence_thing (
      id TEXT PRIMARY KEY, thing TEXT NOT NULL, day TEXT NOT NULL, authority TEXT, team TEXT, role TEXT NOT NULL, words TEXT, title TEXT, parent TEXT,
      may_show INTEGER NOT NULL, shown INTEGER NOT NULL, facts TEXT NOT NULL, about TEXT NOT NULL, entries TEXT NOT NULL, counted TEXT NOT NULL) STRICT;
    CREATE TABLE evidence_tie (from_id TEXT NOT NULL, kind TEXT NOT NULL, to_id TEXT NOT NULL, effect TEXT, PRIMARY KEY (from_id, kind, to_id)) STRICT, WITHOUT ROWID;
    CREATE INDEX evidence_tie_to ON evidence_tie (to_id, kind);
    CREATE TABLE evidence_name (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence_tally (
      scope INTEGER NOT NULL, measure INTEGER NOT NULL, month TEXT NOT NULL, met INTEGER NOT NULL, unmet INTEGER NOT NULL, unknown INTEGER NOT NULL,
      PRIMARY KEY (scope, measure, month)) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence_case (
      scope INTEGER NOT NULL, measure INTEGER NOT NULL, standing INTEGER NOT NULL, day INTEGER NOT NULL, thing INTEGER NOT NULL,
      PRIMARY KEY (scope, measure, standing, day, thing)) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence_voice (scope INTEGER NOT NULL, voice TEXT NOT NULL, views INTEGER NOT NULL, PRIMARY KEY (scope, voice)) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence_waiting (recording TEXT NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL, PRIMARY KEY (recording, n)) STRICT, WITHOUT ROWID;`,
  on: {
    TeamFormed: (rows, event) => {
      const { name, stage, pledge, rung } = event.data;
      const team = streamId(event.stream);
      make(rows, event, 'team', { stage, pledge: (pledge ?? []).length > 0, rung: rung !== undefined }, { title: name, team });
    },
    ChairAppointed: (rows, event) => setFacts(rows, event, { chair: true }),
    CoChairAppointed: (rows, event) => setFacts(rows, event, { coChair: true }),
    MemberJoined: (rows, event) => {
      const { capacity, firstTime, participant } = event.data;
      const team = streamId(event.stream);
      const facts = { capacity, ...(firstTime !== undefined && { first: firstTime }) };
      make(rows, event, 'member', facts, { parent: team, team }, memberOf(team, participant));
    },
    MemberLeft: (rows, event) => {
      const { participant, reason } = event.data;
      const left = reason ? 'reason' : 'no-reason';
      setFacts(rows, event, { left }, memberOf(streamId(event.stream), participant));
    },
    MeetingCalled: (rows, event) => {
      const { startsAt, title, openness } = event.data;
      const day = londonDay(startsAt);
      const notice = workingDaysBetween(londonDay(event.recordedAt), day);
      make(rows, event, 'meeting', { notice, ...(openness && { openness }) }, { title, day });
    },
    AttendanceRecorded: (rows, event) => {
      const { capacities, decisionMakerPresent, openness, rung } = event.data;
      const counts = (is: boolean) =>
        capacities.filter(({ capacity }) => isLived(capacity) === is).reduce((sum, { count }) => sum + count, 0);
      setFacts(rows, event, {
        lived: counts(true),
        others: counts(false),
        ...(decisionMakerPresent !== undefined && { decisionMaker: decisionMakerPresent }),
        ...(openness && { openness }),
        ...(rung && { rung: true }),
      });
    },
    AccessNeedsMet: (rows, event) => setFacts(rows, event, { access: true }),
    OutcomesRecorded: (rows, event) => setFacts(rows, event, { recorded: true }),
    OutcomesConfirmed: (rows, event) => setFacts(rows, event, { confirmed: true }),
    OutcomesApplied: (rows, { cause }) => {
      const [recording = ''] = cause.events;
      const waiting = rows.all<{ id: string; change: string }>(
        'SELECT id, change FROM evidence_waiting WHERE recording = ? ORDER BY n',
        recording,
      );
      for (const { id, change: text } of waiting) keep(rows, id, JSON.parse(text) as Change);
      rows.run('DELETE FROM evidence_waiting WHERE recording = ?', recording);
    },
    ContributionReceived: (rows, event) => {
      const { words, published, attribution, capacity, voice, channel, participant } = event.data;
      const mayShow = published !== false;
      make(rows, event, 'view', { capacity, voice, channel, day: dayOf(event) }, {
        words: words && sealedRef(words), mayShow, shown: mayShow && attribution !== 'hidden', voice: participant,
      }); // prettier-ignore
    },
    ContributionReadBack: (rows, event) => setFacts(rows, event, { readBack: event.data.agreed }),
    ContributionCorrected: (rows, event) => change(rows, event, { op: 'words', words: sealedRef(event.data.words) }),
    AttributionChanged: (rows, event) =>
      change(rows, event, { op: 'show', shown: event.data.attribution !== 'hidden', entry: [event.type, event.id] }),
    PublicVersionGiven: (rows, event) => {
      change(rows, event, { op: 'words', words: sealedRef(event.data.words) });
      change(rows, event, { op: 'may-show', mayShow: true, shown: true });
    },
    ViewHeldBack: (rows, event) => change(rows, event, { op: 'may-show', mayShow: false, shown: false }),
    ViewReleased: (rows, event) => change(rows, event, { op: 'may-show', mayShow: true, shown: event.data.shown }),
    ContributionConsidered: (rows, event) => {
      const { discussion, inTime } = event.data;
      change(rows, event, { op: 'tie', kind: 'discussed', to: discussion, entry: [event.type, event.id] });
      setFacts(rows, event, { considered: inTime ? 'in-time' : 'late' });
    },
    ContributionWithdrawn: (rows, event) => {
      setFacts(rows, event, { withdrawn: true });
      change(rows, event, { op: 'may-show', mayShow: false, shown: false });
    },
    RequestMade: (rows, event) =>
      make(rows, event, 'request', { answered: false }, { mayShow: false, shown: false }, event.data.request),
    RequestAnswered: (rows, event) => setFacts(rows, event, { answered: true }, event.data.request),
    ReplySent: (rows, event) => {
      const { about, answerBy, givenAt } = event.data;
      const view = streamId(event.stream);
      const given = factsOf(rows, view)['day'] as string | undefined;
      const day = londonDay(givenAt);
      const days = given === undefined ? undefined : workingDaysBetween(given, day);
      make(rows, event, 'reply', { answers: about !== undefined, days }, { parent: view, day }, event.id);
      // A greeting or a receipt is no answer: only what tells of a decision, or says when it comes.
      if (about ?? answerBy) change(rows, event, { op: 'replied', reply: event.id, entry: [event.type, event.id] });
    },
    ReplyDelivered: (rows, event) => setFacts(rows, event, { delivered: true }, event.data.reply),
    ReplyFailed: (rows, event) => {
      setFacts(rows, event, { failed: true }, event.data.reply);
      change(rows, event, { op: 'unreplied', reply: event.data.reply, entry: [event.type, event.id] });
    },
    UnderstandingAnswered: (rows, event) =>
      make(rows, event, 'understanding', {}, { mayShow: false, shown: false }, event.id),
    DiscussionHeld: (rows, event) => {
      const { title, contributions, dissent = [], meeting } = event.data;
      make(rows, event, 'discussion', { dissent: dissent.length > 0 }, { title, parent: meeting });
      for (const view of contributions)
        change(rows, event, { op: 'tie', kind: 'discussed', to: streamId(event.stream), entry: [event.type, event.id] }, view);
    },
    DecisionMade: (rows, event) => {
      const { answer, reason, lookAgain, statement, discussion, money, importance, alternatives, interests, decidedBy } =
        event.data;
      const facts: ThingFacts['decision'] = {
        ...(answer && { answer }),
        reasonInWords: reason?.words !== undefined,
        money: money !== undefined,
        importance: importance !== undefined,
        alternatives: alternatives.length > 0,
        interests: interests.length > 0,
        livedDecider: decidedBy.some(({ capacity }) => isLived(capacity)),
        lookAgain: lookAgain !== undefined,
      };
      make(rows, event, 'decision', facts, { words: sealedRef(statement) });
      if (discussion)
        change(rows, event, { op: 'tie', kind: 'concluded', to: streamId(event.stream), entry: [event.type, event.id] }, discussion);
    },
    DecisionLinkedToContribution: (rows, event) => {
      const { contribution, effect } = event.data;
      const to = streamId(event.stream);
      change(rows, event, { op: 'tie', kind: 'decided', to, effect, entry: [event.type, event.id] }, contribution);
    },
    DecisionUnlinked: (rows, event) => {
      const to = streamId(event.stream);
      change(rows, event, { op: 'untie', kind: 'decided', to, entry: [event.type, event.id] }, event.data.contribution);
    },
    DecisionReferralAnswered: (rows, event) => setFacts(rows, event, { otherBodyAnswered: true }),
    DecisionReviewRequested: (rows, event) =>
      make(rows, event, 'review', { answered: false }, { parent: streamId(event.stream) }, reviewOf(event.data.request)),
    DecisionReviewAnswered: (rows, event) => {
      setFacts(rows, event, { lookedAgain: true });
      setFacts(rows, event, { answered: true }, reviewOf(event.data.request));
    },
    DecisionReopened: (rows, event) => setFacts(rows, event, { lookedAgain: true }),
    DecisionSuperseded: (rows, event) => setFacts(rows, event, { lookedAgain: true }),
    ServiceChangePromised: (rows, event) => {
      const { owner, due, what, decision } = event.data;
      const facts = { state: 'promised', owner: owner !== undefined, due: due !== undefined, moved: 0 };
      make(rows, event, 'promise', facts, { words: sealedRef(what) });
      if (decision)
        change(rows, event, { op: 'tie', kind: 'promised', to: streamId(event.stream), entry: [event.type, event.id] }, decision);
    },
    CommitmentMade: (rows, event) => {
      const { owner, due, what, pledge, part } = event.data;
      const facts = { state: 'promised', owner: owner !== undefined, due: due !== undefined, moved: 0, part: `${pledge}.${part}` };
      make(rows, event, 'commitment', facts, { words: sealedRef(what) });
    },
    PromiseReworded: (rows, event) => change(rows, event, { op: 'words', words: sealedRef(event.data.what) }),
    OwnerChanged: (rows, event) => setFacts(rows, event, { owner: true }),
    EvidenceAttached: (rows, event) => setFacts(rows, event, { proof: true }),
    DueDateChanged: (rows, event) => {
      change(rows, event, { op: 'more', fact: 'moved', entry: [event.type, event.id] });
      setFacts(rows, event, { due: true });
    },
    Dropped: (rows, event) => movePromise(rows, event, 'dropped'),
    ReportedDone: (rows, event) => movePromise(rows, event, 'reported-done'),
    VerdictGiven: (rows, event) => setFacts(rows, event, { verdict: true }),
    DoneConfirmed: (rows, event) => movePromise(rows, event, 'confirmed'),
    DoneDisputed: (rows, event) => movePromise(rows, event, 'disputed'),
    Reopened: (rows, event) => movePromise(rows, event, 'under-way'),
    EffectObserved: (rows, event) => {
      const { source, before, after, harm, what } = event.data;
      const facts = { source, measured: before !== undefined && after !== undefined, harm: harm === true };
      make(rows, event, 'effect', facts, { parent: event.stream, words: sealedRef(what) }, event.id);
      setFacts(rows, event, { effect: true });
    },
  },
}); // prettier-ignore

const memberOf = (team: string, participant: string): string => `${team} ${participant}`;
/** A request to look again is a request of its own, and one of the person: two things with one id. */
const reviewOf = (request: string): string => `review ${request}`;

/**
 * The figures of the pledge: how each thing counts under each measure (evidence_thing), the sums by scope, measure and
 * month (evidence_tally), and what stands behind each sum, newest last (evidence_case). Nothing here depends on today.
 * What a meeting brings waits in `evidence_waiting` until all of it is applied.
 */
export const evidenceProjection: Projection = { ...chainEvidence, on: { ...factHandlers, ...chainEvidence.on } };
