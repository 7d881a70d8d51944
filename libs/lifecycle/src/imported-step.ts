import type { Decided } from '#kernel/aggregate';
import { type Personal, personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import type { LifecycleEvent } from './lifecycle.events.js';
import { newlyPromised, type Promised } from './lifecycle.js';
import { attachEvidence, type Evidence } from './promise-rules.js';

/** What a source tells of a promise; everything that it does not say is left out. */
export interface ImportedStep {
  readonly state: ImportedState;
  /** Day on which it happened. */
  readonly day: string;
  readonly words?: string;
  readonly reason?: string;
  readonly due?: string;
  readonly duePrecision?: 'month' | 'year';
  readonly lookAgain?: string;
  readonly byRole?: string;
  /** Who checked, where the source says that somebody did. */
  readonly checker: { readonly person: string; readonly name?: string };
}

export type ImportedState =
  | 'accepted'
  | 'under-way'
  | 'reported-done'
  | 'confirmed'
  | 'disputed'
  | 'due-date-changed'
  | 'paused'
  | 'resumed'
  | 'dropped'
  | 'reopened';

const NOT_RECORDED = 'not recorded';

/**
 * History as its source tells it. It happened, so no rule of today forbids it: a date may lie in the past, a step may come
 * in an order that we would not allow, and a reason that is not told stays missing instead of being made up.
 */
export const importedStep = (state: Promised, id: string, told: ImportedStep): Decided<LifecycleEvent> => {
  const sealed = (text: string | undefined): Personal | undefined => (text?.trim() ? personal(id, text) : undefined);
  const { day, due, lookAgain, byRole } = told;
  const words = sealed(told.words);
  const agreedBy = sealed(byRole);
  // Many sources have one column for remarks: there it is the reason.
  const reason = sealed(told.reason) ?? words;
  switch (told.state) {
    case 'accepted':
      return [{ type: 'OwnerAccepted', data: {} }];
    case 'under-way':
      return [{ type: 'ProgressReported', data: { ...(words && { words }) } }];
    case 'reported-done':
      return [{ type: 'ReportedDone', data: { byRole: byRole ?? NOT_RECORDED, ...(words && { words }) } }];
    case 'confirmed':
    case 'disputed': {
      const { person, name } = told.checker;
      const said = told.words?.trim() ? { words: personal(person, told.words) } : {};
      const by = { person, byRole: byRole ?? NOT_RECORDED, ...said };
      return told.state === 'disputed'
        ? [{ type: 'DoneDisputed', data: by }]
        : [{ type: 'DoneConfirmed', data: { ...by, ...(name && { name: personal(person, name) }) } }];
    }
    case 'due-date-changed':
      if (!due)
        return refuse('new-date-missing', 'The source says that the date moved, but not to which day.', '/newDue');
      return [
        {
          type: 'DueDateChanged',
          data: {
            new: due,
            ...(told.duePrecision && { precision: told.duePrecision }),
            ...(state.due && { old: state.due, afterDue: day > state.due }),
            ...(reason && { reason }),
            ...(agreedBy && { agreedBy }),
          },
        },
      ];
    case 'paused':
      return [{ type: 'Paused', data: { ...(reason && { reason }), ...(lookAgain && { lookAgain }) } }];
    case 'resumed':
      return [{ type: 'Resumed', data: { ...(due && { due }) } }];
    case 'dropped':
      return [{ type: 'Dropped', data: { ...(reason && { reason }) } }];
    case 'reopened':
      return [{ type: 'Reopened', data: { ...(reason && { reason }), ...(due && { due }) } }];
  }
};

/** The source tells the promise in other words: both stay visible. */
export const importedWords = (id: string, what: string): Decided<LifecycleEvent> => [
  { type: 'PromiseReworded', data: { what: personal(id, what) } },
];

/** The source names another owner, or one for the first time. */
export const importedOwner = (
  state: Promised,
  id: string,
  owner: { readonly person: string; readonly name: string; readonly role: string },
): Decided<LifecycleEvent> => [
  {
    type: 'OwnerChanged',
    data: {
      ...(state.owner && { old: { ...state.owner, name: personal(state.owner.person, '') } }),
      new: { person: owner.person, role: owner.role, name: personal(owner.person, owner.name) },
      reason: personal(id, 'The source names this owner now.'),
    },
  },
];

/** A proof in a source was added when it was added, also to a promise that was dropped later. */
export const importedEvidence = (id: string, given: Evidence): Decided<LifecycleEvent> =>
  attachEvidence(newlyPromised, id, given);
