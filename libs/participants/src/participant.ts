import { inNewHands } from '#authorities/handover';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { Attribution } from '#kernel/codes';
import type { About } from '#kernel/event';
import { missing, refuse } from '#kernel/refusal';
import type { ParticipantEvent } from './participant.events.js';

export interface Participant {
  readonly exists: boolean;
  readonly about: About;
  readonly attribution: Attribution;
}

export const participant: Aggregate<Participant, ParticipantEvent> = {
  category: 'participant',
  initial: { exists: false, about: {}, attribution: 'group' },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'ParticipantRegistered':
        return { exists: true, about: { authority: event.data.authority }, attribution: event.data.attribution };
      case 'PassedToSuccessor':
        return inNewHands(state, event.data);
      case 'ParticipantPreferenceChanged':
        return { ...state, attribution: event.data.attribution };
    }
    return state;
  },
};

export const registerParticipant = (
  state: Participant,
  given: { authority: string; attribution?: Attribution; language?: string },
): Decided<ParticipantEvent> => {
  if (state.exists) return refuse('already-recorded', 'This person is already recorded. We did not record them twice.');
  const { authority, attribution = 'group', language } = given;
  return [{ type: 'ParticipantRegistered', data: { authority, attribution, ...(language && { language }) } }];
};

export const changePreference = (state: Participant, attribution: Attribution): Decided<ParticipantEvent> => {
  if (!state.exists) return missing('person');
  return state.attribution === attribution ? [] : [{ type: 'ParticipantPreferenceChanged', data: { attribution } }];
};
