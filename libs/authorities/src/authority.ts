import type { Aggregate, Decided } from '#kernel/aggregate';
import { refuse } from '#kernel/refusal';
import type { Setting } from './setting-rules.js';
import type { AuthorityEvent } from './authority.events.js';

export interface Authority {
  readonly code: string;
  readonly succeeded: boolean;
  /** What it set itself; what is left out is as everywhere. */
  readonly settings: Readonly<Partial<Record<Setting, readonly number[]>>>;
}

export const authority: Aggregate<Authority, AuthorityEvent> = {
  category: 'authority',
  initial: { code: '', succeeded: false, settings: {} },
  about: ({ code }) => (code ? { authority: code } : {}),
  evolve(state, event) {
    if (event.type === 'AuthorityRegistered') return { ...state, code: event.data.authority };
    if (event.type === 'AuthoritySucceeded') return { ...state, succeeded: true };
    if (event.type !== 'AuthoritySettingChanged') return state;
    return { ...state, settings: { ...state.settings, [event.data.setting]: event.data.value } };
  },
};

/** Which log this is; the first event of all. */
export const log: Aggregate<{ readonly created: boolean }, AuthorityEvent> = {
  category: 'log',
  initial: { created: false },
  about: () => ({}),
  evolve: (state, event) => (event.type === 'LogCreated' ? { created: true } : state),
};

export const createLog = (state: { readonly created: boolean }): Decided<AuthorityEvent> =>
  state.created
    ? []
    : [{ type: 'LogCreated', data: { leafFormat: 'rfc8785-v1', filterRule: 'stream and type do not start with $' } }];

export interface AuthorityFacts {
  readonly authority: string;
  readonly name: string;
  readonly gss?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

export const registerAuthority = (state: Authority, facts: AuthorityFacts): Decided<AuthorityEvent> => {
  if (state.code) return [];
  if (facts.validTo !== undefined && facts.validTo < (facts.validFrom ?? ''))
    return refuse('dates-swapped', 'A council cannot end before it starts.', '/validTo');
  return [{ type: 'AuthorityRegistered', data: facts }];
};

/** On its day, once. Who may come after whom is decided where it is ordered. */
export const succeedAuthority = (
  { code, succeeded }: Authority,
  given: { readonly successors: readonly string[]; readonly on: string },
): Decided<AuthorityEvent> => (succeeded ? [] : [{ type: 'AuthoritySucceeded', data: { authority: code, ...given } }]);
