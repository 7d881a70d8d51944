import type { Decided } from '#kernel/aggregate';
import { Refusal } from '#kernel/refusal';
import { type ImportedState, type ImportedStep, importedEvidence, importedStep } from './imported-step.js';
import type { LifecycleEvent } from './lifecycle.events.js';
import { evolvePromise, newlyPromised, type Promised } from './lifecycle.js';

const due = { ...newlyPromised, due: '2023-06-30' };
const tell = (
  state: ImportedState,
  more: Partial<ImportedStep> = {},
  promise: Promised = due,
): Decided<LifecycleEvent> =>
  importedStep(promise, 'p1', { state, day: '2023-07-01', checker: { person: 'c1' }, ...more });
const words = (open: string, of = 'p1') => ({ of, open });

describe('what a source tells of a promise', () => {
  it.each([
    ['accepted', 'OwnerAccepted', {}],
    ['under-way', 'ProgressReported', {}],
    ['reported-done', 'ReportedDone', { byRole: 'not recorded' }],
    ['confirmed', 'DoneConfirmed', { person: 'c1', byRole: 'not recorded' }],
    ['disputed', 'DoneDisputed', { person: 'c1', byRole: 'not recorded' }],
    ['paused', 'Paused', {}],
    ['resumed', 'Resumed', {}],
    ['dropped', 'Dropped', {}],
    ['reopened', 'Reopened', {}],
  ] as const)('that it was %s, and no more, is recorded without a reason or a day made up', (state, type, data) => {
    expect(tell(state)).toEqual([{ type, data }]);
  });

  it('keeps days of the past and every reason that it gives', () => {
    expect(tell('paused', { reason: 'No money', lookAgain: '2023-09-01' })).toEqual([
      { type: 'Paused', data: { reason: words('No money'), lookAgain: '2023-09-01' } },
    ]);
    expect(tell('reopened', { words: 'It broke', due: '2023-12-01' })).toEqual([
      { type: 'Reopened', data: { reason: words('It broke'), due: '2023-12-01' } },
    ]);
  });

  it('keeps the old day of a moved date where there was one, and whether it had passed', () => {
    expect(tell('due-date-changed', { due: '2023-08-01', byRole: 'Board' })).toEqual([
      {
        type: 'DueDateChanged',
        data: { old: '2023-06-30', afterDue: true, new: '2023-08-01', agreedBy: words('Board') },
      },
    ]);
    expect(tell('due-date-changed', { due: '2023-08-01' }, newlyPromised)).toEqual([
      { type: 'DueDateChanged', data: { new: '2023-08-01' } },
    ]);
    expect((tell('due-date-changed') as Refusal).code).toBe('new-date-missing');
  });

  it('seals what a checker said with their own key, and their name', () => {
    expect(tell('confirmed', { words: 'Seen', checker: { person: 'c1', name: 'Ann' } })).toEqual([
      { type: 'DoneConfirmed', data: { person: 'c1', byRole: 'not recorded', words: words('Seen', 'c1'), name: words('Ann', 'c1') } },
    ]); // prettier-ignore
  });

  it('leaves the date as it is when a promise is opened again without one', () => {
    const events = tell('reopened') as readonly LifecycleEvent[];
    expect(events.reduce<Promised>(evolvePromise, { ...due, state: 'dropped' })).toMatchObject({
      state: 'under-way',
      due: '2023-06-30',
    });
  });

  it('takes a proof whatever the promise is today', () => {
    const proof = { evidence: 'e1', kind: 'photo', hash: 'a'.repeat(64), title: 'A photo', suppliedByRole: 'Board' } as const; // prettier-ignore
    expect(importedEvidence('p1', proof)).toEqual([
      { type: 'EvidenceAttached', data: { ...proof, title: words('A photo') } },
    ]);
  });
});
