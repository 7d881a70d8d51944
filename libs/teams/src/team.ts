import { inNewHands } from '#authorities/handover';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { Capacity, Stage } from '#kernel/codes';
import type { About } from '#kernel/event';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import type { TeamEvent } from './team.events.js';

export interface Team {
  readonly exists: boolean;
  readonly about: About;
  readonly members: readonly string[];
  readonly chair?: string;
  readonly coChair?: string;
}

export interface NewTeam {
  readonly authority: string;
  readonly name: string;
  readonly stage: Stage;
  readonly remit?: string;
  readonly rung?: string;
  readonly pledge?: readonly string[];
  readonly phone?: string;
  readonly coChairConfirms?: boolean;
}

export const team: Aggregate<Team, TeamEvent> = {
  category: 'team',
  initial: { exists: false, about: {}, members: [] },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'TeamFormed':
        return {
          ...state,
          exists: true,
          about: { authority: event.data.authority, ...(event.data.pledge && { pledge: event.data.pledge }) },
        };
      case 'PassedToSuccessor':
        return inNewHands(state, event.data);
      case 'MemberJoined':
        return { ...state, members: [...state.members, event.data.participant] };
      case 'MemberLeft':
        return without(event.data.participant, state);
      case 'ChairAppointed':
        return { ...state, chair: event.data.participant };
      case 'CoChairAppointed':
        return { ...state, coChair: event.data.participant };
    }
    return state;
  },
};

/** Who leaves the team leaves its chair too: an empty chair can be seen and filled, a wrong name cannot. */
const without = (participant: string, { chair, coChair, ...state }: Team): Team => ({
  ...state,
  members: state.members.filter((each) => each !== participant),
  ...(chair !== undefined && chair !== participant && { chair }),
  ...(coChair !== undefined && coChair !== participant && { coChair }),
});

const PART = /^[A-Z]\d{1,2}[a-z]?$/;

export const formTeam = (state: Team, given: NewTeam): Decided<TeamEvent> => {
  if (state.exists) return refuse('already-recorded', 'This team is already recorded. We did not record it twice.');
  if (given.name.trim() === '') return refuse('name-missing', 'Enter the name of the team.', '/name');
  if (given.pledge?.some((part) => !PART.test(part)))
    return refuse('pledge-unknown', 'Choose parts of the pledge, like P2a.', '/pledge');
  return [{ type: 'TeamFormed', data: { ...given, name: given.name.trim() } }];
};

export const joinTeam = (
  state: Team,
  given: { participant: string; capacity: Capacity; firstTime?: boolean },
): Decided<TeamEvent> => {
  if (!state.exists) return missing('team');
  return state.members.includes(given.participant) ? [] : [{ type: 'MemberJoined', data: given }];
};

export const leaveTeam = (state: Team, given: { participant: string; reason?: string }): Decided<TeamEvent> => {
  if (!state.exists) return missing('team');
  if (!state.members.includes(given.participant)) return [];
  return [
    {
      type: 'MemberLeft',
      data: {
        participant: given.participant,
        ...(given.reason?.trim() && { reason: personal(given.participant, given.reason) }),
      },
    },
  ];
};

export const appointChair = (
  state: Team,
  given: { participant: string; post: 'chair' | 'co-chair' },
): Decided<TeamEvent> => {
  if (!state.exists) return missing('team');
  if (!state.members.includes(given.participant))
    return refuse('not-a-member', 'Add this person to the team first.', '/participant');
  const now = given.post === 'chair' ? state.chair : state.coChair;
  if (now === given.participant) return [];
  return [
    { type: given.post === 'chair' ? 'ChairAppointed' : 'CoChairAppointed', data: { participant: given.participant } },
  ];
};
