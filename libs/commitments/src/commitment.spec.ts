import { type Refusal, Refusals } from '#kernel/refusal';
import { takeStep } from '#lifecycle/promise-steps';
import { commitment, type Commitment, makeCommitment, type NewCommitment } from './commitment.js';

type E = Parameters<typeof commitment.evolve>[1];
const ID = '00000000-0000-5000-8000-0000000000aa';
const OWNER = '00000000-0000-5000-8000-0000000000bb';
const today = '2026-11-23';
const given: NewCommitment = {
  authority: 'essex', pledge: 'east-of-england', part: 'P1a', what: 'Train ten people', due: '2027-03-01',
  owner: { person: OWNER, name: 'Jane Smith', role: 'head of care' }, proofWanted: 'The list of days', checker: { role: 'co-chair' },
}; // prettier-ignore
const make = (more: Partial<NewCommitment> = {}, isPart = true, imported = false, state = commitment.initial) =>
  makeCommitment(state, ID, { ...given, ...more }, { isPart, today, imported });
const codes = (decided: unknown): string[] =>
  decided instanceof Refusals
    ? decided.all.map(({ code, pointer }) => `${code} ${pointer}`)
    : [(decided as Refusal).code];
const after = (...events: readonly E[]): Commitment =>
  events.reduce<Commitment>((state, event) => commitment.evolve(state, event, { occurredAt: '', recordedAt: '' }), commitment.initial); // prettier-ignore

describe('a commitment under the pledge', () => {
  it('is made with owner, date, proof and checker, and is about its council and its part', () => {
    const [made] = make() as readonly E[];
    expect(made).toMatchObject({ type: 'CommitmentMade', data: { pledge: 'east-of-england', part: 'P1a', due: '2027-03-01' } }); // prettier-ignore
    const state = after(made as E);
    expect(commitment.about(state)).toEqual({ authority: 'essex', pledge: ['east-of-england', 'P1a'] });
    expect(state).toMatchObject({ exists: true, state: 'promised', owner: { person: OWNER, role: 'head of care' } });
    expect(codes(make({}, true, false, state))).toEqual(['already-recorded']);
  });

  it('keeps what people typed under their own keys', () => {
    const [made] = make({ checker: { role: 'co-chair', name: 'Joy' } }) as readonly E[];
    expect(made?.data).toMatchObject({
      what: { of: ID, open: 'Train ten people' },
      owner: { name: { of: OWNER, open: 'Jane Smith' } },
      checker: { name: { of: ID, open: 'Joy' } },
    });
  });

  it.each<[Partial<NewCommitment>, string]>([
    [{ owner: { person: '', name: '', role: 'head' } }, 'owner-missing /owner/name'],
    [{ owner: { person: '', name: 'The team', role: 'head' } }, 'owner-missing /owner/name'],
    [{ due: '' }, 'date-missing /due'],
    [{ due: '2026' }, 'date-wrong /due'],
    [{ due: '2026-11-22' }, 'date-past /due'],
    [{ checker: { role: 'head', name: 'jane smith' } }, 'checker-is-owner /checker/name'],
    [{ what: 'Explore training' }, 'vague /what'],
  ])('is refused with %j', (more, code) => expect(codes(make(more))).toEqual([code]));

  it('is refused for a part that is not in the pledge, and for none, with everything else that is wrong', () => {
    expect(codes(make({ part: 'P9z' }, false))).toEqual(['part-unknown /pledgePart']);
    expect(codes(make({ part: '', due: '' }, false))).toEqual(['part-missing /pledgePart', 'date-missing /due']);
  });

  it('of a source keeps missing what the source does not say, but not the part', () => {
    const { owner: _owner, due: _due, ...bare } = given;
    expect(makeCommitment(commitment.initial, ID, bare, { isPart: true, today, imported: true })).toHaveLength(1);
    expect(codes(makeCommitment(commitment.initial, ID, bare, { isPart: false, today, imported: true }))).toEqual(['part-unknown /pledgePart']); // prettier-ignore
  });

  it('lives the life of every promise: its owner cannot confirm it, and a moved date keeps the old one', () => {
    const state = after(...(make() as readonly E[]), { type: 'ReportedDone', data: { byRole: 'owner' } });
    const check = (person: string) =>
      takeStep(state, ID, { do: 'check', confirmed: true, person, byRole: 'checker' }, { instant: '', today });
    expect(codes(check(OWNER))).toEqual(['own-promise']);
    expect(check(ID)).toMatchObject([{ type: 'DoneConfirmed' }]);
    const moved = takeStep(state, ID, { do: 'move-date', due: '2027-06-01', reason: 'The trainer left', agreedBy: 'chair' }, { instant: '', today: '2027-04-01' }); // prettier-ignore
    expect(moved).toMatchObject([{ data: { old: '2027-03-01', new: '2027-06-01', afterDue: true } }]);
  });
});
