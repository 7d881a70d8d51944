import { inNewHands } from '#authorities/handover';
import type { Aggregate, Decided, Now } from '#kernel/aggregate';
import type { About, Actor } from '#kernel/event';
import { missing, refuse } from '#kernel/refusal';
import type { MeetingEvent, OPENNESS } from './meeting.events.js';

export type Openness = (typeof OPENNESS)[number];

/** What the rules need to know of a meeting; what was said there is not among it. */
export interface Meeting {
  readonly exists: boolean;
  readonly about: About;
  readonly title: string;
  readonly startsAt: string;
  readonly opened: boolean;
  readonly closed: boolean;
  /** Who recorded the outcomes (a pseudonymous reference), once they are recorded. */
  readonly recordedBy?: string;
  readonly applied: boolean;
  readonly confirmed: boolean;
  /** Items that the fan-out could not record. */
  readonly notApplied: readonly string[];
}

export interface NewMeeting {
  readonly authority: string;
  readonly team: string;
  readonly title: string;
  /** An instant. */
  readonly startsAt: string;
  readonly place?: string;
  readonly openness?: Openness;
}

export const meeting: Aggregate<Meeting, MeetingEvent> = {
  category: 'meeting',
  initial: {
    exists: false,
    about: {},
    title: '',
    startsAt: '',
    opened: false,
    closed: false,
    applied: false,
    confirmed: false,
    notApplied: [],
  },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'MeetingCalled': {
        const { authority, team, title, startsAt } = event.data;
        return { ...state, exists: true, about: { authority, team }, title, startsAt };
      }
      case 'PassedToSuccessor':
        return inNewHands(state, event.data);
      case 'MeetingOpened':
        return { ...state, opened: true };
      case 'MeetingClosed':
        return { ...state, closed: true };
      case 'OutcomesRecorded':
        return { ...state, recordedBy: event.data.by };
      case 'OutcomeNotApplied':
        return { ...state, notApplied: [...state.notApplied, event.data.item] };
      case 'OutcomesApplied':
        return { ...state, applied: true };
      case 'OutcomesConfirmed':
        return { ...state, confirmed: true };
      // What was noted is carried on by the fan-out; no rule of the meeting itself asks about it again.
      case 'AttendanceRecorded':
      case 'InterestDeclared':
      case 'AccessNeedsMet':
      case 'StatementsTallied':
      case 'ContributionNoted':
      case 'DiscussionNoted':
      case 'DecisionNoted':
      case 'ServiceChangeNoted':
        return state;
    }
    return state;
  },
};

export const LONGEST_TITLE = 300;

export const callMeeting = (state: Meeting, given: NewMeeting): Decided<MeetingEvent> => {
  if (state.exists) return refuse('already-recorded', 'This meeting is already recorded. We did not record it twice.');
  const title = given.title.trim();
  if (title === '') return refuse('title-missing', 'Enter a title for the meeting.', '/title');
  if (title.length > LONGEST_TITLE)
    return refuse('too-long', `The title must be ${LONGEST_TITLE} characters or fewer.`, '/title');
  if (Number.isNaN(Date.parse(given.startsAt)))
    return refuse('date-wrong', 'Enter the day and time when the meeting starts.', '/startsAt');
  const startsAt = new Date(given.startsAt).toISOString();
  return [{ type: 'MeetingCalled', data: { ...given, title, startsAt } }];
};

export const openMeeting = (state: Meeting): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  if (state.closed) return refuse('meeting-closed', 'This meeting is closed. Call a new one.');
  // Opened twice by two hands is opened once.
  return state.opened ? [] : [{ type: 'MeetingOpened', data: {} }];
};

export const closeMeeting = (state: Meeting): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  return state.closed ? [] : [{ type: 'MeetingClosed', data: {} }];
};

const MAY_CONFIRM: readonly string[] = ['chair', 'co-chair'];

/** Four eyes: the chair or the co-chair says that what somebody else recorded is right. */
export const confirmOutcomes = (state: Meeting, actor: Actor): Decided<MeetingEvent> => {
  if (!state.exists) return missing('meeting');
  if (state.recordedBy === undefined)
    return refuse('not-recorded', 'Record the outcomes of this meeting first. Then they can be confirmed.');
  if (!MAY_CONFIRM.includes(actor.role))
    return refuse('wrong-role', 'Only the chair or the co-chair can confirm what was recorded.');
  if (state.recordedBy === actor.ref)
    return refuse('same-person', 'You recorded this yourself. Ask the other chair to confirm it.');
  return state.confirmed ? [] : [{ type: 'OutcomesConfirmed', data: { role: actor.role } }];
};

/** When what was recorded happened: at the meeting, unless its clock says that it has not started yet. */
export const heldAt = (state: Meeting, now: Now): string =>
  state.startsAt !== '' && state.startsAt <= now.instant ? state.startsAt : now.instant;
