import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { missing, type Refusal, refuse } from '#kernel/refusal';
import type { DataSubjectEvent, ErasureBasis, HoldGround, RestrictionGround } from './data-subject.events.js';

export type SubjectKind = 'participant' | 'contribution';

/** Whom it is about: the kind and the council are said once and kept. */
export interface Whom {
  readonly subject: SubjectKind;
  readonly authority: string;
}

export interface DataSubject {
  readonly about: About;
  readonly holds: readonly string[];
  /** Kept, and shown to nobody but themselves. */
  readonly restriction?: string;
  /** The erasure that was asked for and is not yet said to be done. */
  readonly erasing?: string;
  readonly erasedOn?: string;
}

export const dataSubject: Aggregate<DataSubject, DataSubjectEvent> = {
  category: 'dataSubject',
  initial: { about: {}, holds: [] },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'LegalHoldPlaced':
        return { ...state, about: { authority: event.data.authority }, holds: [...state.holds, event.data.hold] };
      case 'LegalHoldLifted':
        return { ...state, holds: state.holds.filter((hold) => hold !== event.data.hold) };
      case 'UseRestricted':
        return { ...state, about: { authority: event.data.authority }, restriction: event.data.restriction };
      case 'RestrictionLifted': {
        const { restriction: _, ...rest } = state;
        return rest;
      }
      case 'SubjectErasureRequested': {
        const { erasure, authority } = event.data;
        return { ...state, about: { authority }, erasing: erasure };
      }
      case 'SubjectErased': {
        const { erasing: _, restriction: __, ...rest } = state;
        return { ...rest, erasedOn: event.data.on };
      }
    }
    return state;
  },
};

const over = ({ erasedOn, erasing }: DataSubject): Refusal | undefined =>
  erasedOn || erasing
    ? refuse('erased', 'Their words were erased, or are being erased now. Nothing more can be done with them.')
    : undefined;

export const placeHold = (
  state: DataSubject,
  given: Whom & { hold: string; ground: HoldGround },
): Decided<DataSubjectEvent> =>
  over(state) ?? (state.holds.includes(given.hold) ? [] : [{ type: 'LegalHoldPlaced', data: given }]);

export const liftHold = (state: DataSubject, hold: string): Decided<DataSubjectEvent> =>
  over(state) ?? (state.holds.includes(hold) ? [{ type: 'LegalHoldLifted', data: { hold } }] : missing('hold'));

/** Asked for twice is restricted once. */
export const restrictUse = (
  state: DataSubject,
  given: Whom & { restriction: string; ground: RestrictionGround },
): Decided<DataSubjectEvent> =>
  over(state) ?? (state.restriction !== undefined ? [] : [{ type: 'UseRestricted', data: given }]);

export const liftRestriction = (state: DataSubject): Decided<DataSubjectEvent> => {
  const no = over(state);
  if (no) return no;
  const { restriction } = state;
  return restriction === undefined ? missing('restriction') : [{ type: 'RestrictionLifted', data: { restriction } }];
};

export interface Erasure extends Whom {
  readonly erasure: string;
  readonly basis: ErasureBasis;
  readonly authorisedBy: string;
}

/** A hold beats an erasure, whoever asks. */
export const requestErasure = (state: DataSubject, given: Erasure): Decided<DataSubjectEvent> => {
  if (state.erasing === given.erasure) return [];
  const no = over(state);
  if (no) return no;
  if (state.holds.length > 0)
    return refuse('legal-hold', 'These words are under a legal hold. Lift the hold first; until then nothing may be erased.'); // prettier-ignore
  return [{ type: 'SubjectErasureRequested', data: given }];
};

/** As many ids as surely fit in one leaf. */
const KIDS_PER_EVENT = 1_500;

/** Carried out; also again after a restore, where the record may know less than the ledger. */
export const completeErasure = (
  state: DataSubject,
  given: Erasure,
  done: { kids: readonly string[]; on: string; stores: readonly { store: string; purged: number }[] },
): Decided<DataSubjectEvent> => {
  if (state.erasedOn) return [];
  const asked: DataSubjectEvent[] =
    state.erasing === given.erasure ? [] : [{ type: 'SubjectErasureRequested', data: given }];
  const { erasure, basis, authorisedBy } = given;
  const pages = Math.max(1, Math.ceil(done.kids.length / KIDS_PER_EVENT));
  const erased = Array.from({ length: pages }, (_, page): DataSubjectEvent => {
    const kids = done.kids.slice(page * KIDS_PER_EVENT, (page + 1) * KIDS_PER_EVENT);
    const stores = page === pages - 1 ? done.stores : [];
    return { type: 'SubjectErased', data: { erasure, kids, basis, authorisedBy, on: done.on, stores } };
  });
  return [...asked, ...erased];
};
