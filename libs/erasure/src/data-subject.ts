import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { personal } from '#kernel/personal';
import { missing, type Refusal, refuse } from '#kernel/refusal';
import type { DataRequestKind, DataSubjectEvent, ErasureBasis, HoldGround, PauseReason, RefusalGround, RestrictionGround } from './data-subject.events.js'; // prettier-ignore
import { addDays, daysBetween, monthsLater } from './one-month.js';

export type SubjectKind = 'participant' | 'contribution';

/** Whom it is about: the kind and the council are said once and kept. */
export interface Whom {
  readonly subject: SubjectKind;
  readonly authority: string;
}

export interface OpenRequest {
  readonly kind: DataRequestKind;
  readonly due: string;
  readonly pausedOn?: string;
  readonly isExtended: boolean;
  readonly outcome?: 'given' | 'erased' | 'restricted' | 'refused';
}

export interface DataSubject {
  readonly about: About;
  readonly requests: Readonly<Record<string, OpenRequest>>;
  readonly holds: readonly string[];
  readonly isRestricted: boolean;
  /** The erasure that was asked for and is not yet said to be done. */
  readonly erasing?: string;
  readonly erasedOn?: string;
}

const withRequest = (state: DataSubject, id: string | undefined, change: Partial<OpenRequest>): DataSubject => {
  const before = id === undefined ? undefined : state.requests[id];
  if (id === undefined || !before) return state;
  return { ...state, requests: { ...state.requests, [id]: { ...before, ...change } } };
};

export const dataSubject: Aggregate<DataSubject, DataSubjectEvent> = {
  category: 'dataSubject',
  initial: { about: {}, requests: {}, holds: [], isRestricted: false },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'DataRequestReceived': {
        const { request, kind, due, authority } = event.data;
        const requests = { ...state.requests, [request]: { kind, due, isExtended: false } };
        return { ...state, about: { authority }, requests };
      }
      case 'DataRequestPaused':
        return withRequest(state, event.data.request, { pausedOn: event.data.on });
      case 'DataRequestResumed': {
        const { request, due } = event.data;
        const { pausedOn: _, ...rest } = state.requests[request] ?? { kind: 'access', isExtended: false };
        return { ...state, requests: { ...state.requests, [request]: { ...rest, due } } };
      }
      case 'DataRequestExtended':
        return withRequest(state, event.data.request, { due: event.data.due, isExtended: true });
      case 'DataRequestRefused':
        return withRequest(state, event.data.request, { outcome: 'refused' });
      case 'DataCopyGiven':
        return withRequest(state, event.data.request, { outcome: 'given' });
      case 'ProcessingRestricted': {
        const { authority, request } = event.data;
        return withRequest({ ...state, about: { authority }, isRestricted: true }, request, { outcome: 'restricted' });
      }
      case 'RestrictionLifted':
        return { ...state, isRestricted: false };
      case 'LegalHoldPlaced':
        return { ...state, about: { authority: event.data.authority }, holds: [...state.holds, event.data.hold] };
      case 'LegalHoldLifted':
        return { ...state, holds: state.holds.filter((hold) => hold !== event.data.hold) };
      case 'SubjectErasureRequested': {
        const { erasure, authority, request } = event.data;
        const next = { ...state, about: { authority }, erasing: erasure };
        return withRequest(next, request, { outcome: 'erased' });
      }
      case 'SubjectErased': {
        const { erasing: _, ...rest } = state;
        return { ...rest, isRestricted: false, erasedOn: event.data.on };
      }
    }
    return state;
  },
};

const over = ({ erasedOn, erasing }: DataSubject): Refusal | undefined =>
  erasedOn || erasing
    ? refuse('erased', 'Their words were erased, or are being erased now. Nothing more can be done with them.')
    : undefined;

const openRequest = (state: DataSubject, id: string): OpenRequest | Refusal => {
  const request = state.requests[id];
  if (!request) return missing('request');
  return request.outcome ? refuse('already-answered', 'This request was answered already.') : request;
};

const because = (of: string, why: string | undefined) => (why?.trim() ? { why: personal(of, why.trim()) } : {});

export const receiveRequest = (
  state: DataSubject,
  given: Whom & { request: string; kind: DataRequestKind; receivedOn: string },
  today: string,
): Decided<DataSubjectEvent> => {
  const no = over(state);
  if (no) return no;
  if (state.requests[given.request]) return [];
  if (given.receivedOn > today)
    return refuse('in-the-future', 'Enter the day it reached us: today or before.', '/receivedOn');
  return [{ type: 'DataRequestReceived', data: { ...given, due: monthsLater(given.receivedOn) } }];
};

