import { Refusal } from '#kernel/refusal';
import { findKind } from './every-kind.js';
import { type Fact, type Given, recordStep } from './fact.js';
import type { FactKind, Happened } from './fact-kind.js';
import { mendEntry } from './mend-entry.js';

const kindOf = (code: string): FactKind => findKind(code) as FactKind;
const given = (data: object, on = '2026-11-20'): Given => ({ data: { ...data }, around: {}, on, subject: 'somebody' });
const people = (count: number) => ({ people: [{ capacity: 'uses-services', count }] });

/** Entries `a`, `b`, `c` … of one fact, on the tenth of the month and the days after. */
const fact = (...history: readonly (readonly [type: string, data: object, by?: string])[]): Fact => ({
  about: { authority: 'essex', team: 'a team' },
  takenBack: ['z'],
  history: history.map(
    ([type, data, by = 'me'], n): Happened => ({ type, data: { ...data }, on: `2026-11-${10 + n}`, id: 'abc'[n] ?? '', by }),
  ),
}); // prettier-ignore
const mend = (kind: string, state: Fact, entry: string, instead?: Given) =>
  mendEntry(kindOf(kind), state, { entry, why: 'A slip', subject: 'somebody', ...(instead && { instead }) });
const outcome = (decided: unknown): string | string[] =>
  decided instanceof Refusal
    ? `${decided.code} ${decided.pointer}`.trim()
    : (decided as { type: string }[]).map(({ type }) => type);

describe('mending an entry', () => {
  const training = fact(['TrainingOffered', { spaces: 5 }], ['TrainingBooked', people(4)], ['TrainingAttended', people(4)]); // prettier-ignore

  it('takes it back and says why, with what is right in its place', () => {
    const decided = mend('training', training, 'b', given(people(5)));
    expect(outcome(decided)).toEqual(['EntryTakenBack', 'TrainingBooked']);
    expect(decided).toMatchObject([{ data: { entry: 'b', why: { of: 'somebody', open: 'A slip' } } }, { data: people(5) }]); // prettier-ignore
    expect(outcome(mend('training', training, 'c'))).toEqual(['EntryTakenBack']);
  });

  it('holds what is right to the rules, without the entry that was wrong', () => {
    // Five places and four booked: five more would be too many, five instead of four are not.
    expect(outcome(recordStep(kindOf('training'), kindOf('training').steps[0] as never, training, given(people(5))))).toBe('too-many-booked /people'); // prettier-ignore
    expect(outcome(mend('training', training, 'b', given(people(6))))).toBe('too-many-booked /people');
    expect(outcome(mend('training', training, 'b', given(people(5), '2026-11-09')))).toBe('before-birth /occurredAt');
  });

  it('gives the first entry anew for the same council and team, on a day that nothing else is before', () => {
    const born = { title: 'Speaking up', topic: 'speaking', formats: ['plain'] };
    expect(mend('training', training, 'a', given(born, '2026-11-10'))).toMatchObject([
      { type: 'EntryTakenBack' },
      { type: 'TrainingOffered', data: { authority: 'essex', team: 'a team', title: 'Speaking up' } },
    ]);
    expect(outcome(mend('training', training, 'a', given(born, '2026-11-12')))).toBe('before-birth /occurredAt');
  });

  it('takes back what others follow from only after them', () => {
    const consent = fact(['ConsentGiven', {}], ['ConsentWithdrawn', {}], ['ConsentWithdrawalHonoured', {}]);
    expect(outcome(mend('consent', consent, 'b'))).toBe('others-follow');
    expect(outcome(mend('consent', consent, 'c'))).toEqual(['EntryTakenBack']);
  });

  it('takes an entry back once, and only one that is there', () => {
    expect(outcome(mend('training', training, 'z'))).toBe('already-taken-back');
    expect(outcome(mend('training', training, 'x'))).toBe('not-found');
  });

  it('lets nobody confirm what they claimed themselves, also in the place of another entry', () => {
    const value = fact(['SocialValuePromiseRecorded', {}], ['SocialValueEvidenceReceived', {}], ['SocialValueConfirmed', {}, 'you']); // prettier-ignore
    expect(outcome(mend('social-value', value, 'c', { ...given({}), by: 'me' }))).toBe('own-claim');
    expect(outcome(mend('social-value', value, 'c', { ...given({}), by: 'you' }))).toEqual(['EntryTakenBack', 'SocialValueConfirmed']); // prettier-ignore
  });
});
