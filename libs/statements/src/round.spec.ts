import { Refusal, Refusals } from '#kernel/refusal';
import { addLocal, openRound, retireLocal, sittingsOf, tallySlips } from './round.js';
import { type Asking, isOver, MOST_AT_ONCE, type Questions, statements, withLocal } from './statement.js';
import type { StatementEvent } from './statement.events.js';

const asked = [...Array.from({ length: 11 }, (_, n) => `S${n + 1}`), ...Array.from({ length: 8 }, (_, n) => `S${n + 13}`)]; // prettier-ignore
const questions: Questions = { pledge: 'ours', wording: '1', asked, same: { S12: 'S8' } };
const round = '5b0c2a9e-6f0d-5c3e-9a4b-1d2e3f405162';
const team = '7c1d3b0f-7a1e-4d4f-8b5c-2e3f4a516273';
const none: Asking = { local: {}, rounds: {} };
const codes = (decided: unknown): string[] =>
  decided instanceof Refusals ? decided.all.map(({ code }) => code) : decided instanceof Refusal ? [decided.code] : [];
const after = (decided: unknown, before = none): Asking =>
  (decided as StatementEvent[]).reduce(
    (state, event) => statements.evolve(state, event, { occurredAt: '', recordedAt: '' }),
    before,
  );
const open = (more: object = {}) => openRound(none, questions, round, { slips: 40, until: '2026-12-31', ...more }, '2026-11-02'); // prettier-ignore

describe('the check that is made twice a year', () => {
  it('asks all 19 wordings once, never more than five at a time', () => {
    const parts = sittingsOf(asked);
    expect(parts.map(({ length }) => length)).toEqual([5, 5, 5, 4]);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(MOST_AT_ONCE);
    expect(parts.flat()).toEqual(asked);
    const [first, ...rest] = open() as StatementEvent[];
    expect(first).toMatchObject({ type: 'StatementRoundOpened', data: { slips: 40, wording: '1' } });
    expect(rest.flatMap((each) => (each.type === 'StatementsAsked' ? each.data.statements : []))).toEqual(asked);
  });

  it.each([
    ['no slips', { slips: 0 }, 'slips-wrong'],
    ['too many slips', { slips: 501 }, 'slips-wrong'],
    ['a day that is over', { until: '2026-11-01' }, 'until-past'],
    ['no day', { until: '31/12/2026' }, 'until-past'],
    ['a day in another half year', { until: '2027-01-01' }, 'until-other-half'],
  ])('is refused with %s', (_, more, code) => expect(codes(open(more))).toEqual([code]));

  it('takes answers until its last day, and of a round that there is', () => {
    const state = after(open());
    const about = { occasion: 'campaign' as const, about: round };
    expect(isOver(state, about, '2026-12-31')).toBeUndefined();
    expect(isOver(state, about, '2027-01-01')?.code).toBe('round-over');
    expect(isOver(none, about, '2026-12-31')?.code).toBe('not-found');
  });
});

describe('paper slips', () => {
  const state = after(open());
  const slips = (...tallies: object[]) => tallySlips(state, questions, round, tallies as never, team);
  const three = { statement: 'S12', answer: 'yes', count: 3, voice: 'own' };

  it('are counts, S12 under S8', () => {
    expect(slips(three, { ...three, statement: 'S1', count: 0 })).toMatchObject([
      { type: 'StatementsAsked', data: { statements: ['S8'] } },
      { type: 'StatementSlipsTallied', data: { wording: '1', tallies: { open: [{ statement: 'S8', count: 3 }] } } },
    ]);
  });

  it.each([
    ['an answer for someone else that is not marked', { voice: undefined }, 'voice-missing'],
    ['an unknown statement', { statement: 'S99' }, 'statement-unknown'],
    ['an unknown answer', { answer: '10' }, 'answer-unknown'],
    ['a count that is none', { count: -1 }, 'count-wrong'],
    ['nothing at all', { count: 0 }, 'nothing-counted'],
  ])('are refused: %s', (_, more, code) => expect(codes(slips({ ...three, ...more }))).toEqual([code]));
});

describe('a team’s own statement', () => {
  const owner = { authority: 'essex', team };
  const added = after(addLocal(none, owner, { text: ' The room  is easy to get into ' }));

  it('stands apart, is asked by its team alone, and never changes its words', () => {
    expect(added.local).toEqual({ 'essex.L1': { team, text: 'The room is easy to get into', isRetired: false } });
    expect(withLocal(questions, added, team).asked).toContain('essex.L1');
    expect(withLocal(questions, added, round).asked).toEqual(asked);
    const retired = after(retireLocal(added, team, 'essex.L1'), added);
    expect(withLocal(questions, retired, team).asked).toEqual(asked);
    // The code is not given to other words.
    expect(Object.keys(after(addLocal(retired, owner, { text: 'Other words' }), retired).local)).toEqual(['essex.L1', 'essex.L2']); // prettier-ignore
  });

  it('is refused empty, twice, too long, as a sixth, and from another team', () => {
    expect(codes(addLocal(none, owner, { text: ' ' }))).toEqual(['text-missing']);
    expect(codes(addLocal(added, owner, { text: 'the room is easy to get into' }))).toEqual(['statement-same']);
    expect(codes(addLocal(none, owner, { text: 'x'.repeat(201) }))).toEqual(['text-long']);
    const five = ['b', 'c', 'd', 'e'].reduce((state, text) => after(addLocal(state, owner, { text }), state), added);
    expect(codes(addLocal(five, owner, { text: 'f' }))).toEqual(['too-many']);
    expect(codes(retireLocal(added, round, 'essex.L1'))).toEqual(['not-found']);
  });
});
