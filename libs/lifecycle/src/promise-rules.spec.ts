import { VERDICTS } from '#kernel/codes';
import { Refusal } from '#kernel/refusal';
import { evolvePromise, newlyPromised, type Promised } from './lifecycle.js';
import { type LifecycleEvent, lifecycleEvents } from './lifecycle.events.js';
import { type PromiseStep, takeStep } from './promise-steps.js';

const ID = '00000000-0000-5000-8000-0000000000aa';
const OWNER = '00000000-0000-5000-8000-0000000000bb';
const OTHER = '00000000-0000-5000-8000-0000000000cc';
const VIEW = '00000000-0000-5000-8000-0000000000dd';
const today = '2026-11-23';
const now = { instant: '2026-11-23T09:00:00.000Z', today };
const promise: Promised = { ...newlyPromised, owner: { person: OWNER, role: 'transport manager' }, due: '2027-03-01' };
const given = (...events: readonly unknown[]): Promised =>
  (events as LifecycleEvent[]).reduce<Promised>(evolvePromise, promise);
const when = (state: Promised, step: PromiseStep) => takeStep(state, ID, step, now);
const outcome = (decided: unknown): string =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`.trim()
    : (decided as LifecycleEvent[]).map(({ type }) => type).join(' ');

const progress = { type: 'ProgressReported', data: {} };
const done = { type: 'ReportedDone', data: { byRole: 'owner' } };
const confirmed = { type: 'DoneConfirmed', data: { person: OTHER, byRole: 'checker' } };
const disputed = { type: 'DoneDisputed', data: { byRole: 'participant' } };
const paused = { type: 'Paused', data: { lookAgain: '2027-01-01' } };
const dropped = { type: 'Dropped', data: {} };
const transferred = { type: 'CommitmentTransferred', data: { from: 'essex', to: 'north-essex', on: '2028-04-01', succession: VIEW } }; // prettier-ignore
const accepted = { type: 'OwnerAccepted', data: {} };
const check = (confirm: boolean, person: string, words?: string): PromiseStep => ({
  do: 'check', confirmed: confirm, person, byRole: 'checker', ...(words !== undefined && { words }),
}); // prettier-ignore
const reopen = (reason: string, due: string): PromiseStep => ({
  do: 'reopen',
  reason,
  due,
  byRole: 'co-chair',
  byOwner: false,
});
const proof = { do: 'evidence', evidence: VIEW, kind: 'photo', hash: 'a'.repeat(64), title: 'The new form', suppliedByRole: 'owner' } as const; // prettier-ignore

describe('"promised → under way → reported done → confirmed by someone other than the owner, or disputed"', () => {
  it.each<[string, unknown[], PromiseStep, string, string]>([
    ['promised', [], { do: 'progress', words: 'Draft is written' }, 'ProgressReported', 'under-way'],
    ['under way', [progress], { do: 'report-done', byRole: 'owner' }, 'ReportedDone', 'reported-done'],
    ['promised', [], { do: 'report-done', byRole: 'owner' }, 'ReportedDone', 'reported-done'],
    ['reported done', [done], check(true, OTHER), 'DoneConfirmed', 'confirmed'],
    ['reported done', [done], check(true, OWNER), 'own-promise /name', 'reported-done'],
    ['reported done', [done], check(false, OWNER, 'x'), 'own-promise /name', 'reported-done'],
    ['reported done', [done], check(false, OTHER, 'Page 2 is the old one'), 'DoneDisputed', 'disputed'],
    ['reported done', [done], check(false, OTHER, ' '), 'words-missing /words', 'reported-done'],
    ['reported done', [done], { do: 'report-done', byRole: 'owner' }, '', 'reported-done'],
    ['promised', [], check(true, OTHER), 'not-reported', 'promised'],
    ['under way', [progress], check(false, OTHER, 'x'), 'not-reported', 'under-way'],
    ['disputed', [done, disputed], check(true, OTHER), 'DoneConfirmed', 'confirmed'],
    ['disputed', [done, disputed], { do: 'report-done', byRole: 'owner' }, 'ReportedDone', 'reported-done'],
    ['confirmed', [done, confirmed], check(true, OTHER), '', 'confirmed'],
    ['confirmed', [done, confirmed], check(false, OTHER, 'It is gone again'), 'DoneDisputed', 'disputed'],
    ['confirmed', [done, confirmed], { do: 'report-done', byRole: 'owner' }, 'confirmed', 'confirmed'],
    ['confirmed', [done, confirmed], reopen('It broke', today), 'DueDateChanged Reopened', 'under-way'],
    ['under way', [progress], reopen('x', today), 'open', 'under-way'],
    ['disputed', [done, disputed], reopen(' ', today), 'reason-missing /reason', 'disputed'],
    ['disputed', [done, disputed], reopen('x', '2026-11-22'), 'date-past /due', 'disputed'],
    ['promised', [], { do: 'progress', words: ' ' }, 'words-missing /words', 'promised'],
    ['promised', [], { do: 'progress', words: 'Work is ongoing' }, 'vague /words', 'promised'],
  ])('given it is %s, when %#', (_, events, step, then, state) => {
    const decided = when(given(...events), step);
    expect(outcome(decided)).toBe(then);
    expect(given(...events, ...(decided instanceof Error ? [] : (decided as LifecycleEvent[]))).state).toBe(state);
  });

  it('an owner who took over cannot check either, and must accept anew', () => {
    const taken = { type: 'OwnerChanged', data: { new: { person: OTHER, role: 'director' } } };
    const state = given({ type: 'OwnerAccepted', data: {} }, done, taken);
    expect(state.accepted).toBe(false);
    expect(outcome(when(state, check(true, OTHER)))).toBe('own-promise /name');
    // Nor can whoever promised it first: they may only say that it is not done.
    expect(outcome(when(state, check(true, OWNER)))).toBe('own-promise /name');
    expect(outcome(when(state, check(false, OWNER, 'The bus still stops at 6')))).toBe('DoneDisputed');
  });

  it('is accepted once', () => {
    expect(outcome(when(promise, { do: 'accept' }))).toBe('OwnerAccepted');
    expect(outcome(when(given({ type: 'OwnerAccepted', data: {} }), { do: 'accept' }))).toBe('');
  });
});

describe('"paused and dropped need a reason"', () => {
  it.each<[unknown[], PromiseStep, string]>([
    [[], { do: 'pause', reason: ' ', lookAgain: today }, 'reason-missing /reason'],
    [[], { do: 'pause', reason: 'The builder left', lookAgain: '2026-11-22' }, 'date-past /lookAgain'],
    [[], { do: 'pause', reason: 'The builder left', lookAgain: 'soon' }, 'date-past /lookAgain'],
    [[], { do: 'pause', reason: 'The builder left', lookAgain: today }, 'Paused'],
    [[paused], { do: 'pause', reason: 'x', lookAgain: today }, ''],
    [[done, confirmed], { do: 'pause', reason: 'x', lookAgain: today }, 'confirmed'],
    [[paused], { do: 'progress', words: 'x' }, 'paused'],
    [[paused], reopen('A new builder', today), 'DueDateChanged Reopened'],
    [[], { do: 'drop', reason: '\t' }, 'reason-missing /reason'],
    [[], { do: 'drop', reason: 'The money went elsewhere' }, 'Dropped'],
    [[dropped], { do: 'drop', reason: 'x' }, ''],
    [[done, confirmed], { do: 'drop', reason: 'x' }, 'confirmed'],
    [[dropped], reopen('There is money', '2027-03-01'), 'Reopened'],
  ])('given %j, when %j, then %s', (events, step, then) => expect(outcome(when(given(...events), step))).toBe(then));

  it.each<PromiseStep>([
    { do: 'accept' },
    { do: 'progress', words: 'x' },
    proof,
    { do: 'ask-date', request: VIEW, to: today, reason: 'x' },
    { do: 'move-date', due: today, reason: 'x', agreedBy: 'chair' },
    { do: 'pause', reason: 'x', lookAgain: today },
    { do: 'report-done', byRole: 'owner' },
    { do: 'change-owner', person: OTHER, name: 'Jo', role: 'director', reason: 'x' },
  ])('given it was dropped, $do is refused; given a new council has it, it goes on there', (step) => {
    expect(outcome(when(given(dropped), step))).toBe('dropped');
    expect(outcome(when(given(transferred), step))).not.toMatch(/^[a-z-]*$/);
  });

  it.each<[unknown[], string, unknown[], string]>([
    [[], 'transferred', [accepted], 'promised'],
    [[progress], 'transferred', [accepted], 'under-way'],
    [[progress], 'transferred', [progress], 'under-way'],
    [[], 'transferred', [progress], 'under-way'],
    [[progress, transferred], 'transferred', [accepted], 'under-way'],
    [[progress], 'transferred', [paused, { type: 'Resumed', data: {} }], 'under-way'],
    [[progress, paused], 'paused', [{ type: 'Resumed', data: {} }], 'under-way'],
    [[done], 'reported-done', [confirmed], 'confirmed'],
    [[done, disputed], 'disputed', [accepted], 'disputed'],
  ])('given %j, a new council has it as %s, and goes on from there', (before, then, after, end) => {
    expect(given(accepted, ...before, transferred)).toMatchObject({ state: then, accepted: false, due: promise.due });
    expect(given(accepted, ...before, transferred, ...after).state).toBe(end);
  });

  it('goes back to where it was, with a new date where one is given', () => {
    expect(given(progress, paused, { type: 'Resumed', data: {} })).toMatchObject({ state: 'under-way', due: '2027-03-01' });
    expect(given(paused, paused, { type: 'Resumed', data: { due: today } })).toMatchObject({ state: 'promised', due: today });
  }); // prettier-ignore
});

describe('"each moved date keeps old, new, reason, who agreed"', () => {
  const move = (more: object = {}, state = promise) =>
    when(state, { do: 'move-date', due: '2027-06-01', reason: 'The printer closed', agreedBy: 'the chair', ...more });

  it('given a date, when it moves, then old and new stand in one event', () => {
    expect(move()).toEqual([
      {
        type: 'DueDateChanged',
        data: {
          old: '2027-03-01', new: '2027-06-01', reason: { of: ID, open: 'The printer closed' }, agreedBy: { of: ID, open: 'the chair' }, afterDue: false,
        },
      },
    ]); // prettier-ignore
    expect(move({}, { ...promise, due: '2026-11-22' })).toMatchObject([
      { data: { old: '2026-11-22', afterDue: true } },
    ]);
    expect(move({}, { ...promise, due: today })).toMatchObject([{ data: { afterDue: false } }]);
  });
  it.each([
    ['no reason', { reason: ' ' }, 'reason-missing /reason'],
    ['nobody who agreed', { agreedBy: ' ' }, 'agreed-by-missing /agreedBy'],
    ['a day gone by', { due: '2026-11-22' }, 'date-past /due'],
    ['a day that is none', { due: '2027-02-30' }, 'date-past /due'],
    ['the same day', { due: '2027-03-01' }, 'same-date /due'],
    ['a vague reason', { reason: 'In due course' }, 'vague /reason'],
  ])('refuses %s', (_, more, then) => expect(outcome(move(more))).toBe(then));
  it('refuses to move a date that was never set', () =>
    expect(outcome(move({}, { ...newlyPromised }))).toBe('no-date'));
  it('counts moves and closes what was asked', () => {
    const asked = when(promise, { do: 'ask-date', request: VIEW, to: '2027-06-01', reason: 'x' }) as LifecycleEvent[];
    expect(given(...asked).askedDates).toEqual([VIEW]);
    const moved = move() as LifecycleEvent[];
    expect(given(...asked, ...moved)).toMatchObject({ due: '2027-06-01', moved: 1, askedDates: [] });
  });
  it.each([
    [{ to: '2026-11-22' }, 'date-past /to'],
    [{ reason: ' ' }, 'reason-missing /reason'],
  ])('refuses to ask with %j', (more, then) =>
    expect(
      outcome(when(promise, { do: 'ask-date', request: VIEW, to: today, reason: 'x', ...more })),
    ).toBe(then),
  ); // prettier-ignore
});

describe('"the council\'s claim and people\'s verdicts are both kept for ever"', () => {
  const verdict = (value: (typeof VERDICTS)[number], ...events: unknown[]) =>
    when(given(...events), { do: 'verdict', verdict: value, contribution: VIEW, comment: 'Still long', subject: 'ann', byRole: 'participant' }); // prettier-ignore

  it.each(VERDICTS)('given it is reported done, a person may say %s; only "not done" disputes it', (value) =>
    expect(outcome(verdict(value, done))).toBe(value === 'not-done' ? 'VerdictGiven DoneDisputed' : 'VerdictGiven'),
  );
  it('also when somebody checked it, and once more when it is disputed', () => {
    expect(outcome(verdict('not-done', done, confirmed))).toBe('VerdictGiven DoneDisputed');
    expect(outcome(verdict('not-done', done, disputed))).toBe('VerdictGiven');
  });
  it('a verdict alone does not change what the council claims', () =>
    expect(given(done, { type: 'VerdictGiven', data: { verdict: 'partly' } }).state).toBe('reported-done'));
  it.each([[[]], [[progress]], [[done, paused]], [[done, dropped]]])('but not before it is reported done: %j', (events) =>
    expect(outcome(verdict('done', ...events))).toBe('not-reported'),
  ); // prettier-ignore
  it('seals the comment under the person', () =>
    expect(verdict('done', done)).toMatchObject([{ data: { comment: { of: 'ann' }, contribution: VIEW } }]));
});

describe('proof, owners and effects', () => {
  it.each<[PromiseStep, string]>([
    [proof, 'EvidenceAttached'],
    [{ ...proof, hash: 'A'.repeat(64) }, 'hash-wrong /hash'],
    [{ ...proof, hash: 'a'.repeat(63) }, 'hash-wrong /hash'],
    [{ ...proof, title: ' ' }, 'title-missing /title'],
    [{ do: 'change-owner', person: OTHER, name: ' ', role: 'r', reason: 'x' }, 'owner-missing /name'],
    [{ do: 'change-owner', person: OTHER, name: 'The team', role: 'r', reason: 'x' }, 'owner-missing /name'],
    [{ do: 'change-owner', person: OTHER, name: 'Jo', role: '', reason: 'x' }, 'owner-role-missing /role'],
    [{ do: 'change-owner', person: OTHER, name: 'Jo', role: 'r', reason: ' ' }, 'reason-missing /reason'],
    [{ do: 'effect', what: ' ', forWhom: 'all', source: 'person' }, 'words-missing /what'],
  ])('when %j, then %s', (step, then) => expect(outcome(when(promise, step))).toBe(then));

  it('counts proofs, and keeps the old owner beside the new one', () => {
    expect(given(...(when(promise, proof) as LifecycleEvent[])).proofs).toBe(1);
    const changed = when(promise, { do: 'change-owner', person: OTHER, name: 'Jo', role: 'director', reason: 'Ann left', oldName: 'Ann' }); // prettier-ignore
    expect(changed).toMatchObject([
      { data: { old: { person: OWNER, name: { of: OWNER, open: 'Ann' } }, new: { person: OTHER, name: { of: OTHER } } } },
    ]); // prettier-ignore
    expect(given(...(changed as LifecycleEvent[])).owner).toEqual({ person: OTHER, role: 'director' });
    // Where a source named nobody, or an old council did not, somebody can be named now.
    const [first] = when(newlyPromised, { do: 'change-owner', person: OTHER, name: 'Jo', role: 'r', reason: 'x' }) as LifecycleEvent[]; // prettier-ignore
    expect(first).toMatchObject({ type: 'OwnerChanged', data: { new: { person: OTHER, role: 'r' } } });
    expect(first?.data).not.toHaveProperty('old');
  });

  it('"no claim of cause": an effect says what, for whom, source, before, after or harm, and no more', () => {
    const seen = when(promise, {
      do: 'effect', what: 'Fewer calls', forWhom: 'carers', source: 'data', before: '40', after: '12', harm: false,
    }) as LifecycleEvent[]; // prettier-ignore
    expect(Object.keys(seen[0]?.data ?? {}).sort()).toEqual(['after', 'before', 'forWhom', 'harm', 'source', 'what']);
    expect(() => lifecycleEvents.EffectObserved.check({ ...seen[0]?.data, cause: ID }, '')).toThrow('/cause');
    expect(given(...seen)).toEqual(promise);
  });

  it('remembers which reminders went out and passes by what it does not know', () => {
    expect(given({ type: 'ReminderSent', data: { step: 2 } }).ladder.steps).toEqual([2]);
    expect(given({ type: 'SubjectKeyCreated', data: {} })).toEqual(promise);
  });
});
