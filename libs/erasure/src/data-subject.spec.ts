import fc from 'fast-check';
import type { DataSubjectEvent } from './data-subject.events.js';
import {
  completeErasure, type DataSubject, dataSubject, liftHold, liftRestriction, placeHold, requestErasure, restrictUse,
} from './data-subject.js'; // prettier-ignore

const SEQUENCES = 5_000;
const whom = { subject: 'participant', authority: 'essex' } as const;
const at = { occurredAt: '2027-01-01T00:00:00.000Z', recordedAt: '2027-01-01T00:00:00.000Z' };
const ids = fc.constantFrom('5b0c2a9e-6f0d-5c3e-9a4b-1d2e3f405162', '6b0c2a9e-6f0d-5c3e-9a4b-1d2e3f405162');

type Step = { readonly do: 'hold' | 'lift' | 'restrict' | 'unrestrict' | 'ask' | 'complete'; readonly id: string };
const steps = fc.array(fc.record({ do: fc.constantFrom<Step['do']>('hold', 'lift', 'restrict', 'unrestrict', 'ask', 'complete'), id: ids }), { maxLength: 30 }); // prettier-ignore

const erasureOf = (id: string) => ({ ...whom, erasure: id, basis: 'objection', authorisedBy: 'data-protection-officer' }) as const; // prettier-ignore
const decide = (state: DataSubject, { do: what, id }: Step) => {
  switch (what) {
    case 'hold':
      return placeHold(state, { ...whom, hold: id, ground: 'court' });
    case 'lift':
      return liftHold(state, id);
    case 'restrict':
      return restrictUse(state, { ...whom, restriction: id, ground: 'objection' });
    case 'unrestrict':
      return liftRestriction(state);
    case 'ask':
      return requestErasure(state, erasureOf(id));
    case 'complete':
      // Only the eraser completes, and only what was asked for.
      return state.erasing === undefined ? [] : completeErasure(state, erasureOf(state.erasing), { kids: ['k'], on: '2027-01-01', stores: [] }); // prettier-ignore
  }
};

/** What a model without the rules' own words says: nothing is erased under a hold, and what is erased stays so. */
it(`holds beat erasures and restrictions end with them, in ${SEQUENCES} sequences`, () => {
  let [refusedByHold, erased] = [0, 0];
  fc.assert(
    fc.property(steps, (all) => {
      let state = dataSubject.initial;
      const holds = new Set<string>();
      let [isRestricted, isOver] = [false, false];
      for (const step of all) {
        const decided = decide(state, step);
        const events: readonly DataSubjectEvent[] = decided instanceof Error ? [] : decided;
        if (step.do === 'ask' && holds.size > 0 && !isOver) {
          expect(decided).toMatchObject({ code: 'legal-hold' });
          refusedByHold++;
        }
        if (isOver && step.do !== 'complete' && step.do !== 'ask') expect(decided).toBeInstanceOf(Error);
        for (const event of events) {
          state = dataSubject.evolve(state, event, at);
          if (event.type === 'LegalHoldPlaced') holds.add(event.data.hold);
          if (event.type === 'LegalHoldLifted') holds.delete(event.data.hold);
          if (event.type === 'UseRestricted') isRestricted = true;
          if (event.type === 'RestrictionLifted' || event.type === 'SubjectErased') isRestricted = false;
          if (event.type === 'SubjectErasureRequested') {
            expect(holds.size).toBe(0);
            isOver = true;
          }
          if (event.type === 'SubjectErased') erased++;
        }
        // Restricting hides; it neither erases nor ends by itself.
        expect([state.restriction !== undefined, state.erasedOn !== undefined || state.erasing !== undefined]).toEqual([isRestricted, isOver]); // prettier-ignore
      }
    }),
    { numRuns: SEQUENCES },
  );
  expect([refusedByHold > 100, erased > 100]).toEqual([true, true]);
  console.log(JSON.stringify({ figure: 'privacy.outcomes', sequences: SEQUENCES, refusedByHold, erased }));
});
