import { followTo } from '#authorities/handover';
import type { AuthorityEvent } from '#authorities/authority.events';
import { DEFAULTS } from '#authorities/setting-rules';
import type { ContributionEvent } from '#contributions/contribution.events';
import { noClock, runClock } from '#contributions/reply-clock';
import { type Recorded, streamId } from '#kernel/event';
import { type Personal, sealedRef } from '#kernel/personal';
import { calendarNumber } from '#kernel/working-days';
import { REASONS_ASKED } from '#lifecycle/ladder';
import type { CommitmentEvent, ServiceChangeEvent } from '#lifecycle/lifecycle.events';
import type { MeetingEvent } from '#meetings/meeting.events';
import { projection } from '#projections/projection';
import type { Rows } from '#projections/rows';
import { climbed, type ClockKind, movePromise, moveReply, REMINDABLE, setDue } from './clock-book.js';
import type { ReminderEvent } from './reminder.events.js';

type Seen =
  | Extract<AuthorityEvent, { type: 'AuthoritySettingChanged' }>
  | ContributionEvent
  | ServiceChangeEvent
  | CommitmentEvent
  | ReminderEvent
  | Extract<MeetingEvent, { type: 'OutcomesApplied' }>;

/** Raised by hand when tables or handlers change. */
const SHAPE = 2;
const CALENDARS = 2 ** 31;

/**
 * One row for everything that may be late: its day, whether it counts now, and how far the ladder has gone. Days for an
 * answer are counted here, so another calendar of bank holidays is another version: the rows are then made anew.
 */
export const clocksProjection = projection<Seen>({
  name: 'clocks',
  get version() {
    return SHAPE * CALENDARS + calendarNumber();
  },
  tables: `
    CREATE TABLE clock (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL, authority TEXT NOT NULL, set_by TEXT NOT NULL, team TEXT, meeting TEXT, words TEXT, may_show INTEGER NOT NULL, shown INTEGER NOT NULL,
      to_role TEXT NOT NULL, days INTEGER, due TEXT, due_precision TEXT, open INTEGER NOT NULL, ladder INTEGER NOT NULL DEFAULT 1,
      rung INTEGER NOT NULL DEFAULT 0, rung_on TEXT, fold TEXT NOT NULL, applied INTEGER NOT NULL) STRICT;
    CREATE INDEX clock_late ON clock (kind, due, id) WHERE open = 1;
    CREATE INDEX clock_late_by_authority ON clock (authority, kind, due, id) WHERE open = 1;
    CREATE INDEX clock_late_by_team ON clock (team, kind, due, id) WHERE open = 1;
    CREATE INDEX clock_to_remind ON clock (due, id) WHERE ${REMINDABLE};
    CREATE INDEX clock_of_meeting ON clock (meeting) WHERE applied = 0;
    CREATE TABLE clock_step (id TEXT NOT NULL, due TEXT NOT NULL, step INTEGER NOT NULL, on_day TEXT NOT NULL, PRIMARY KEY (id, due, step)) STRICT, WITHOUT ROWID;
    CREATE TABLE clock_days (authority TEXT PRIMARY KEY, days INTEGER NOT NULL) STRICT;
    CREATE TABLE clock_on (on_day TEXT NOT NULL) STRICT;`,
  on: {
    RemindersSwitchedOn: (rows, { data }) => rows.run('INSERT INTO clock_on VALUES (?)', data.on),
    AuthoritySettingChanged: (rows, { data }) => {
      if (data.setting === 'reply-days')
        rows.run('INSERT OR REPLACE INTO clock_days VALUES (?, ?)', data.authority, data.value[0] ?? 0);
    },
    ContributionReceived: (rows, event) => {
      const { authority, words, published, attribution, meeting } = event.data;
      const kept = rows.get<{ days: number }>('SELECT days FROM clock_days WHERE authority = ?', authority);
      const days = kept?.days ?? DEFAULTS['reply-days'][0];
      const fold = runClock(noClock, event, event);
      start(rows, event, 'view', { authority, meeting, words, toRole: 'chair', days, fold, mayShow: published !== false, shown: published !== false && attribution !== 'hidden' }); // prettier-ignore
      moveReply(rows, event);
    },
    ContributionCorrected: (rows, { stream, data }) =>
      rows.run('UPDATE clock SET words = ? WHERE id = ?', sealedRef(data.words), streamId(stream)),
    AttributionChanged: (rows, { stream, data }) =>
      rows.run('UPDATE clock SET shown = may_show AND ? WHERE id = ?', data.attribution !== 'hidden', streamId(stream)),
    PublicVersionGiven: (rows, { stream, data }) =>
      rows.run(
        'UPDATE clock SET words = ?, may_show = 1, shown = 1 WHERE id = ?',
        sealedRef(data.words),
        streamId(stream),
      ),
    ViewHeldBack: (rows, { stream }) =>
      rows.run('UPDATE clock SET may_show = 0, shown = 0 WHERE id = ?', streamId(stream)),
    ViewReleased: (rows, { stream, data }) =>
      rows.run('UPDATE clock SET may_show = 1, shown = ? WHERE id = ?', data.shown, streamId(stream)),
    // Taken back for good: no later reply starts the clock again.
    ContributionWithdrawn: (rows, { stream }) =>
      rows.run('UPDATE clock SET open = 0, due = NULL, fold = ? WHERE id = ?', JSON.stringify({ ...noClock, imported: true }), streamId(stream)), // prettier-ignore
    ReplySent: (rows, event) => moveReply(rows, event),
    ReplyFailed: (rows, event) => moveReply(rows, event),
    ClockStopped: (rows, event) => moveReply(rows, event),
    ClockStarted: (rows, event) => moveReply(rows, event),
    RepliesEnded: (rows, event) => moveReply(rows, event),
    RepliesResumed: (rows, event) => moveReply(rows, event),
    ServiceChangePromised: (rows, event) => promised(rows, event, 'service-change'),
    CommitmentMade: (rows, event) => promised(rows, event, 'commitment'),
    // The clock runs on as the council set it that started it; only who answers changes.
    PassedToSuccessor: followTo('clock'),
    ServiceChangeTransferred: followTo('clock'),
    CommitmentTransferred: followTo('clock'),
    PromiseReworded: (rows, { stream, data }) =>
      rows.run('UPDATE clock SET words = ? WHERE id = ?', sealedRef(data.what), streamId(stream)),
    OwnerChanged: (rows, { stream, data }) =>
      rows.run('UPDATE clock SET to_role = ? WHERE id = ?', data.new.role, streamId(stream)),
    ProgressReported: (rows, event) =>
      movePromise(rows, event, ({ state }) => (state === 'promised' ? { state: 'under-way' } : {})),
    DueDateChanged: (rows, event) => setDue(rows, event, event.data.new, event.data.precision),
    Paused: (rows, event) => movePromise(rows, event, ({ state }) => ({ state: 'paused', before: state })),
    Resumed: (rows, event) => {
      movePromise(rows, event, ({ before }) => ({ state: before === 'paused' ? 'promised' : before }));
      setDue(rows, event, event.data.due);
    },
    Dropped: (rows, event) => movePromise(rows, event, () => ({ state: 'dropped' })),
    ReportedDone: (rows, event) => movePromise(rows, event, () => ({ state: 'reported-done' })),
    DoneConfirmed: (rows, event) => movePromise(rows, event, () => ({ state: 'confirmed' })),
    DoneDisputed: (rows, event) => movePromise(rows, event, () => ({ state: 'disputed' })),
    Reopened: (rows, event) => {
      movePromise(rows, event, () => ({ state: 'under-way' }));
      setDue(rows, event, event.data.due);
    },
    ReminderSent: (rows, event) => climbed(rows, event, event.data.step, event.data.due),
    ReasonsAskedFor: (rows, event) => climbed(rows, event, REASONS_ASKED, event.data.due),
    OutcomesApplied: (rows, { stream }) =>
      rows.run('UPDATE clock SET applied = 1 WHERE meeting = ? AND applied = 0', streamId(stream)),
  },
});

