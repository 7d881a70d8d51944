import { Refusal } from '#kernel/refusal';
import { markApplied, markNotApplied } from './apply-outcomes.js';
import { discussion, holdDiscussion } from './discussion.js';
import {
  callMeeting,
  closeMeeting,
  confirmOutcomes,
  heldAt,
  LONGEST_TITLE,
  meeting,
  type Meeting,
  openMeeting,
} from './meeting.js';
import { recordOutcomes } from './record-outcomes.js';
import { bodyOf, MEETING, TEAM } from './testing/bodies.js';
import { factsOf } from './testing/facts.js';

type E = Parameters<typeof meeting.evolve>[1];
const at = { occurredAt: '2026-11-23T09:00:00.000Z', recordedAt: '2026-11-23T09:00:00.000Z' };
const given = (...events: readonly unknown[]): Meeting =>
  (events as E[]).reduce<Meeting>((state, event) => meeting.evolve(state, event, at), meeting.initial);
const outcome = (decided: unknown): string =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`.trim()
    : (decided as E[]).map(({ type }) => type).join(' ');

const called = { type: 'MeetingCalled', data: { authority: 'essex', team: TEAM, title: 'November', startsAt: '2026-11-23T10:00:00.000Z' } }; // prettier-ignore
const opened = { type: 'MeetingOpened', data: {} };
const closed = { type: 'MeetingClosed', data: {} };
const recorded = { type: 'OutcomesRecorded', data: { items: 3, by: 'ann' } };
const applied = { type: 'OutcomesApplied', data: { items: 3 } };
const confirmed = { type: 'OutcomesConfirmed', data: { role: 'chair' } };
const call = (more: object, state = meeting.initial) =>
  callMeeting(state, {
    authority: 'essex',
    team: TEAM,
    title: ' November ',
    startsAt: '2026-11-23T10:00:00Z',
    ...more,
  });
const chair = (ref: string, role = 'chair') => ({ role, ref });
const refused = { ref: 'v1', kind: 'contribution', item: MEETING, code: 'withdrawn', message: 'Gone.' } as const;
const twice = { ...refused, item: TEAM } as const;

/** "called, opened, attendance by capacity, …, closed, outcomes confirmed; outcomes are recorded once" */
describe('a meeting', () => {
  it.each<[string, unknown[], (state: Meeting) => unknown, string]>([
    ['called', [], (state) => call({}, state), 'MeetingCalled'],
    ['called twice', [called], (state) => call({}, state), 'already-recorded'],
    ['called nothing', [], (state) => call({ title: ' ' }, state), 'title-missing /title'],
    ['called too much', [], (state) => call({ title: 'x'.repeat(LONGEST_TITLE + 1) }, state), 'too-long /title'],
    ['called for no time', [], (state) => call({ startsAt: 'soon' }, state), 'date-wrong /startsAt'],
    ['opened', [called], openMeeting, 'MeetingOpened'],
    ['opened by two hands', [called, opened], openMeeting, ''],
    ['opened after it was closed', [called, closed], openMeeting, 'meeting-closed'],
    ['opened, though there is none', [], openMeeting, 'not-found'],
    ['closed', [called, opened], closeMeeting, 'MeetingClosed'],
    ['closed by two hands', [called, closed], closeMeeting, ''],
    ['closed, though there is none', [], closeMeeting, 'not-found'],
    ['confirmed by the chair', [called, recorded], (state) => confirmOutcomes(state, chair('bob')), 'OutcomesConfirmed'],
    ['confirmed by the co-chair', [called, recorded], (state) => confirmOutcomes(state, chair('bob', 'co-chair')), 'OutcomesConfirmed'],
    ['confirmed by who recorded it', [called, recorded], (state) => confirmOutcomes(state, chair('ann')), 'same-person'],
    ['confirmed by the note-taker', [called, recorded], (state) => confirmOutcomes(state, chair('bob', 'note-taker')), 'wrong-role'],
    ['confirmed before it is recorded', [called], (state) => confirmOutcomes(state, chair('bob')), 'not-recorded'],
    ['confirmed twice', [called, recorded, confirmed], (state) => confirmOutcomes(state, chair('bob')), ''],
    ['confirmed, though there is none', [], (state) => confirmOutcomes(state, chair('bob')), 'not-found'],
    ['recorded', [called], (state) => recordOutcomes(state, MEETING, bodyOf(), factsOf(), chair('ann')),
      'AttendanceRecorded ContributionNoted DiscussionNoted DecisionNoted ServiceChangeNoted OutcomesRecorded'],
    ['recorded again', [called, recorded], (state) => recordOutcomes(state, MEETING, bodyOf(), factsOf(), chair('bob')), 'already-recorded'],
    ['recorded, though there is none', [], (state) => recordOutcomes(state, MEETING, bodyOf(), factsOf(), chair('ann')), 'not-found'],
    ['applied', [called, recorded], (state) => markApplied(state, 3), 'OutcomesApplied'],
    ['applied twice', [called, recorded, applied], (state) => markApplied(state, 3), ''],
    ['applied before it is recorded', [called], (state) => markApplied(state, 0), 'not-recorded'],
    ['applied, though there is none', [], (state) => markApplied(state, 0), 'not-found'],
    ['missing an item', [called, recorded], (state) => markNotApplied(state, refused), 'OutcomeNotApplied'],
    ['missing it twice', [called, recorded, { type: 'OutcomeNotApplied', data: refused }], (state) => markNotApplied(state, refused), ''],
    ['missing two items', [called, recorded, { type: 'OutcomeNotApplied', data: refused }], (state) => markNotApplied(state, twice), 'OutcomeNotApplied'],
    ['missing an item before it is recorded', [called], (state) => markNotApplied(state, refused), 'not-recorded'],
    ['missing an item, though there is none', [], (state) => markNotApplied(state, refused), 'not-found'],
  ])('when it is %s', (_, events, decide, then) => expect(outcome(decide(given(...events)))).toBe(then)); // prettier-ignore

  it('keeps its title trimmed and its start as an instant in UTC', () =>
    expect(call({ startsAt: '2026-07-01T10:00:00+01:00' })).toMatchObject([
      { data: { title: 'November', startsAt: '2026-07-01T09:00:00.000Z' } },
    ]));

  it('knows who recorded it, what could not be applied, and that it stands', () =>
    expect(given(called, opened, recorded, { type: 'OutcomeNotApplied', data: refused }, applied, confirmed, closed)).toEqual({
      exists: true, about: { authority: 'essex', team: TEAM }, title: 'November', startsAt: '2026-11-23T10:00:00.000Z',
      opened: true, closed: true, recordedBy: 'ann', applied: true, confirmed: true, notApplied: [MEETING],
    })); // prettier-ignore

  it('counts what was said as said at its start, unless the clock says it has not begun', () => {
    const now = (instant: string) => ({ instant, today: instant.slice(0, 10) });
    expect(heldAt(given(called), now('2026-11-24T00:00:00.000Z'))).toBe('2026-11-23T10:00:00.000Z');
    expect(heldAt(given(called), now('2026-11-23T09:00:00.000Z'))).toBe('2026-11-23T09:00:00.000Z');
    expect(heldAt(meeting.initial, now('2026-11-23T09:00:00.000Z'))).toBe('2026-11-23T09:00:00.000Z');
  });
});

/** "an item of a meeting at which contributions were considered; points made, disagreement kept" */
describe('a discussion', () => {
  const hold = (more: object, state = discussion.initial) =>
    holdDiscussion(state, MEETING, { authority: 'essex', title: ' The form ', contributions: [TEAM, TEAM], ...more });

  it('keeps what was talked about, which views, the points and the disagreement, sealed', () =>
    expect(hold({ points: ['Page 3', ' '], dissent: ['Two wanted it long'] })).toEqual([
      {
        type: 'DiscussionHeld',
        data: {
          authority: 'essex', title: 'The form', contributions: [TEAM], points: [{ of: MEETING, open: 'Page 3' }],
          dissent: [{ of: MEETING, open: 'Two wanted it long' }],
        },
      },
    ])); // prettier-ignore
  it.each([
    ['about nothing', { title: ' ' }, 'title-missing /title'],
    ['about too much', { title: 'x'.repeat(LONGEST_TITLE + 1) }, 'too-long /title'],
  ])('is refused %s', (_, more, then) => expect(outcome(hold(more))).toBe(then));
  it('is recorded once', () => {
    const held = { type: 'DiscussionHeld', data: { authority: 'essex', team: TEAM } } as never;
    expect(outcome(hold({}, discussion.evolve(discussion.initial, held, at)))).toBe('already-recorded');
  });
});
