import type { Aggregate, Decided } from '#kernel/aggregate';
import type { ImportEvent } from './import.events.js';

export interface ImportState {
  readonly started: boolean;
  readonly finished: boolean;
}

/** The stream of one import. */
export const importStream: Aggregate<ImportState, ImportEvent> = {
  category: 'import',
  initial: { started: false, finished: false },
  about: () => ({}),
  evolve: (state, event) =>
    event.type === 'ImportStarted'
      ? { ...state, started: true }
      : event.type === 'ImportFinished'
        ? { ...state, finished: true }
        : state,
};

type DataOf<T extends ImportEvent['type']> = Extract<ImportEvent, { type: T }>['data'];

export const startImport = (state: ImportState, data: DataOf<'ImportStarted'>): Decided<ImportEvent> =>
  state.started ? [] : [{ type: 'ImportStarted', data }];

export const finishImport = (state: ImportState, data: DataOf<'ImportFinished'>): Decided<ImportEvent> =>
  state.finished ? [] : [{ type: 'ImportFinished', data }];

/** A relation has a stream of its own, named after both ends and the kind: noted twice, it stands once. */
export const relation: Aggregate<{ readonly noted: boolean }, ImportEvent> = {
  category: 'relation',
  initial: { noted: false },
  about: () => ({}),
  evolve: (state, event) => (event.type === 'RelationNoted' ? { noted: true } : state),
};

export const noteRelation = (
  state: { readonly noted: boolean },
  data: DataOf<'RelationNoted'>,
): Decided<ImportEvent> => (state.noted ? [] : [{ type: 'RelationNoted', data }]);