/** Who promised under the pledge, where nobody is named: somebody of the council has to answer for it. */
const NOBODY = 'pledge-lead';

const promised = (
  rows: Rows,
  event: Recorded<Extract<Seen, { type: 'ServiceChangePromised' | 'CommitmentMade' }>>,
  kind: ClockKind,
): void => {
  const { authority, what: words, owner, ownerRole, due, duePrecision } = event.data;
  const meeting = 'meeting' in event.data ? event.data.meeting : undefined;
  const toRole = [owner?.role, ownerRole, NOBODY].find((each) => each?.trim()) ?? NOBODY;
  start(rows, event, kind, { authority, meeting, words, toRole, fold: { state: 'promised', before: 'promised' }, mayShow: true, shown: true }); // prettier-ignore
  setDue(rows, event, due, duePrecision);
};

const start = (
  rows: Rows,
  { stream, about }: Recorded,
  kind: ClockKind,
  its: {
    readonly authority: string;
    readonly meeting: string | undefined;
    readonly words: Personal | undefined;
    readonly toRole: string;
    readonly days?: number | undefined;
    readonly fold: object;
    readonly mayShow: boolean;
    readonly shown: boolean;
  },
): void =>
  rows.run(
    'INSERT INTO clock (id, kind, authority, set_by, team, meeting, words, may_show, shown, to_role, days, open, fold, applied) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)',
    streamId(stream), kind, its.authority, its.authority, about.team, its.meeting, its.words && sealedRef(its.words), its.mayShow, its.shown,
    its.toRole, its.days, JSON.stringify(its.fold), about.fanOut !== true,
  ); // prettier-ignore
