import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { ACROSS } from '#identity/who';
import { type Role, ROLES } from '#kernel/codes';
import { missing, refuse } from '#kernel/refusal';
import type { AccessTokenEvent, AccountEvent, Giver, RoleReason } from './account.events.js';

export interface HeldRole {
  readonly role: Role;
  /** Undefined: in every council. */
  readonly authority?: string;
  readonly by: Giver;
}

export interface Account {
  readonly exists: boolean;
  readonly authority?: string;
  readonly stopped: boolean;
  readonly roles: readonly HeldRole[];
}

/** Roles that an account can hold. Participants and supporters have cards, not accounts of staff. */
export const GRANTABLE: readonly Role[] = ROLES.filter((role) => role !== 'participant' && role !== 'supporter');

const same = (a: Omit<HeldRole, 'by'>, b: Omit<HeldRole, 'by'>): boolean =>
  a.role === b.role && a.authority === b.authority;

export const account: Aggregate<Account, AccountEvent> = {
  category: 'account',
  initial: { exists: false, stopped: false, roles: [] },
  about: ({ authority }) => (authority === undefined ? {} : { authority }),
  evolve(state, event) {
    switch (event.type) {
      case 'AccountOpened':
        return { ...state, exists: true, authority: event.data.authority };
      case 'RoleGranted':
        return { ...state, roles: [...state.roles.filter((each) => !same(each, event.data)), event.data] };
      case 'RoleWithdrawn':
        return { ...state, roles: state.roles.filter((each) => !same(each, event.data)) };
      case 'AccountStopped':
        return { ...state, stopped: true };
      case 'AccountStarted':
        return { ...state, stopped: false };
      case 'SessionsEnded':
        return state;
    }
    return state;
  },
};

/** Who asks for a change of an account. */
export interface Asker {
  readonly by: Giver;
  /** The only council whose accounts and roles this person may change. */
  readonly within?: string;
  readonly reason?: RoleReason;
  /** It is their own account: nobody locks themselves out or lifts themselves up. */
  readonly own?: boolean;
}

const why = ({ by, reason }: Asker) => ({ by, ...(reason && { reason }) });

export interface RoleAsked {
  readonly role: Role;
  readonly authority?: string;
}

const mayNot = (state: Account, { within }: Asker): ReturnType<typeof missing> | undefined =>
  !state.exists || (within !== undefined && state.authority !== within) ? missing('person') : undefined;

export const openAccount = (state: Account, authority: string): readonly AccountEvent[] =>
  state.exists ? [] : [{ type: 'AccountOpened', data: { authority } }];

export const grantRole = (state: Account, { role, authority }: RoleAsked, asker: Asker): Decided<AccountEvent> => {
  const not = mayNot(state, asker);
  if (not) return not;
  if (!GRANTABLE.includes(role)) return refuse('not-a-staff-role', 'Choose a role that staff can have.', '/role');
  if (authority === undefined && (asker.by !== 'operator' || !ACROSS.includes(role)))
    return refuse('council-missing', 'Choose the council that the role is for.', '/authority');
  if (asker.within !== undefined && authority !== asker.within) return missing('council');
  if (authority !== undefined && asker.by !== 'operator' && authority !== state.authority)
    return refuse('other-council', 'This person signs in with another council. Give a role there.', '/authority');
  if (asker.own) return refuse('own-account', 'You cannot change your own roles. Ask another administrator.');
  if (state.roles.some((each) => same(each, { role, ...(authority && { authority }) }))) return [];
  return [{ type: 'RoleGranted', data: { role, ...(authority && { authority }), ...why(asker) } }];
};

export const withdrawRole = (state: Account, asked: RoleAsked, asker: Asker): Decided<AccountEvent> => {
  const not = mayNot(state, asker);
  if (not) return not;
  if (asker.within !== undefined && asked.authority !== asker.within) return missing('role');
  if (asker.own) return refuse('own-account', 'You cannot change your own roles. Ask another administrator.');
  if (!state.roles.some((each) => same(each, asked))) return [];
  const { role, authority } = asked;
  return [{ type: 'RoleWithdrawn', data: { role, ...(authority && { authority }), ...why(asker) } }];
};

export const stopAccount = (state: Account, asker: Asker): Decided<AccountEvent> => {
  const not = mayNot(state, asker);
  if (not) return not;
  if (asker.own) return refuse('own-account', 'You cannot stop your own account. Ask another administrator.');
  return state.stopped ? [] : [{ type: 'AccountStopped', data: why(asker) }];
};

export const startAccount = (state: Account, asker: Asker): Decided<AccountEvent> =>
  mayNot(state, asker) ?? (state.stopped ? [{ type: 'AccountStarted', data: why(asker) }] : []);

export const endSessions = (state: Account, asker: Asker): Decided<AccountEvent> =>
  mayNot(state, asker) ?? [{ type: 'SessionsEnded', data: why(asker) }];

/**
 * What the council's own sign-in says about a person's roles, made true here: those that it no longer names are
 * withdrawn, what was given by hand stays.
 */
export const matchRoles = (state: Account, authority: string, named: readonly Role[]): Decided<AccountEvent> => {
  const open = openAccount(state, authority);
  const gone = state.roles.filter(({ role, by }) => by === 'sign-on' && !named.includes(role));
  const added = [...new Set(named)].filter(
    (role) => GRANTABLE.includes(role) && !state.roles.some((held) => same(held, { role, authority })),
  );
  return [
    ...open,
    ...gone.map(({ role, authority: of }): AccountEvent => ({
      type: 'RoleWithdrawn',
      data: { role, ...(of && { authority: of }), by: 'sign-on' },
    })),
    ...added.map((role): AccountEvent => ({ type: 'RoleGranted', data: { role, authority, by: 'sign-on' } })),
  ];
};

/** Whether an account may act in a role now. */
export const holds = (state: Account, asked: RoleAsked): boolean =>
  state.exists && !state.stopped && state.roles.some((each) => same(each, asked));

/** A token that was revoked; there is no way back. */
export const accessToken: Aggregate<{ readonly about: About; readonly revoked: boolean }, AccessTokenEvent> = {
  category: 'accessToken',
  initial: { about: {}, revoked: false },
  about: ({ about }) => about,
  evolve: (_, { data: { authority } }) => ({ about: authority === undefined ? {} : { authority }, revoked: true }),
};
