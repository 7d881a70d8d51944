import { Refusal } from '#kernel/refusal';
import { evolvePromise, newlyPromised, type Promised } from './lifecycle.js';
import type { LifecycleEvent } from './lifecycle.events.js';
import { takeStep } from './promise-steps.js';

const now = { instant: '2026-11-23T09:00:00.000Z', today: '2026-11-23' };
const paused = { type: 'Paused', data: { lookAgain: '2027-01-01' } } as unknown as LifecycleEvent;
const promise: Promised = evolvePromise({ ...newlyPromised, due: '2027-03-01' }, paused);
const reopen = (reason: string, due: string, byOwner = false) =>
  takeStep(promise, 'p', { do: 'reopen', reason, due, byRole: 'co-chair', byOwner }, now);
const outcome = (decided: unknown): string =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`
    : (decided as LifecycleEvent[]).map(({ type }) => type).join(' ');

describe('a promise that is opened again', () => {
  it('with a new date, counts it among the dates that moved', () => {
    const opened = reopen('A new builder', '2027-06-01') as LifecycleEvent[];
    expect(opened).toMatchObject([
      { type: 'DueDateChanged', data: { old: '2027-03-01', new: '2027-06-01', agreedBy: { open: 'the co chair' }, afterDue: false } },
      { type: 'Reopened', data: { due: '2027-06-01' } },
    ]);
    expect(opened.reduce<Promised>(evolvePromise, promise)).toMatchObject({ state: 'under-way', due: '2027-06-01', moved: 1 });
  }); // prettier-ignore

  it.each<[string, string, boolean, string]>([
    ['A new builder', '2027-06-01', true, 'date-of-the-team /due'],
    ['A new builder', '2027-03-01', true, 'Reopened'],
    ['In due course', '2027-06-01', false, 'vague /reason'],
  ])('%s, by %s, by its owner: %s, gives %s: the team moves dates, its owner does not', (reason, due, byOwner, then) =>
    expect(outcome(reopen(reason, due, byOwner))).toBe(then),
  );
});