export const pauseRequest = (state: DataSubject, request: string, why: PauseReason, today: string): Decided<DataSubjectEvent> => {
  const open = openRequest(state, request);
  if (open instanceof Error) return open;
  return open.pausedOn ? [] : [{ type: 'DataRequestPaused', data: { request, why, on: today } }];
}; // prettier-ignore

export const resumeRequest = (state: DataSubject, request: string, today: string): Decided<DataSubjectEvent> => {
  const open = openRequest(state, request);
  if (open instanceof Error) return open;
  if (!open.pausedOn) return [];
  const due = addDays(open.due, Math.max(0, daysBetween(open.pausedOn, today)));
  return [{ type: 'DataRequestResumed', data: { request, on: today, due } }];
};

/** Two further months for what is complex (Art 12(3)), once, and the person is told why within the first. */
export const extendRequest = (state: DataSubject, of: string, request: string, why: string): Decided<DataSubjectEvent> => {
  const open = openRequest(state, request);
  if (open instanceof Error) return open;
  if (open.isExtended) return refuse('extended-already', 'The time was extended once. It cannot be extended again.');
  if (!why.trim()) return refuse('why-missing', 'Enter why it takes longer. The person is told.', '/why');
  return [{ type: 'DataRequestExtended', data: { request, due: monthsLater(open.due, 2), ...because(of, why) } }];
}; // prettier-ignore

export const refuseRequest = (
  state: DataSubject,
  of: string,
  given: { request: string; ground: RefusalGround; why: string },
): Decided<DataSubjectEvent> => {
  const no = over(state) ?? openRequest(state, given.request);
  if (no instanceof Error) return no;
  if (!given.why.trim())
    return refuse('why-missing', 'Enter the reason in your own words. The person reads it.', '/why');
  const { request, ground, why } = given;
  return [{ type: 'DataRequestRefused', data: { request, ground, ...because(of, why) } }];
};

export const giveCopy = (state: DataSubject, request: string): Decided<DataSubjectEvent> => {
  const open = openRequest(state, request);
  if (open instanceof Error) return open;
  if (open.kind !== 'access') return refuse('not-access', 'This person did not ask for a copy.');
  return [{ type: 'DataCopyGiven', data: { request } }];
};

/** Kept and not used (Art 18): hidden everywhere, deleted nowhere, and can be lifted. A hold does not stand in its way. */
export const restrict = (
  state: DataSubject,
  given: Whom & { ground: RestrictionGround; request?: string },
): Decided<DataSubjectEvent> => {
  const no = over(state) ?? (given.request ? openRequest(state, given.request) : undefined);
  if (no instanceof Error) return no;
  return state.isRestricted && !given.request ? [] : [{ type: 'ProcessingRestricted', data: given }];
};

export const liftRestriction = (state: DataSubject, of: string, why: string | undefined): Decided<DataSubjectEvent> =>
  over(state) ?? (state.isRestricted ? [{ type: 'RestrictionLifted', data: because(of, why) }] : []);

export const placeHold = (
  state: DataSubject,
  of: string,
  { why, ...given }: Whom & { hold: string; ground: HoldGround; why?: string },
): Decided<DataSubjectEvent> =>
  over(state) ?? (state.holds.includes(given.hold) ? [] : [{ type: 'LegalHoldPlaced', data: { ...given, ...because(of, why) } }]); // prettier-ignore

export const liftHold = (state: DataSubject, of: string, hold: string, why: string | undefined): Decided<DataSubjectEvent> =>
  over(state) ?? (state.holds.includes(hold) ? [{ type: 'LegalHoldLifted', data: { hold, ...because(of, why) } }] : missing('hold')); // prettier-ignore

export interface Erasure extends Whom {
  readonly erasure: string;
  readonly basis: ErasureBasis;
  readonly authorisedBy: string;
  readonly request?: string;
}

/** A hold beats an erasure, whoever asks. */
export const requestErasure = (state: DataSubject, given: Erasure): Decided<DataSubjectEvent> => {
  if (state.erasing === given.erasure) return [];
  const no = over(state) ?? (given.request ? openRequest(state, given.request) : undefined);
  if (no instanceof Error) return no;
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
