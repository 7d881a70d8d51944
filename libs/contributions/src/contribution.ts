import { inNewHands } from '#authorities/handover';
import type { Aggregate, Decided } from '#kernel/aggregate';
import type { Attribution } from '#kernel/codes';
import type { About } from '#kernel/event';
import { type Personal, personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import { climb, neverReminded, type Reminded } from '#lifecycle/ladder';
import { beforeFix, moderated, type Moderation, noModeration } from './moderation.js';
import { noClock, type ReplyClock, runClock } from './reply-clock.js';
import type { ContributionEvent } from './contribution.events.js';
import type { NewContribution } from './new-contribution.js';

export type { NewContribution };

/** What the rules need to know of a view; its words are not among it. */
export interface Contribution {
  readonly exists: boolean;
  readonly about: About;
  /** The council that it was given to: its days for an answer count, whoever answers. */
  readonly givenTo: string;
  /** Whose key seals its words: the participant, or the view itself where nobody is known. */
  readonly subject: string;
  readonly attribution: Attribution;
  readonly withdrawn: boolean;
  readonly moderation: Moderation;
  readonly occurredAt: string;
  readonly clock: ReplyClock;
  readonly ladder: Reminded['ladder'];
  readonly openRequests: readonly string[];
  readonly requests: readonly string[];
  /** The person has died: no reply is owed, and none is given but to the family. */
  readonly repliesEnded: boolean;
  readonly cards: Readonly<Record<string, KnownCard>>;
  /** By the id of its event, and whether somebody told what became of it. */
  readonly replies: Readonly<Record<string, 'sent' | 'told'>>;
}

interface KnownCard {
  readonly holder: CardHolder;
  /** False: its holder may look, and nothing else. */
  readonly mayAct: boolean;
  readonly cancelled: boolean;
}
export type CardHolder = 'person' | 'supporter' | 'family';

export const contribution: Aggregate<Contribution, ContributionEvent> = {
  category: 'contribution',
  initial: {
    exists: false,
    about: {},
    givenTo: '',
    subject: '',
    attribution: 'group',
    withdrawn: false,
    moderation: noModeration,
    occurredAt: '',
    clock: noClock,
    ladder: neverReminded,
    openRequests: [],
    requests: [],
    repliesEnded: false,
    cards: {},
    replies: {},
  },
  about: (state) => state.about,
  evolve(state, event, at) {
    switch (event.type) {
      case 'ContributionReceived': {
        const { authority, team, participant, attribution } = event.data;
        return {
          ...state,
          exists: true,
          about: { authority, ...(team && { team }) },
          givenTo: authority,
          subject: participant ?? '',
          attribution,
          moderation: moderated(state.moderation, event),
          occurredAt: at.occurredAt,
          clock: runClock(state.clock, event, at),
        };
      }
      case 'PassedToSuccessor':
        return inNewHands(state, event.data);
      case 'ContributionWithdrawn':
        return { ...state, withdrawn: true };
      case 'AttributionChanged':
        return { ...state, attribution: event.data.attribution };
      case 'ContributionCorrected':
      case 'PublicVersionGiven':
      case 'ViewHeldBack':
      case 'ViewReleased':
        return { ...state, moderation: moderated(state.moderation, event) };
      case 'RequestMade':
        return {
          ...state,
          requests: [...state.requests, event.data.request],
          openRequests: [...state.openRequests, event.data.request],
        };
      case 'RequestAnswered':
        return { ...state, openRequests: state.openRequests.filter((each) => each !== event.data.request) };
      case 'CardIssued': {
        const { card, holder, scope } = event.data;
        return { ...state, cards: { ...state.cards, [card]: { holder, mayAct: scope !== 'see', cancelled: false } } };
      }
      case 'CardCancelled': {
        const card = state.cards[event.data.card];
        return card ? { ...state, cards: { ...state.cards, [event.data.card]: { ...card, cancelled: true } } } : state;
      }
      case 'RepliesEnded':
      case 'RepliesResumed':
        return { ...state, repliesEnded: event.type === 'RepliesEnded', clock: runClock(state.clock, event, at) };
      case 'ReplySent':
        return {
          ...state,
          replies: { ...state.replies, [at.id ?? '']: 'sent' },
          clock: runClock(state.clock, event, at),
        };
      case 'ReplyDelivered':
      case 'ReplyFailed':
        return {
          ...state,
          replies: { ...state.replies, [event.data.reply]: 'told' },
          clock: runClock(state.clock, event, at),
        };
      case 'ClockStopped':
      case 'ClockStarted':
        return { ...state, clock: runClock(state.clock, event, at) };
      case 'ReminderSent':
      case 'ReasonsAskedFor':
      case 'ReasonsGiven':
        return { ...state, ladder: climb(state.ladder, event) };
      // The rest is history that no rule of this aggregate asks about.
      case 'ContributionReadBack':
      case 'ContributionsGrouped':
      case 'ContributionConsidered':
      case 'ReplyReadAloud':
        return state;
    }
    // A stream also holds key events, and events of later releases.
    return state;
  },
};

/** Longest text a person may give in one view, in characters: well inside one leaf of the record. */
export const LONGEST_WORDS = 10_000;

export const giveContribution = (
  state: Contribution,
  id: string,
  given: NewContribution,
  imported = false, // who helped, and whether the person agreed, may be missing where the source does not say it
): Decided<ContributionEvent> => {
  if (state.exists) return refuse('already-recorded', 'This view is already recorded. We did not record it twice.');
  const spoken = given.words?.trim() ?? '';
  if (spoken === '' && !given.media?.length)
    return refuse('words-missing', 'Enter what you want to say, or add a photo, drawing or recording.', '/words');
  if (!imported && given.voice !== 'own' && !given.helper?.trim())
    return refuse('helper-missing', 'Enter the name of the person who helped or spoke.', '/helper');
  if (!imported && given.voice === 'proxy' && given.agreed !== true)
    return refuse(
      'agreement-missing',
      'Ask the person if you may say this for them. Then tick that they agreed.',
      '/agreed',
    );
  if (given.groupSize !== undefined && given.groupSize < 2)
    return refuse('group-too-small', 'Enter how many people are in the group: 2 or more.', '/groupSize');

  const subject = given.participant ?? id;
  const { words: _words, media, helper, translation, card, ...rest } = given;
  const sealed = (text: string): Personal => personal(subject, text);
  return [
    {
      type: 'ContributionReceived',
      data: {
        ...rest,
        ...(spoken !== '' && { words: sealed(given.words ?? '') }),
        ...(media?.length && {
          media: media.map(({ kind, description, file }) => ({
            kind,
            description: sealed(description),
            ...(file && { file: sealed(file) }),
          })),
        }),
        ...(given.voice !== 'own' && helper && { helper: sealed(helper.trim()) }),
        ...(translation && { translation: { words: sealed(translation.words), by: translation.by } }),
      },
    },
    ...(card ? [{ type: 'CardIssued' as const, data: { card, holder: 'person' as const } }] : []),
  ];
};

/** The data subject whose key seals what is added to this view later. */
export const subjectOf = (state: Contribution, id: string): string => state.subject || id;

export const correctContribution = (
  state: Contribution,
  id: string,
  given: { words: string; why?: string; request?: string },
): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  if (state.withdrawn) return refuse('withdrawn', 'This view was taken back. It cannot be changed now.');
  if (given.words.trim() === '') return refuse('words-missing', 'Enter the right words.', '/words');
  const of = subjectOf(state, id);
  return [
    ...beforeFix(state),
    {
      type: 'ContributionCorrected',
      data: {
        words: personal(of, given.words),
        ...(given.why && { why: personal(of, given.why) }),
        ...(given.request && { request: given.request }),
      },
    },
  ];
};

export const withdrawContribution = (state: Contribution, id: string, reason?: string): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  // Asked twice, done once: a person should not be told off for pressing a button again.
  if (state.withdrawn) return [];
  return [
    { type: 'ContributionWithdrawn', data: reason?.trim() ? { reason: personal(subjectOf(state, id), reason) } : {} },
  ];
};

export const changeAttribution = (state: Contribution, attribution: Attribution): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  if (state.attribution === attribution) return [];
  return [{ type: 'AttributionChanged', data: { attribution } }];
};
