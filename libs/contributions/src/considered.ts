import type { Decided } from '#kernel/aggregate';
import { missing, refuse } from '#kernel/refusal';
import { londonDay } from '#kernel/time';
import type { Contribution } from './contribution.js';
import type { ContributionEvent } from './contribution.events.js';

export const considerContribution = (
  state: Contribution,
  at: { discussion: string; meeting?: string; decidedAt?: string },
): Decided<ContributionEvent> => {
  if (!state.exists) return missing('view');
  if (state.withdrawn) return refuse('withdrawn', 'This view was taken back, so it was not considered.');
  const { decidedAt, ...data } = at;
  return [{ type: 'ContributionConsidered', data: { ...data, inTime: isInTime(state.occurredAt, decidedAt) } }];
};

/** A view and a decision of the same day count as view first, because many sources know only the day. */
export const isInTime = (givenAt: string, decidedAt: string | undefined): boolean =>
  decidedAt === undefined || londonDay(givenAt) <= londonDay(decidedAt);
