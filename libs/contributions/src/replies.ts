import type { Decided } from '#kernel/aggregate';
import { personal } from '#kernel/personal';
import { missing, refuse } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import { type Contribution, subjectOf } from './contribution.js';
import type { ContributionEvent, REPLY_CHANNELS } from './contribution.events.js';

export interface HandReply {
  readonly channel: (typeof REPLY_CHANNELS)[number];
  /** Format the person needs: `plain`, `easy-read`, `large-print`, `audio`, `bsl`, a language code … */
  readonly format: string;
  /** When it was given, an instant. */
  readonly givenAt: string;
  readonly byRole: string;
  readonly by?: string;
  /** The staff member whose key seals `by`. */
  readonly byPerson?: string;
  readonly about?: string;
  /** For a holding reply: the day by which the answer will come. */
  readonly answerBy?: string;
  readonly words?: string;
}

/** A reply given by hand: read aloud, by letter, by phone, by e-mail. What cannot be known (that it was read) is not claimed. */
export const giveReply = (
  state: Contribution,
  id: string,
  given: HandReply,
  now: string,
): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  if (state.repliesEnded && !hasFamily(state))
    return refuse(
      'replies-ended',
      'Send no reply: the person has died. If their family asked for a card, make it first.',
    );
  if (given.givenAt > now)
    return refuse('date-future', 'The date of the reply must be today or before today.', '/givenAt');
  if (londonDay(given.givenAt) < londonDay(state.occurredAt))
    return refuse('date-before-view', 'The reply cannot be older than the view.', '/givenAt');
  if (given.byRole.trim() === '') return refuse('by-missing', 'Enter who gave the reply.', '/by');
  const { by, byPerson, words, ...rest } = given;
  const of = subjectOf(state, id);
  return [
    {
      type: 'ReplySent',
      data: {
        ...rest,
        ...(by?.trim() && { by: personal(byPerson ?? of, by) }),
        ...(words?.trim() && { words: personal(of, words) }),
      },
    },
    // Read aloud to the person in the room is the one channel where giving and hearing are the same moment.
    ...(given.channel === 'read-aloud'
      ? [{ type: 'ReplyReadAloud' as const, data: { ...(given.about && { about: given.about }) } }]
      : []),
  ];
};

const hasFamily = ({ cards }: Contribution): boolean =>
  Object.values(cards).some(({ holder, cancelled }) => holder === 'family' && !cancelled);

/** The person has died: nobody is owed a reply, and nobody sends one to where they lived. Twice does no harm. */
export const endReplies = (state: Contribution, id: string): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  return state.repliesEnded ? [] : [{ type: 'RepliesEnded', data: { why: personal(subjectOf(state, id), 'died') } }];
};

/** It was a mistake, and the person lives. */
export const resumeReplies = (state: Contribution): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  return state.repliesEnded ? [{ type: 'RepliesResumed', data: {} }] : [];
};

/** Why a reply did not reach anybody. */
export const FAILURES = ['came-back', 'wrong-contact', 'nobody-there'] as const;

/** What became of a reply, as far as somebody can tell: it reached the person, or it did not, and then the clock runs on. */
export const tellArrival = (
  state: Contribution,
  { reply, arrived }: { reply: string; arrived: 'yes' | (typeof FAILURES)[number] },
): Decided<ContributionEvent> => {
  const before = state.replies[reply];
  if (!before) return missing('reply');
  if (before === 'told')
    return refuse('already-told', 'Somebody wrote down what became of this reply already.', '/reply');
  return [
    arrived === 'yes'
      ? { type: 'ReplyDelivered', data: { reply } }
      : { type: 'ReplyFailed', data: { reply, reason: arrived } },
  ];
};
