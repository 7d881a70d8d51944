import { LIFECYCLE } from '#kernel/codes';
import { ragOf } from './rag.js';

const today = '2026-11-23';
const facts = { due: '2027-03-01', proofs: 0 };

/** "RAG is calculated from dates, proof and confirmations and explained in words. Nobody picks it." */
describe('the colour of a promise', () => {
  it.each<[Parameters<typeof ragOf>[0], string, string]>([
    [{ ...facts, state: 'promised' }, 'amber', 'Amber because it is promised by 1 March 2027 and not done yet.'],
    [{ ...facts, state: 'under-way' }, 'amber', 'Amber because it is promised by 1 March 2027 and not done yet.'],
    [{ ...facts, state: 'under-way', due: today }, 'amber', 'Amber because it is promised by 23 November 2026 and not done yet.'],
    [{ ...facts, state: 'under-way', due: '2026-03-01' }, 'red', 'Red because the date was 1 March 2026 and no proof was added.'],
    [{ state: 'promised', due: '2026-12-31', proofs: 1 }, 'amber', 'Amber because it is promised by 31 December 2026 and not done yet.'],
    [{ state: 'promised', due: '2026-11-22', proofs: 1 }, 'red', 'Red because the date was 22 November 2026 and one proof was added.'],
    [{ state: 'promised', due: '2026-01-31', proofs: 2 }, 'red', 'Red because the date was 31 January 2026 and 2 proofs were added.'],
    [{ state: 'promised', due: null, proofs: 0 }, 'red', 'Red because no date was recorded.'],
    // A year is not a date.
    [{ state: 'promised', due: '2045-12-31', due_precision: 'year', proofs: 0 }, 'amber', 'Amber because it is promised by the end of 2045 and not done yet.'],
    [{ state: 'promised', due: '2025-06-30', due_precision: 'month', proofs: 0 }, 'red', 'Red because the date was the end of June 2025 and no proof was added.'],
    // "Reported done is amber; only confirmed is green; disputed is red."
    [{ ...facts, state: 'reported-done' }, 'amber', 'Amber because it is reported done and nobody except the owner has checked it; no proof was added.'],
    [{ state: 'reported-done', due: '2020-01-01', proofs: 3 }, 'amber', 'Amber because it is reported done and nobody except the owner has checked it; 3 proofs were added.'],
    [{ ...facts, state: 'confirmed' }, 'green', 'Green because somebody other than the owner checked that it is done.'],
    [{ ...facts, state: 'disputed' }, 'red', 'Red because somebody says it is not done.'],
    [{ ...facts, state: 'paused' }, 'amber', 'Amber because it is stopped for now.'],
    [{ ...facts, state: 'dropped' }, 'grey', 'Grey because it will not be done now.'],
  ])('given %j, is %s', (given, colour, why) => expect(ragOf(given, today)).toMatchObject({ colour, why })); // prettier-ignore

  it('only confirmed is green, whatever the dates and proofs', () => {
    for (const state of LIFECYCLE)
      for (const due of [null, '2020-01-01', today, '2030-01-01'])
        for (const proofs of [0, 1, 9])
          expect(ragOf({ state, due, proofs }, today).colour === 'green').toBe(state === 'confirmed');
  });

  it('is late only when it is open and its day has gone by', () => {
    const late = (state: (typeof LIFECYCLE)[number], due: string | null) =>
      ragOf({ state, due, proofs: 0 }, today).late;
    expect(LIFECYCLE.filter((state) => late(state, '2026-11-22'))).toEqual(['promised', 'under-way', 'transferred']);
    expect(LIFECYCLE.filter((state) => late(state, today) || late(state, null))).toEqual([]);
  });
});
