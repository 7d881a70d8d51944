import type { Aggregate, Decided } from '#kernel/aggregate';
import type { About } from '#kernel/event';
import { personal } from '#kernel/personal';
import { refuse } from '#kernel/refusal';
import { LONGEST_TITLE } from './meeting.js';
import type { DiscussionEvent } from './meeting.events.js';

export interface Discussion {
  readonly exists: boolean;
  readonly about: About;
}

export interface NewDiscussion {
  readonly authority: string;
  readonly team?: string;
  readonly meeting?: string;
  readonly title: string;
  /** Ids of the views that were considered. */
  readonly contributions: readonly string[];
  readonly points?: readonly string[];
  /** Disagreement that stays: kept, not smoothed over. */
  readonly dissent?: readonly string[];
  /** When a decision will be made, if none was made now. */
  readonly decideBy?: string;
  readonly reference?: string;
  readonly url?: string;
}

export const discussion: Aggregate<Discussion, DiscussionEvent> = {
  category: 'discussion',
  initial: { exists: false, about: {} },
  about: (state) => state.about,
  evolve(state, event) {
    switch (event.type) {
      case 'DiscussionHeld': {
        const { authority, team } = event.data;
        return { exists: true, about: { authority, ...(team && { team }) } };
      }
    }
    return state;
  },
};

/** What was said in a discussion belongs to the discussion: its own key seals points and disagreement. */
export const holdDiscussion = (state: Discussion, id: string, given: NewDiscussion): Decided<DiscussionEvent> => {
  if (state.exists)
    return refuse('already-recorded', 'This discussion is already recorded. We did not record it twice.');
  const title = given.title.trim();
  if (title === '') return refuse('title-missing', 'Enter what was talked about.', '/title');
  if (title.length > LONGEST_TITLE)
    return refuse('too-long', `The title must be ${LONGEST_TITLE} characters or fewer.`, '/title');
  const { points = [], dissent = [], contributions, ...rest } = given;
  const said = (texts: readonly string[]) =>
    texts.filter((text) => text.trim() !== '').map((text) => personal(id, text));
  return [
    {
      type: 'DiscussionHeld',
      data: {
        ...rest,
        title,
        contributions: [...new Set(contributions)],
        ...(said(points).length > 0 && { points: said(points) }),
        ...(said(dissent).length > 0 && { dissent: said(dissent) }),
      },
    },
  ];
};
